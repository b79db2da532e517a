// The evidence log: sealed in batches, restored after a death, and every change to it found.
import assert from "node:assert/strict"
import { generateKeyPairSync, sign } from "node:crypto"
import { after, test } from "node:test"
import { merkleBatch, noteKey } from "#engines/ledger"
import { type Db, sql } from "#platform/db"
import { openWorld } from "../../../test/world.ts"
import { type EvidenceFault, openSealer, type Sealer, verifyLog } from "./index.ts"
import { verifyProof } from "./proof.ts"

const world = await openWorld({ country: false })
after(() => world.close())

const sealing = generateKeyPairSync("ec", { namedCurve: "P-256" })
const note = generateKeyPairSync("ed25519")
const key = { id: "key-1", sign: (data: Buffer) => sign("sha256", data, { key: sealing.privateKey, dsaEncoding: "ieee-p1363" }) }
const open = (book: string, db: Db = world.db): Promise<Sealer> =>
  openSealer({ db, site: world.site, book, key, note: { name: `${book}/log`, private: note.privateKey } })
const verify = (book: string) =>
  verifyLog({
    db: world.db,
    site: world.site,
    book,
    keyOf: (id) => (id === "key-1" ? sealing.publicKey : undefined),
    noteKey: noteKey(`${book}/log`, note.publicKey),
  })

async function fill(sealer: Sealer, count: number): Promise<void> {
  const sealed = Array.from({ length: count }, (_, i) =>
    sealer.seal({ kind: "sent", message: `m${i}`, text: `"@method": GET ${i}` }),
  )
  await Promise.all(sealed.map(({ stored }) => stored))
}

test("what waits together is one batch with one signature, and each record proves that it stands in it", async () => {
  const sealer = await open("crowd")
  const texts = Array.from({ length: 40 }, (_, i) => `"@path": /r1/${i}`)
  const sealed = texts.map((text, i) => sealer.seal({ kind: "sent", message: `m${i}`, text }))
  const all = await Promise.all(sealed.map(({ signed }) => signed))
  await Promise.all(sealed.map(({ stored }) => stored))
  assert.equal(new Set(all).size, 1)
  const { size, root, signature, leaves } = all[0]!
  const { paths } = merkleBatch([...leaves])
  for (const [i, { place }] of sealed.entries()) {
    const proof = { index: place, size, root, signature, path: paths[place]! }
    assert.ok(verifyProof(texts[i]!, proof, sealing.publicKey))
    assert.ok(!verifyProof(`${texts[i]} `, proof, sealing.publicKey))
    assert.ok(!verifyProof(texts[i]!, { ...proof, index: (proof.index + 1) % 40 }, sealing.publicKey))
  }
  await sealer.close()
  assert.deepEqual(await verify("crowd"), { batches: 1, records: 40, checkpoints: 1, broken: [] })
})

test("more records than a batch holds make several, in their order", async () => {
  const sealer = await open("many")
  await fill(sealer, 300)
  await sealer.close()
  const verdict = await verify("many")
  assert.deepEqual({ ...verdict, batches: verdict.batches >= 3 }, { batches: true, records: 300, checkpoints: 1, broken: [] })
})

/** Notes how many batches each commit has; the first may be held up. */
function counting(busy?: Promise<void>): { readonly db: Db; readonly commits: readonly number[] } {
  const commits: number[] = []
  const run: Db["run"] = async (...statements) => {
    commits.push(statements.length)
    if (commits.length === 1) await busy
    return world.db.run(...statements)
  }
  return { db: { ...world.db, run }, commits }
}

const sent = (text: string) => ({ kind: "sent", message: text, text }) as const

test("what nobody waits for on disk is signed at once, and stored by the commit of the next that somebody waits for", async (t) => {
  const { db, commits } = counting()
  const sealer = await open("later", db)
  // However slow the machine is, the moment is not over.
  t.mock.timers.enable({ apis: ["setTimeout"] })
  const request = sealer.seal(sent("request"), { gathers: true, isStoredLater: true })
  await request.signed
  assert.deepEqual(commits, [])
  const receipt = sealer.seal(sent("receipt"))
  await Promise.all([request.stored, receipt.stored])
  assert.deepEqual(commits, [2])
  t.mock.timers.reset()
  await sealer.close()
  assert.deepEqual(await verify("later"), { batches: 2, records: 2, checkpoints: 1, broken: [] })
})

test("what nobody waits for on disk is stored all the same, without anything that follows", async () => {
  const { db, commits } = counting()
  const sealer = await open("nothing-follows", db)
  await sealer.seal(sent("request"), { isStoredLater: true }).stored
  assert.deepEqual(commits, [1])
  await sealer.close()
})

test("in a crowd, those that gather are one batch with the one that comes last; without one they wait while others come", async (t) => {
  const sealer = await open("gathers")
  await fill(sealer, 100)
  t.mock.timers.enable({ apis: ["setTimeout"] })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const gather = async (texts: readonly string[], last?: string) => {
    const all = []
    for (const text of texts) {
      all.push(sealer.seal(sent(text), { gathers: text !== last }))
      if (!last) t.mock.timers.tick(1)
      await turn()
      await turn()
    }
    if (!last) t.mock.timers.tick(4)
    return Promise.all(all.map(({ signed }) => signed))
  }
  const together = await gather(["a", "b", "c"], "c")
  assert.deepEqual([new Set(together).size, together[0]!.size], [1, 3])
  const coming = await gather(["d", "e", "f", "g"])
  assert.deepEqual([new Set(coming).size, coming[0]!.size], [1, 4])
  t.mock.timers.reset()
  await sealer.close()
  assert.deepEqual((await verify("gathers")).broken, [])
})

test("what was signed while the disk was busy is stored in one commit", async () => {
  let free: () => void = () => undefined
  const busy = new Promise<void>((resolve) => {
    free = resolve
  })
  const { db: slow, commits } = counting(busy)
  const sealer = await open("busy", slow)
  const sealed = []
  for (const text of ["a", "b", "c"]) {
    const one = sealer.seal(sent(text))
    // Signed, and on its way to the peer, though nothing of it is on disk.
    await one.signed
    sealed.push(one)
  }
  free()
  await Promise.all(sealed.map(({ stored }) => stored))
  await sealer.close()
  assert.deepEqual(commits, [1, 2])
  assert.deepEqual(await verify("busy"), { batches: 3, records: 3, checkpoints: 1, broken: [] })
})

test("a log goes on where its last process was killed", async () => {
  const killed = await open("killed")
  await fill(killed, 5)
  // No close: no checkpoint.
  const next = await open("killed")
  await fill(next, 3)
  await next.close()
  const { records, broken } = await verify("killed")
  assert.deepEqual([records, broken], [8, []])
})

test("a commit that fails fails its records; the log is read again, and the next ones stand in it", async () => {
  let isBroken = false
  const broken: Db = {
    ...world.db,
    run: (...statements) => (isBroken ? Promise.reject(new Error("the disk is full")) : world.db.run(...statements)),
  }
  const sealer = await open("fault", broken)
  await fill(sealer, 2)
  isBroken = true
  await assert.rejects(fill(sealer, 2), /disk is full/)
  isBroken = false
  await fill(sealer, 2)
  await sealer.close()
  const { records, broken: found } = await verify("fault")
  assert.deepEqual([records, found], [4, []])
})

const tamperings: Record<string, { readonly fault: EvidenceFault; tamper(book: string): Promise<unknown> }> = {
  "a flipped bit in a record": {
    fault: "altered",
    tamper: (book) =>
      world.migrator.run(
        sql`update evidence.batch set records = set_byte(records, 20, get_byte(records, 20) # 1) where book = ${book} and seq = 1`,
      ),
  },
  "a flipped bit in a signature": {
    fault: "forged",
    tamper: (book) =>
      world.migrator.run(
        sql`update evidence.batch set signature = set_byte(signature, 9, get_byte(signature, 9) # 1) where book = ${book} and seq = 1`,
      ),
  },
  "a flipped bit in a root": {
    fault: "altered",
    tamper: (book) =>
      world.migrator.run(
        sql`update evidence.batch set root = set_byte(root, 0, get_byte(root, 0) # 1) where book = ${book} and seq = 1`,
      ),
  },
  "a deleted batch": {
    fault: "missing",
    tamper: (book) => world.migrator.run(sql`delete from evidence.batch where book = ${book} and seq = 1`),
  },
  "a deleted last batch": {
    fault: "forked",
    tamper: (book) => world.migrator.run(sql`delete from evidence.batch where book = ${book} and seq = 2`),
  },
  "a checkpoint that says another root": {
    fault: "unsigned",
    tamper: (book) =>
      world.migrator.run(
        sql`update evidence.checkpoint set note = replace(note, encode(root, 'base64'), encode(sha256(root), 'base64')) where book = ${book}`,
      ),
  },
  "records put under another batch": {
    fault: "altered",
    tamper: (book) =>
      world.migrator.run(
        sql`update evidence.batch a set records = b.records from evidence.batch b where a.book = ${book} and b.book = ${book} and a.seq = 0 and b.seq = 1`,
      ),
  },
}

for (const [what, { fault, tamper }] of Object.entries(tamperings)) {
  test(`${what} is found`, async () => {
    const book = what.replaceAll(" ", "-")
    const sealer = await open(book)
    for (let i = 0; i < 3; i++) await fill(sealer, 2)
    await sealer.close()
    assert.deepEqual((await verify(book)).broken, [], "the log holds before")
    assert.ok((await tamper(book)) as number)
    assert.ok(
      (await verify(book)).broken.some((one) => one.fault === fault),
      JSON.stringify((await verify(book)).broken),
    )
  })
}

test("a log that was written anew from the middle is found by its old checkpoint", async () => {
  const sealer = await open("forked")
  for (let i = 0; i < 3; i++) await fill(sealer, 2)
  await sealer.close()
  const checkpoint = await world.migrator.rows<{ note: string }>(sql`select note from evidence.checkpoint where book = 'forked'`)
  assert.equal(checkpoint.length, 1)
  await world.migrator.run(sql`delete from evidence.batch where book = 'forked' and seq > 0`)
  const kept = await world.migrator.rows(sql`delete from evidence.checkpoint where book = 'forked' returning *`)
  const again = await open("forked")
  for (let i = 0; i < 3; i++) await fill(again, 1)
  await again.close()
  assert.deepEqual((await verify("forked")).broken, [], "by itself the new log holds")
  const { size, root, edge, note: text, made_at: madeAt } = kept[0] as Record<string, unknown>
  await world.migrator.run(sql`insert into evidence.checkpoint (book, size, root, edge, note, made_at)
    values ('forked', ${size}, ${root}, ${edge}, ${text}, ${madeAt}) on conflict (book, size) do update set note = excluded.note, root = excluded.root`)
  assert.deepEqual(
    (await verify("forked")).broken.map(({ fault }) => fault),
    ["forked"],
  )
})

test("no role but the system's own sees a record, and nobody changes one", async () => {
  const counted = await world.tx({ kind: "public" }, (tx) => tx.rows(sql`select 1 from evidence.batch`))
  assert.deepEqual(counted, [])
  await assert.rejects(
    world.tx({ kind: "system", name: "t" }, (tx) => tx.run(sql`update evidence.batch set size = 1`)),
    /permission denied/,
  )
})
