// Who may call what, answered from memory on both sides, and at once after every change.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type AccessList, type Call, openAccessList, proposeContract, revokeContract, thumbprintOf } from "#federation"
import {
  agree,
  CONSUMER,
  carry,
  openJoined,
  PROVIDER,
  SERVICE,
  system,
  TERMS,
  type ThreeSites,
} from "../../../test/federation/three-sites.ts"
import { compileDirectories } from "./compile-directories.ts"

let three: ThreeSites
const lists: AccessList[] = []
before(async () => {
  three = await openJoined()
  for (const site of [three.commune, three.ministry]) lists.push(await openAccessList(site.db))
})
after(async () => {
  for (const list of lists) list.close()
  await three.close()
})

const call = (change: Partial<Call> = {}): Call => ({
  consumer: CONSUMER,
  service: SERVICE,
  method: "GET",
  path: "/people/1",
  purpose: "birth-registration",
  at: three.commune.site.clock(),
  ...change,
})

/** The same question on both sides: the refusal, or the hash of the contract. */
async function asked(change: Partial<Call> = {}): Promise<string> {
  const answers = []
  for (const list of lists) {
    await list.refresh()
    const { contract, refusal } = list.mayCall(call(change))
    answers.push(refusal ?? contract.hash)
  }
  assert.equal(answers[0], answers[1], "both sides answer alike")
  return answers[0]!
}

test("without a contract nothing is let through; with one that both have signed, what it covers and no more", async () => {
  assert.equal(await asked(), "contract-missing")
  const hash = await agree(three)
  assert.equal(await asked(), hash)
  assert.equal(await asked({ purpose: undefined }), hash, "its only purpose is meant")
  assert.equal(await asked({ path: "/people/%31" }), hash, "percent-encoded as it came")
  const refused: [Partial<Call>, string][] = [
    [{ method: "POST" }, "endpoint-not-covered"],
    [{ path: "/people/1/children" }, "endpoint-not-covered"],
    [{ path: "/people/%2e%2e" }, "endpoint-not-covered"],
    [{ path: "/people/..%2f1" }, "endpoint-not-covered"],
    [{ purpose: "curiosity" }, "purpose-not-covered"],
    [{ consumer: PROVIDER }, "contract-missing"],
    [{ service: `${PROVIDER}/other` }, "contract-missing"],
    [{ consumer: "XX/GOV/C9/desk" }, "consumer-unknown"],
    [{ service: "XX/GOV/MI/other/person" }, "service-unknown"],
    [{ peer: "ministry" }, "consumer-not-of-peer"],
  ]
  for (const [change, code] of refused) assert.equal(await asked(change), code, JSON.stringify(change))
  assert.equal(await asked({ peer: "commune" }), hash)
  await three.ministry.tx(system, (tx) => revokeContract(tx, hash))
  await carry(three.ministry, three.commune)
})

test("a revoked contract lets nothing through from the moment in which the revocation is known", async () => {
  const hash = await agree(three)
  assert.equal(await asked(), hash)
  await three.commune.tx(system, (tx) => revokeContract(tx, hash))
  await lists[0]!.refresh()
  assert.equal(lists[0]!.mayCall(call()).refusal, "contract-revoked")
  await carry(three.commune, three.ministry)
  assert.equal(await asked(), "contract-revoked")
})

test("a change is heard without asking", async () => {
  const hash = await agree(three)
  const until = Date.now() + 5_000
  while (lists.some((list) => list.mayCall(call()).contract?.hash !== hash)) {
    assert.ok(Date.now() < until, "the bell was not heard")
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await three.commune.tx(system, (tx) => revokeContract(tx, hash))
  await carry(three.commune, three.ministry)
})

test("outside its period a contract covers nothing; the nearest reason is told", async () => {
  const later = await agree(three, { from: "2026-06-01T00:00:00.000Z" })
  assert.equal(await asked(), "contract-not-begun")
  const past = await agree(three, { from: "2026-01-01T00:00:00.000Z", until: "2026-02-01T00:00:00.000Z" })
  assert.equal(await asked(), "contract-not-begun")
  const now = await agree(three, { purposes: ["census", "birth-registration"] })
  assert.equal(await asked(), now)
  assert.equal(await asked({ purpose: undefined }), "purpose-missing")
  for (const hash of [later, past, now]) await three.commune.tx(system, (tx) => revokeContract(tx, hash))
  await carry(three.commune, three.ministry)
})

test("a contract that only one side has signed lets nothing through on either", async () => {
  const terms = { ...TERMS, service: "person", consumer: "XX/GOV/EX/catalogue" }
  await three.ministry.tx(system, (tx) => proposeContract(tx, terms))
  await lists[1]!.refresh()
  assert.equal(lists[1]!.mayCall(call({ consumer: "XX/GOV/EX/catalogue" })).refusal, "contract-not-signed")
})

test("a peer is known by its certificate while that holds, and by no other use of it", () => {
  const [list] = lists as [AccessList]
  const at = three.commune.site.clock()
  const sealing = three.ministry.standing.sealing(at)
  assert.equal(list.peerOf(sealing.thumbprint, "sealing", at)?.site.id, "ministry")
  assert.equal(list.peerOf(sealing.thumbprint, "auth", at), undefined)
  assert.equal(list.peerOf(thumbprintOf(Buffer.from("stranger")), "sealing", at), undefined)
  assert.equal(list.peerOf(sealing.thumbprint, "sealing", new Date(sealing.certificate.validTo)), undefined)
  assert.ok(list.keyOf(sealing.thumbprint, "sealing", at)?.equals(sealing.publicKey))
  assert.equal(list.keyOf(sealing.thumbprint, "sealing", at), list.keyOf(sealing.thumbprint, "sealing", at))
  assert.deepEqual(list.addressOf("commune"), { host: "127.0.0.1", port: 5502 })
  assert.equal(list.addressOf("nobody"), undefined)
})

test("among ten thousand contracts the right one is found", async () => {
  const [list] = lists as [AccessList]
  const known = list.contracts()[0]!
  const many = Array.from({ length: 10_000 }, (_, i) => ({
    ...known,
    hash: String(i),
    state: "signed" as const,
    content: { ...known.content, ...TERMS, consumer: i === 7 ? CONSUMER : `XX/GOV/N${i}/desk` },
  }))
  const book = compileDirectories(list.directory, many)
  assert.equal(book.mayCall(call()).contract?.hash, "7")
})

test("of two contracts that cover a call both sides go by the same, whichever each of them has heard of first", () => {
  const [list] = lists as [AccessList]
  const known = { ...list.contracts()[0]!, state: "signed" as const }
  const two = ["a", "b"].map((hash) => ({ ...known, hash, content: { ...known.content, ...TERMS } }))
  const [here, there] = [two, two.toReversed()].map((contracts) => compileDirectories(list.directory, contracts))
  const contract = here!.mayCall(call()).contract!.hash
  assert.notEqual(there!.mayCall(call()).contract!.hash, contract)
  assert.equal(there!.mayCall(call({ contract })).contract!.hash, contract)
  assert.equal(there!.mayCall(call({ contract: "c" })).contract!.hash, "b", "one that is not known here is nobody's choice")
})
