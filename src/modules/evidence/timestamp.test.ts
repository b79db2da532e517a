// Timestamps (RFC 3161) over checkpoints: taken from an authority that openssl makes, and refused when they are of anything else.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type Actor, sql } from "#platform/db"
import { hasOpenssl, openTimestampAuthority, type TestAuthority } from "../../../test/evidence/timestamp-authority.ts"
import { openTwoBooks, type TwoBooks } from "../../../test/evidence/two-books.ts"
import { openWorld, type World } from "../../../test/world.ts"
import {
  exportExchange,
  readToken,
  requestTimestamp,
  stampCheckpoint,
  startVouching,
  TimestampFault,
  verifyBundle,
} from "./index.ts"
import { timestampRequest } from "./timestamp-token.ts"

const skip = hasOpenssl() ? false : "openssl is not installed: nothing here can make a timestamp"
const system: Actor = { kind: "system", name: "test" }
const data = Buffer.from("motlan/XX/commune\n1\nroot\n")
let world: World
let books: TwoBooks
let authorities: Record<"ec" | "rsa", TestAuthority>
before(async () => {
  if (skip) return
  world = await openWorld({ country: false })
  books = await openTwoBooks(world)
  authorities = { ec: await openTimestampAuthority("ec"), rsa: await openTimestampAuthority("rsa") }
})
after(async () => {
  for (const one of Object.values(authorities ?? {})) one.close()
  await books?.close()
  await world?.close()
})

const of = ({ url, anchor }: TestAuthority) => ({ url, anchors: [anchor] })

for (const kind of ["ec", "rsa"] as const)
  test(`a timestamp by an authority with a key of ${kind} is taken, and holds for what it is of alone`, { skip }, async () => {
    const authority = authorities[kind]
    const stamp = await requestTimestamp(of(authority), data)
    assert.match(stamp.authority, /CN=tsa/)
    assert.ok(Math.abs(stamp.at.getTime() - Date.now()) < 60_000)
    assert.ok(readToken(stamp.token, data, [authority.anchor]).isTrusted)
    assert.ok(!readToken(stamp.token, data, []).isTrusted, "who certified it is for the reader to know")
    assert.throws(() => readToken(stamp.token, Buffer.from("other"), [authority.anchor]), /something else/)
    assert.throws(() => readToken(Buffer.from("none"), data, []), TimestampFault)
  })

test("no bit of a token can be flipped but where nothing is signed", { skip }, async () => {
  const authority = authorities.ec
  const { token, at, authority: name } = await requestTimestamp(of(authority), data)
  let held = 0
  for (let i = 0; i < token.length; i += 3) {
    const copy = Buffer.from(token)
    copy[i]! ^= 1
    try {
      const read = readToken(copy, data, [authority.anchor])
      assert.deepEqual([read.at, read.authority], [at, name], `byte ${i}`)
      held++
    } catch (fault) {
      assert.ok(fault instanceof TimestampFault, `byte ${i}: ${fault}`)
    }
  }
  assert.ok(held < token.length / 3 / 10, `${held} changes went unseen`)
})

const lies: Record<string, { lie(authority: TestAuthority): void; says: RegExp }> = {
  "with the token of another request": {
    lie: (authority) => {
      const other = authority.reply(timestampRequest(data).der)
      authority.change = () => other
    },
    says: /nonce/,
  },
  "with the token of other data": {
    lie: (authority) => {
      const other = authority.reply(timestampRequest(Buffer.from("other")).der)
      authority.change = () => other
    },
    says: /something else/,
  },
  "with a refusal": {
    lie: (authority) => (authority.change = () => Buffer.from("30053003020102", "hex")),
    says: /refused: status 2/,
  },
  "with nonsense": { lie: (authority) => (authority.change = () => Buffer.from("nonsense")), says: /can't be read/ },
  "with more than a token ever is": { lie: (authority) => (authority.change = () => Buffer.alloc(1_000_000)), says: /too long/ },
  "by a certificate of nobody we trust": { lie: (authority) => (authority.signer = "other"), says: /no trusted authority/ },
}

for (const [what, { lie, says }] of Object.entries(lies))
  test(`an authority that answers ${what} is not believed`, { skip }, async () => {
    const authority = authorities.ec
    try {
      lie(authority)
      await assert.rejects(
        requestTimestamp(of(authority), data),
        (fault) => fault instanceof TimestampFault && says.test(fault.message),
      )
    } finally {
      Object.assign(authority, { change: (answer: Buffer) => answer, signer: "tsa" })
    }
  })

test("an authority that is away is said to be away", { skip }, () =>
  assert.rejects(requestTimestamp({ url: "http://127.0.0.1:1/", anchors: [] }, data), /does not answer/),
)

test("the newest checkpoint is stamped in a round, and the bundle carries it; certificates are kept", { skip }, async () => {
  const message = await books.exchange()
  await books.close()
  const known = async () => ({ witnesses: [], authority: of(authorities.ec), certificates: new Map([["key", "PEM"]]) })
  const rounds = startVouching({ db: world.db, site: world.site, book: "commune", known })
  await rounds.stop()
  assert.equal(await stampCheckpoint(world.db, "commune", of(authorities.ec)), undefined, "once is enough")
  const bundle = (await world.tx(system, (tx) => exportExchange(tx, "commune", message, books.commune.keys)))!
  const trusted = verifyBundle(bundle, [books.federation.anchor, authorities.ec.anchor])
  assert.ok(trusted.holds)
  for (const { timestamps } of trusted.records) assert.deepEqual([timestamps?.length, timestamps?.[0]?.isTrusted], [1, true])
  const stranger = verifyBundle(bundle)
  assert.ok(stranger.holds && stranger.records.every(({ timestamps }) => timestamps?.[0]?.isTrusted === false))
  const other = structuredClone(bundle)
  for (const record of other.records) record.timestamps = record.timestamps!.map((token) => token.replace(/.{8}$/, "AAAAAAAA"))
  assert.deepEqual(
    verifyBundle(other).records.map(({ failed }) => failed),
    ["timestamp", "timestamp"],
  )
  const kept = await world.migrator.rows(sql`select 1 from evidence.certificate where key_id = 'key'`)
  assert.equal(kept.length, 1)
})
