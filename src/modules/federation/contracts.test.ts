// Contracts: in force when both have signed, over when one says so, and what is bent, borrowed or played back counts for nothing.
import assert from "node:assert/strict"
import { generateKeyPairSync } from "node:crypto"
import { after, before, test } from "node:test"
import { canonicalJson } from "#engines/ledger"
import {
  answerContract,
  type Contract,
  contractHash,
  contractText,
  dueErrands,
  knownContracts,
  proposeContract,
  publishDirectory,
  revokeContract,
  takeContract,
  takeContractSignature,
  takeDirectory,
} from "#federation"
import { type Actor, sql } from "#platform/db"
import {
  agree,
  CONSUMER,
  carry,
  type FederatedSite,
  openJoined,
  PROVIDER,
  refusal,
  stranger,
  system,
  TERMS,
  type ThreeSites,
} from "../../../test/federation/three-sites.ts"
import { jwsClaims, signJws } from "./jws.ts"
import { CERTIFICATE_MS } from "./limits.ts"
import { ecSigner, type Signer } from "./signer.ts"

let three: ThreeSites
before(async () => {
  three = await openJoined()
})
after(() => three.close())

const stateAt = async (site: FederatedSite, hash: string) =>
  (await site.tx(system, knownContracts)).find((one) => one.hash === hash)?.state
const propose = (site: FederatedSite, terms: object = {}) => site.tx(system, (tx) => proposeContract(tx, { ...TERMS, ...terms }))
const messageOf = async (site: FederatedSite, hash: string) => {
  const [row] = await site.migrator.rows<{ content: string }>(sql`select content from federation.contract where hash = ${hash}`)
  const signed = await site.migrator.rows<{ jws: string }>(
    sql`select jws from federation.contract_signature where hash = ${hash} order by signed_at`,
  )
  return { content: row!.content, signatures: signed.map(({ jws }) => jws) }
}
const takeAt = (site: FederatedSite, message: unknown) => site.tx(stranger, (tx) => takeContract(tx, message))
const takeOne = (site: FederatedSite, jws: string) => site.tx(stranger, (tx) => takeContractSignature(tx, jws))

/** A signature by any key, under any certificate's name. */
const signature = (signer: Signer, thumbprint: string, contract: string, type: string, signedAt: Date) =>
  signJws(signer, "motlan-contract", { contract, type, signedAt: signedAt.toISOString() }, { "x5t#S256": thumbprint })
const signedBy = ({ standing, site }: FederatedSite, contract: string, type: string) => {
  const signer = standing.sealing(site.clock())
  return signature(signer, signer.thumbprint, contract, type, site.clock())
}

test("a commune proposes, the ministry accepts, and both hold the same two signatures", async () => {
  const { commune, ministry } = three
  const hash = await propose(commune)
  assert.equal(await stateAt(commune, hash), "proposed")
  assert.equal(await carry(commune, ministry), 1)
  assert.equal(await stateAt(ministry, hash), "proposed")
  assert.equal(await ministry.tx(system, (tx) => answerContract(tx, hash, "accept")), "signed")
  assert.equal(await stateAt(commune, hash), "proposed", "not before it has heard")
  assert.equal(await carry(ministry, commune), 1)
  assert.equal(await stateAt(commune, hash), "signed")
  assert.deepEqual(await messageOf(commune, hash), await messageOf(ministry, hash))
  assert.deepEqual(await commune.tx(system, dueErrands), [], "nothing is left to be told")
})

test("either side revokes, for good: no acceptance makes it good again", async () => {
  for (const by of ["commune", "ministry"] as const) {
    const hash = await agree(three)
    const [one, other] = by === "commune" ? [three.commune, three.ministry] : [three.ministry, three.commune]
    assert.equal(await one.tx(system, (tx) => revokeContract(tx, hash)), "revoked")
    await carry(one, other)
    assert.equal(await stateAt(other, hash), "revoked")
    await assert.rejects(
      other.tx(system, (tx) => answerContract(tx, hash, "accept")),
      refusal("contract-closed"),
    )
    assert.equal(await takeOne(other, (await messageOf(one, hash)).signatures[0]!), "revoked", "played back, it changes nothing")
    three.move(1)
    await assert.rejects(takeOne(other, await signedBy(one, hash, "accept")), refusal("contract-closed"))
    assert.equal(await stateAt(other, hash), "revoked")
  }
})

test("a rejected proposal is closed, and one that both accepted is revoked, not rejected", async () => {
  const hash = await propose(three.commune)
  await carry(three.commune, three.ministry)
  assert.equal(await three.ministry.tx(system, (tx) => answerContract(tx, hash, "reject")), "rejected")
  await carry(three.ministry, three.commune)
  assert.equal(await stateAt(three.commune, hash), "rejected")
  const signed = await agree(three)
  await assert.rejects(
    three.ministry.tx(system, (tx) => answerContract(tx, signed, "reject")),
    refusal("contract-closed"),
  )
})

test("a contract altered by one byte is refused, also when its new text is well formed", async () => {
  const hash = await propose(three.commune)
  const { content, signatures } = await messageOf(three.commune, hash)
  const bent = content.replace('"digest"', '"keep"')
  assert.notEqual(bent, content)
  await assert.rejects(takeAt(three.ministry, { content: bent, signatures }), refusal("contract-altered"))
  for (let at = 1; at < content.length; at += 37) {
    const other = `${content.slice(0, at)}${content[at] === "x" ? "y" : "x"}${content.slice(at + 1)}`
    await assert.rejects(takeAt(three.ministry, { content: other, signatures }), refusal("contract-altered"))
  }
  const spaced = JSON.stringify(JSON.parse(content), null, 1)
  await assert.rejects(takeAt(three.ministry, { content: spaced, signatures }), refusal("contract-altered"))
  assert.equal(await stateAt(three.ministry, hash), undefined)
})

test("another contract under the same id is refused, though it is signed", async () => {
  const { commune, ministry } = three
  const hash = await agree(three)
  const { content } = await messageOf(commune, hash)
  const second = canonicalJson({ ...(JSON.parse(content) as Contract), bodies: "keep" })
  const jws = await signedBy(commune, contractHash(second), "accept")
  await assert.rejects(takeAt(ministry, { content: second, signatures: [jws] }), refusal("contract-altered"))
})

test("a third party's signature counts for nothing", async () => {
  const hash = await propose(three.commune)
  const { content, signatures } = await messageOf(three.commune, hash)
  const third = await signedBy(three.hub, hash, "accept")
  await assert.rejects(takeAt(three.ministry, { content, signatures: [third] }), refusal("contract-not-party"))
  await assert.rejects(takeAt(three.ministry, { content, signatures: [...signatures, third] }), refusal("contract-not-party"))
  await takeAt(three.ministry, { content, signatures })
  for (const type of ["accept", "reject", "revoke"])
    await assert.rejects(takeOne(three.ministry, await signedBy(three.hub, hash, type)), refusal("contract-not-party"))
  assert.equal(await stateAt(three.ministry, hash), "proposed")
  await assert.rejects(takeAt(three.hub, { content, signatures }), refusal("contract-not-party"))
  await assert.rejects(propose(three.hub), refusal("contract-not-party"))
})

test("a stranger's key, another's certificate name, an auth certificate: refused", async () => {
  const { commune, ministry } = three
  const hash = await propose(commune)
  await carry(commune, ministry)
  const at = ministry.site.clock()
  const eve = ecSigner(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey)
  const own = commune.standing.sealing(at).thumbprint
  await assert.rejects(
    takeOne(ministry, await signature(eve, "A".repeat(43), hash, "revoke", at)),
    refusal("certificate-refused"),
  )
  await assert.rejects(takeOne(ministry, await signature(eve, own, hash, "revoke", at)), refusal("signature-invalid"))
  const auth = commune.standing.tls(at).thumbprint
  await assert.rejects(takeOne(ministry, await signature(eve, auth, hash, "revoke", at)), refusal("certificate-refused"))
  assert.equal(await stateAt(ministry, hash), "proposed")
})

test("a signature is not moved to another contract, nor played back late, nor made in the future", async () => {
  const { commune, ministry } = three
  const [first, second] = [await propose(commune), await propose(commune)]
  await carry(commune, ministry)
  const { signatures } = await messageOf(commune, first)
  const { content } = await messageOf(commune, second)
  await assert.rejects(takeAt(ministry, { content, signatures }), refusal("contract-altered"))
  const signer = commune.standing.sealing(commune.site.clock())
  const days = (n: number) => new Date(ministry.site.clock().getTime() + n * 86_400_000)
  const dated = (at: Date) => signature(signer, signer.thumbprint, first, "revoke", at)
  await assert.rejects(takeOne(ministry, await dated(days(-8))), refusal("signature-stale"))
  await assert.rejects(takeOne(ministry, await dated(days(1))), refusal("signature-stale"))
  assert.equal(await takeOne(ministry, await dated(days(-1))), "revoked", "a site may have been down for a day")
})

test("single signatures travel too; one under an unknown contract waits for it", async () => {
  const { commune, ministry } = three
  const hash = await propose(commune)
  const { content, signatures } = await messageOf(commune, hash)
  await assert.rejects(takeOne(ministry, signatures[0]!), refusal("contract-unknown"))
  await takeAt(ministry, { content, signatures })
  await ministry.tx(system, (tx) => answerContract(tx, hash, "accept"))
  const answer = (await messageOf(ministry, hash)).signatures.find((jws) => !signatures.includes(jws))!
  assert.equal(await takeOne(commune, answer), "signed")
  assert.equal(await takeOne(commune, answer), "signed", "twice is once")
})

test("who acts for another needs that one's signature too", async () => {
  const { commune, ministry, hub } = three
  const hash = await propose(commune, { delegation: { delegator: "XX/GOV/EX/catalogue" } })
  await carry(commune, ministry)
  await carry(commune, hub)
  assert.equal(await ministry.tx(system, (tx) => answerContract(tx, hash, "accept")), "proposed")
  await carry(ministry, commune)
  await carry(ministry, hub)
  assert.equal(await hub.tx(system, (tx) => answerContract(tx, hash, "accept")), "signed")
  await carry(hub, commune)
  await carry(hub, ministry)
  for (const site of [commune, ministry, hub]) assert.equal(await stateAt(site, hash), "signed")
})

test("terms that can't be are refused with what is wrong", async () => {
  const faulty: [object, string][] = [
    [{ service: "nothing" }, "service"],
    [{ consumer: "XX/GOV/C9/desk", provider: PROVIDER }, "consumer"],
    [{ from: TERMS.until, until: TERMS.from }, "period"],
    [{ endpoints: [] }, "shape"],
    [{ purposes: ["No purpose"] }, "shape"],
    [{ bodies: "some" }, "shape"],
    [{ consumer: CONSUMER, more: 1 }, "shape"],
  ]
  for (const [change, fault] of faulty)
    await assert.rejects(propose(three.ministry, change), (error: { code?: string; params?: { fault?: string } }) => {
      assert.deepEqual([error.code, error.params?.fault], ["contract-invalid", fault])
      return true
    })
  for (const message of [null, {}, { content: "{}", signatures: [] }, { content: 1, signatures: ["x"] }])
    await assert.rejects(takeAt(three.ministry, message), refusal("contract-invalid"))
})

test("contracts are for catalogue administrators", async () => {
  const hash = await agree(three)
  const official = (...roles: string[]): Actor => ({
    kind: "official",
    accountId: "0197a1b2-0000-7000-8000-000000000001",
    subject: "0197a1b2-0000-7000-8000-000000000002",
    name: "Lan",
    agency: "mi",
    positions: [{ id: "post", unit: "office", roles }],
  })
  const revoke = (actor: Actor) => three.ministry.tx(actor, (tx) => revokeContract(tx, hash))
  await assert.rejects(revoke(official("appraiser")), refusal("not-allowed"))
  await assert.rejects(revoke(stranger), refusal("not-allowed"))
  assert.equal(await revoke(official("catalogue-admin")), "revoked")
  await assert.rejects(
    three.ministry.tx(system, (tx) => revokeContract(tx, "unknown")),
    refusal("contract-unknown"),
  )
})

test("the table itself refuses a text that is not of its hash", async () => {
  const text = contractText({ ...TERMS, id: "0197a1b2-0000-7000-8000-000000000009", instance: "XX" })
  const put = (content: string) =>
    three.hub.migrator.run(sql`
      insert into federation.contract values (${contractHash(text)}, '0197a1b2-0000-7000-8000-000000000009', ${content}, now())`)
  await assert.rejects(put(`${text} `), /check constraint/)
  assert.equal(await put(text), 1)
})

test("what a signature says is its contract, its type and its time, nothing else", async () => {
  const hash = await propose(three.commune)
  const { signatures } = await messageOf(three.commune, hash)
  assert.deepEqual(jwsClaims(signatures[0]!), {
    contract: hash,
    type: "accept",
    signedAt: three.commune.site.clock().toISOString(),
  })
})

test("a signature under an ended certificate is refused", async () => {
  const { commune, ministry, hub } = three
  ministry.clock.move(CERTIFICATE_MS)
  hub.clock.move(CERTIFICATE_MS)
  const { jws } = await hub.tx(system, publishDirectory)
  await ministry.tx(system, (tx) => takeDirectory(tx, jws))
  const message = await messageOf(commune, await propose(commune))
  await assert.rejects(takeAt(ministry, message), refusal("certificate-refused"))
})
