// Evidence in the hands of somebody who has nothing but a file, and the log in the hands of its operator.
import assert from "node:assert/strict"
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, mock, test } from "node:test"
import type { Bundle } from "#evidence"
import { type Config, readConfig } from "#platform/config"
import { sql } from "#platform/db"
import { openFederatedBook } from "../../test/evidence/federated-book.ts"
import { sealExchange } from "../../test/evidence/two-books.ts"
import { makeFederation } from "../../test/line/two-sites.ts"
import { openWorld, type World } from "../../test/world.ts"
import { evidence } from "./evidence.ts"
import { verify } from "./verify.ts"

const dir = mkdtempSync(join(tmpdir(), "motlan-verify-"))
chmodSync(dir, 0o711)
let world: World
let message: string
let config: Config
const path = (name: string) => join(dir, name)

before(async () => {
  world = await openWorld({ country: false })
  // The commands live in real time.
  world.clock.move(Date.now() - world.site.clock().getTime())
  const book = await openFederatedBook(world, path("data"))
  message = await sealExchange(book, book, world.site.clock())
  await book.sealer.close()
  writeFileSync(path("anchor.pem"), book.anchor)
  writeFileSync(path("stranger.pem"), (await makeFederation(world.site.clock())).anchor)
  config = readConfig(
    { data: path("data") },
    { DATABASE_URL: urlOf(world.migratorConnection), DATABASE_APP_URL: urlOf(world.connection) },
  )
})
after(async () => {
  await world?.close()
  rmSync(dir, { recursive: true, force: true })
})

const urlOf = (connection: object) => {
  const { host, port, database, user, password } = connection as Record<string, unknown>
  return `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(String(host))}&port=${port}`
}

/** What a command prints, and its exit code. */
async function hear(work: () => Promise<number>): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const note = (...words: unknown[]) => void lines.push(words.join(" "))
  const mocks = [mock.method(console, "log", note), mock.method(console, "error", note)]
  try {
    return { code: await work(), said: lines.join("\n") }
  } finally {
    for (const one of mocks) one.mock.restore()
  }
}
const asked = (names: string[], options = {}) => hear(() => verify(() => config, names, options))
const exported = (id: string) => hear(() => evidence(config, ["export", id]))

test("what a site exports is checked from the file alone, under the authority that the reader trusts", async () => {
  const { code, said } = await exported(message)
  assert.equal(code, 0, said)
  writeFileSync(path("exchange.json"), said)
  const own = await asked(["exchange", path("exchange.json")])
  assert.equal(own.code, 0, own.said)
  assert.match(own.said, /sent, sealed by .*CN=XX\/hub sealing/)
  assert.match(own.said, /The exchange holds/)
  assert.match(own.said, /authorities are those in the file itself/)
  const named = await asked(["exchange", path("exchange.json")], { anchor: path("anchor.pem"), lang: "vi" })
  assert.deepEqual([named.code, /Giao dịch đúng/.test(named.said)], [0, true], named.said)
  const stranger = await asked(["exchange", path("exchange.json")], { anchor: path("stranger.pem") })
  assert.deepEqual([stranger.code, /no certificate of a trusted authority/.test(stranger.said)], [1, true], stranger.said)
  await assert.rejects(asked(["exchange", path("exchange.json")], { anchor: path("exchange.json") }), /no certificate/)
})

test("a changed bundle, and a file that is none, are refused with the reason", async () => {
  const bundle = JSON.parse((await exported(message)).said) as Bundle
  const [record] = bundle.records
  writeFileSync(
    path("changed.json"),
    JSON.stringify({ ...bundle, records: [{ ...record, batch: 7 }, ...bundle.records.slice(1)] }),
  )
  const changed = await asked(["exchange", path("changed.json")])
  assert.deepEqual([changed.code, /DOES NOT HOLD: the record does not stand where/.test(changed.said)], [1, true], changed.said)
  writeFileSync(path("half.json"), JSON.stringify({ ...bundle, records: [record] }))
  assert.match((await asked(["exchange", path("half.json")])).said, /not a whole exchange/)
  const none = await asked(["exchange", path("anchor.pem")])
  assert.deepEqual([none.code, /not the evidence of an exchange/.test(none.said)], [1, true])
})

test("the operator hears what the log of evidence holds, and which batch was changed", async () => {
  const whole = await asked(["log"])
  assert.equal(whole.code, 0, whole.said)
  assert.match(whole.said, /4 records of evidence in \d+ batches under 1 checkpoints: everything holds/)
  await world.migrator.run(
    sql`update evidence.batch set signature = set_byte(signature, 9, get_byte(signature, 9) # 1) where seq = 1`,
  )
  const broken = await asked(["log"])
  assert.equal(broken.code, 1)
  assert.match(broken.said, /evidence: batch 1 is forged/)
})

test("what is not known, and what is not spelt rightly, is told", async () => {
  assert.deepEqual([(await exported("nothing")).code, (await hear(() => evidence(config, ["import"]))).code], [1, 2])
  for (const names of [[], ["book"], ["exchange"], ["log", "x"]]) assert.equal((await asked(names)).code, 2)
})
