// A bundle: taken out of the log, read as a file, checked by itself; and every way in which it can be wrong.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import type { Sql, Tx } from "#platform/db"
import { keepReceipt, openTwoBooks, type TwoBooks } from "../../../test/evidence/two-books.ts"
import { makeFederation } from "../../../test/line/two-sites.ts"
import { openWorld, type World } from "../../../test/world.ts"
import { type Bundle, type BundleCheck, exportExchange, readBundle, verifyBundle } from "./index.ts"

let world: World
let books: TwoBooks
let messages: string[]
before(async () => {
  world = await openWorld({ country: false })
  books = await openTwoBooks(world)
  // Some alone in their batch, some in a crowd.
  messages = [await books.exchange(), ...(await Promise.all(Array.from({ length: 20 }, () => books.exchange())))]
  await books.close()
})
after(() => world?.close())

const SIDES = ["commune", "ministry"] as const
const failures = (bundle: Bundle, anchors?: readonly string[]) =>
  verifyBundle(bundle, anchors).records.flatMap(({ failed }) => failed ?? [])

test("each side's bundle of each exchange holds by itself, and says who sealed what and when", async () => {
  for (const message of messages)
    for (const side of SIDES) {
      const verdict = verifyBundle(await books.bundle(books[side], message))
      assert.ok(verdict.holds, JSON.stringify(verdict))
      assert.deepEqual(verdict.records.map(({ kind }) => kind).sort(), ["got", "sent"])
      const sent = verdict.records.find(({ kind }) => kind === "sent")!
      assert.match(sent.sealedBy!, new RegExp(`CN=${side}`))
      assert.equal(sent.sealedAt?.getTime(), Math.floor(world.site.clock().getTime() / 1_000) * 1_000)
    }
})

test("a bundle holds under the authority that the reader names, and not under another", async () => {
  const bundle = await books.bundle(books.commune, messages[1]!)
  assert.ok(verifyBundle(bundle, [books.federation.anchor]).holds)
  const stranger = await makeFederation(world.site.clock())
  assert.deepEqual(failures(bundle, [stranger.anchor]), ["certificate", "certificate"])
  assert.deepEqual(failures(bundle, []), ["certificate", "certificate"])
})

const flip = (text: string, at: number) => text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1)
const one = (bundle: Bundle, kind: "sent" | "got") => bundle.records.find((record) => record.kind === kind)!
const wrongs: Record<string, { readonly says: BundleCheck; wrong(bundle: Bundle, other: Bundle): void }> = {
  "whose certificates are gone": {
    says: "certificate",
    wrong: (bundle) => Object.assign(bundle, { certificates: {} }),
  },
  "with a record under another's way": {
    says: "batch",
    wrong: (bundle, other) => Object.assign(one(bundle, "sent"), { proof: one(other, "sent").proof }),
  },
  "with a changed record": {
    says: "batch",
    wrong: (bundle) => Object.assign(one(bundle, "sent"), { text: one(bundle, "sent").text.replace("GET", "PUT") }),
  },
  "with a changed signature": {
    says: "signature",
    wrong: (bundle) =>
      Object.assign(one(bundle, "sent"), {
        proof: one(bundle, "sent").proof.replace(/^(\d+;\d+;.{9})(.)/, (_, head, letter) => head + (letter === "A" ? "B" : "A")),
      }),
  },
  "with a changed checkpoint": {
    says: "checkpoint",
    wrong: (bundle) => Object.assign(one(bundle, "sent"), { checkpoint: flip(one(bundle, "sent").checkpoint, 20) }),
  },
  "whose checkpoint is another log's": {
    says: "checkpoint",
    wrong: (bundle) => Object.assign(bundle, { noteKey: books.ministry.keys.noteKey }),
  },
  "that says another place in the log": {
    says: "log",
    wrong: (bundle) => Object.assign(one(bundle, "sent"), { batch: one(bundle, "sent").batch + 1 }),
  },
  "with the records of two exchanges": {
    says: "message",
    wrong: (bundle, other) => Object.assign(one(bundle, "got"), one(other, "got")),
  },
  "under another message": { says: "message", wrong: (bundle, other) => Object.assign(bundle, { message: other.message }) },
  "with a timestamp that is none": {
    says: "timestamp",
    wrong: (bundle) => Object.assign(one(bundle, "sent"), { timestamps: ["AAAA"] }),
  },
}

for (const [what, { says, wrong }] of Object.entries(wrongs))
  test(`a bundle ${what} fails at: ${says}`, async () => {
    const bundle = await books.bundle(books.commune, messages[0]!)
    wrong(bundle, await books.bundle(books.commune, messages[1]!))
    const verdict = verifyBundle(bundle)
    assert.ok(!verdict.holds)
    assert.ok(
      verdict.records.some(({ failed }) => failed === says),
      JSON.stringify(verdict),
    )
  })

test("an answer to another request under the same message is found", async () => {
  const message = "11111111-1111-4111-8111-111111111111"
  const again = await openTwoBooks(world)
  const [asked, told] = [await books.bundle(books.commune, messages[0]!), await books.bundle(books.ministry, messages[0]!)]
  // The ministry seals an answer to a request that was never made under this message.
  const text = one(told, "sent")
    .text.replaceAll(messages[0]!, message)
    .replace(/"x-motlan-request": \S+/, `"x-motlan-request": ${"C".repeat(43)}=`)
    .replace(/keyid="[^"]+"/, `keyid="${again.ministry.sealer.keyId}"`)
  const request = one(asked, "sent")
    .text.replaceAll(messages[0]!, message)
    .replace(/keyid="[^"]+"/, `keyid="${again.commune.sealer.keyId}"`)
  const sealed = again.ministry.sealer.seal({ kind: "sent", message, text })
  again.commune.sealer.seal({ kind: "sent", message, text: request })
  await keepReceipt(again.commune, again.ministry, { message, text, sealed, at: world.site.clock() })
  await again.close()
  assert.deepEqual(failures(await again.bundle(again.commune, message)), ["answer"])
})

for (const late of [1, 2, 3])
  test(`a checkpoint written at lookup ${late} of an export never covers an answer without its request`, async () => {
    const again = await openTwoBooks(world)
    const message = await again.exchange()
    const bundle = await world.tx({ kind: "system", name: "test" }, (tx) => {
      let lookups = 0
      const find: Tx["find"] = async <Row>(statement: Sql) => {
        const found = await tx.find<Row>(statement)
        if (++lookups === late) await again.close()
        return found
      }
      return exportExchange(Object.assign(Object.create(tx), { find }) as Tx, "commune", message, again.commune.keys)
    })
    assert.deepEqual(bundle ? failures(bundle) : [], [])
    await again.close()
    assert.ok(verifyBundle(await again.bundle(again.commune, message)).holds)
  })

test("no bit of what is in a bundle can be flipped", async () => {
  const bundle = await books.bundle(books.ministry, messages[2]!)
  for (const index of [0, 1])
    for (const field of ["text", "proof", "checkpoint"] as const) {
      const text = bundle.records[index]![field]
      for (let at = 0; at < text.length; at += 31) {
        const copy = structuredClone(bundle)
        Object.assign(copy.records[index]!, { [field]: flip(text, at) })
        assert.ok(!verifyBundle(copy).holds, `${field} of ${index} at ${at}: ${text[at]}`)
      }
    }
  const got = bundle.records.findIndex(({ kind }) => kind === "got")
  for (const field of ["text", "proof"] as const) {
    const text = bundle.records[got]!.of![field]
    for (let at = 0; at < text.length; at += 31) {
      const copy = structuredClone(bundle)
      Object.assign(copy.records[got]!.of!, { [field]: flip(text, at) })
      assert.ok(!verifyBundle(copy).holds, `${field} of what was got at ${at}: ${text[at]}`)
    }
  }
})

test("a file that is no bundle is told apart, with where and why", async () => {
  const bundle = await books.bundle(books.commune, messages[0]!)
  assert.ok("bundle" in readBundle(JSON.stringify(bundle)))
  const faultsOf = (text: string) => {
    const reading = readBundle(text)
    return "faults" in reading ? reading.faults.join() : ""
  }
  assert.match(faultsOf("{"), /not JSON/)
  assert.match(faultsOf("null"), /object/)
  assert.match(faultsOf("x".repeat(5_000_000)), /longer/)
  assert.match(faultsOf(JSON.stringify({ ...bundle, records: [] })), /records/)
  assert.match(faultsOf(JSON.stringify({ ...bundle, format: "motlan-exchange-9" })), /format/)
  assert.match(faultsOf(JSON.stringify({ ...bundle, records: [{ ...bundle.records[0], batch: -1 }] })), /records\/0\/batch/)
  assert.match(faultsOf(JSON.stringify({ ...bundle, records: Array(21).fill(bundle.records[0]) })), /records/)
})
