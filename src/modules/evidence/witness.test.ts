// Witnesses: they cosign a log that only grows, and refuse one that took something back or shows two histories, with the reason.
import assert from "node:assert/strict"
import { generateKeyPairSync } from "node:crypto"
import { after, before, test } from "node:test"
import { checkpointBody, parseCheckpoint, parseNote, parseNoteKey, signNote } from "#engines/ledger"
import { type Actor, sql } from "#platform/db"
import { openTwoBooks, type TwoBooks } from "../../../test/evidence/two-books.ts"
import { openWorld, type World } from "../../../test/world.ts"
import {
  askWitness,
  beWitnessed,
  exportExchange,
  takeCosignature,
  verifyBundle,
  verifyLog,
  type WitnessAnswer,
  type WitnessPlace,
  type WitnessRequest,
  witnessEndpoints,
} from "./index.ts"

const stranger: Actor = { kind: "public" }
const system: Actor = { kind: "system", name: "test" }
let world: World
let books: TwoBooks
before(async () => {
  world = await openWorld({ country: false })
  books = await openTwoBooks(world)
})
after(async () => {
  await books?.close()
  await world?.close()
})

/** The ministry witnesses the commune's log. */
const place = (): WitnessPlace => ({ book: "ministry", note: books.ministry.note, logs: [books.commune.keys.noteKey] })
const post = (request: unknown): Promise<WitnessAnswer> =>
  world.tx(stranger, (tx) => witnessEndpoints(async () => place())[0]!.deed(tx, { body: request }) as Promise<WitnessAnswer>)
const witness = () => books.ministry.keys.noteKey
const beSeen = () => beWitnessed({ db: world.db, site: world.site, book: "commune" }, witness(), post)
const request = (old?: number) => world.tx(system, (tx) => askWitness(tx, "commune", witness(), old))

/** More exchanges, and a checkpoint over all of them. */
async function grow(count: number): Promise<string[]> {
  const messages: string[] = []
  for (let i = 0; i < count; i++) messages.push(await books.exchange())
  const { size } = (
    await world.migrator.rows<{ size: number }>(sql`select count(*)::int as size from evidence.batch where book = 'commune'`)
  )[0]!
  const until = Date.now() + 10_000
  while ((await lastSize()) < size && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(await lastSize(), size)
  return messages
}

const lastSize = async () =>
  (
    await world.migrator.rows<{ size: number }>(
      sql`select coalesce(max(size), 0)::int as size from evidence.checkpoint where book = 'commune'`,
    )
  )[0]!.size
const verdicts = async () =>
  (
    await world.migrator.rows<{ verdict: string }>(
      sql`select verdict from evidence.witnessed where log = 'commune.test/log' order by seen_at, size`,
    )
  ).map(({ verdict }) => verdict)
/** A checkpoint of the same log that its own key signs, with another root or size. */
function forged(note: string, change: (told: { size: number; root: Buffer }) => { size: number; root: Buffer }): string {
  const told = parseCheckpoint(parseNote(note).text)
  const { name, private: key } = books.commune.note
  return signNote(checkpointBody({ origin: told.origin, ...change({ size: told.size, root: Buffer.from(told.root) }) }), {
    name,
    key,
  })
}
const otherRoot = Buffer.alloc(32, 7)

test("a log that grows is cosigned each time, and the bundle says by whom and when", async () => {
  const [first] = await grow(3)
  assert.deepEqual(await beSeen(), { cosigned: true })
  assert.equal(await beSeen(), undefined, "once is enough")
  await grow(5)
  assert.deepEqual(await beSeen(), { cosigned: true }, "the second one proves that it began with the first")
  const keys = { ...books.commune.keys, witnesses: [witness()] }
  const bundle = (await world.tx(system, (tx) => exportExchange(tx, "commune", first!, keys)))!
  const { records, holds } = verifyBundle(bundle)
  assert.ok(holds)
  for (const { witnesses } of records)
    assert.deepEqual(witnesses, [
      { name: "ministry.test/log", at: new Date(Math.floor(world.site.clock().getTime() / 1_000) * 1_000) },
    ])
  const unknown = verifyBundle({ ...bundle, witnesses: [] })
  assert.ok(
    unknown.holds && unknown.records.every(({ witnesses }) => witnesses?.length === 0),
    "a witness that nobody knows says nothing",
  )
  const changed = structuredClone(bundle)
  for (const record of changed.records)
    record.checkpoint = record.checkpoint.replace(/.(.{20}\n)$/, (line) => (line[0] === "A" ? "B" : "A") + line.slice(1))
  assert.deepEqual(
    verifyBundle(changed).records.map(({ failed }) => failed),
    ["checkpoint", "checkpoint"],
  )
})

test("a witness that stands elsewhere than the log thinks is asked again from where it stands", async () => {
  await grow(2)
  const early = await post((await request(1))!)
  assert.ok("refused" in early && early.refused === "stale" && early.size > 1)
  await world.migrator.run(sql`delete from evidence.cosignature where book = 'commune'`)
  assert.deepEqual(await beSeen(), { cosigned: true })
})

test("a forked, a rolled-back and an unproven log are refused with the reason, and what convicts them is kept", async () => {
  await grow(2)
  await beSeen()
  await grow(1)
  const asked = (await request())!
  const refusedFor = async (change: Partial<WitnessRequest>) => {
    const answer = await post({ ...asked, ...change })
    assert.ok("refused" in answer, "it is refused")
    assert.ok(answer.seen?.includes(`\n${answer.size}\n`), "with what the witness has seen")
    return answer.refused
  }
  const seen = asked.old
  assert.equal(
    await refusedFor({ checkpoint: forged(asked.checkpoint, () => ({ size: seen, root: otherRoot })), proof: [] }),
    "fork",
  )
  assert.equal(
    await refusedFor({ old: 0, checkpoint: forged(asked.checkpoint, () => ({ size: seen, root: otherRoot })) }),
    "fork",
  )
  assert.equal(await refusedFor({ checkpoint: forged(asked.checkpoint, () => ({ size: 1, root: otherRoot })) }), "rollback")
  assert.equal(await refusedFor({ checkpoint: forged(asked.checkpoint, ({ size }) => ({ size, root: otherRoot })) }), "unproven")
  assert.equal(await refusedFor({ proof: [] }), "unproven")
  assert.deepEqual(new Set((await verdicts()).filter((one) => one !== "cosigned")), new Set(["fork", "rollback", "unproven"]))
  assert.deepEqual(await beSeen(), { cosigned: true }, "the true log goes on")
})

test("a log that was written anew from the middle is refused by whoever has seen the old one", async () => {
  await grow(2)
  await beSeen()
  const before = await lastSize()
  // Somebody with all rights over the database takes the last exchange back, with every trace of it here, and the site goes on.
  await books.close()
  for (const table of [sql`evidence.cosignature`, sql`evidence.checkpoint`])
    await world.migrator.run(sql`delete from ${table} where book = 'commune' and size > ${before - 2}`)
  await world.migrator.run(sql`delete from evidence.batch where book = 'commune' and seq >= ${before - 2}`)
  const federation = books.federation
  books = await openTwoBooks(world, federation)
  await grow(4)
  const known = books.commune
  const key = (id: string) => (id === known.sealer.keyId ? known.sealing : undefined)
  const own = await verifyLog({
    db: world.db,
    site: world.site,
    book: "commune",
    keyOf: key,
    noteKey: parseNoteKey(known.keys.noteKey),
  })
  assert.deepEqual(own.broken, [], "by itself the new log holds")
  const told = await beSeen()
  assert.ok(told && "refused" in told && ["unproven", "fork", "rollback"].includes(told.refused), JSON.stringify(told))
})

test("of two checkpoints shown at once, one follows the last, and the other is asked again", async () => {
  const own = { ...place(), book: "another" }
  const asked = { ...(await request(0))!, old: 0, proof: [] }
  const [deed] = witnessEndpoints(async () => own)
  const answers = await Promise.all([1, 2, 3].map(() => world.tx(stranger, (tx) => deed!.deed(tx, { body: asked }))))
  assert.ok(answers.some((answer) => "cosignature" in answer))
  const kept = await world.migrator.rows(sql`select 1 from evidence.witnessed where book = 'another'`)
  assert.equal(kept.length, 1)
})

test("a stranger's log, what is no checkpoint, and what is no cosignature are refused", async () => {
  const asked = (await request(0))!
  const refused = (body: unknown, code: string) => assert.rejects(post(body), { code })
  const { privateKey: key } = generateKeyPairSync("ed25519")
  const other = signNote(parseNote(asked.checkpoint).text, { name: "stranger.test/log", key })
  await refused({ ...asked, checkpoint: other }, "log-unknown")
  await refused(
    { ...asked, checkpoint: signNote(parseNote(asked.checkpoint).text, { name: "commune.test/log", key }) },
    "checkpoint-malformed",
  )
  for (const body of [
    null,
    {},
    { ...asked, old: -1 },
    { ...asked, proof: ["x"] },
    { ...asked, checkpoint: "x" },
    { ...asked, more: 1 },
  ])
    await refused(body, "checkpoint-malformed")
  const take = (answer: unknown) => world.tx(system, (tx) => takeCosignature(tx, "commune", witness(), asked, answer))
  for (const answer of [
    null,
    {},
    { cosignature: "x" },
    { cosignature: "— ministry.test/log AAAA\n" },
    { refused: "tired", size: 0 },
  ])
    await assert.rejects(take(answer), { code: "cosignature-invalid" }, JSON.stringify(answer))
})
