// Sites whose sealing keys lie in a token (SoftHSM): made there by joining and by renewal, sealing evidence, and missed when the token is gone.
import assert from "node:assert/strict"
import { generateKeyPairSync, X509Certificate } from "node:crypto"
import { after, before, test } from "node:test"
import { parseNoteKey } from "#engines/ledger"
import { openSealer, verifyLog } from "#evidence"
import { findStanding, isRenewalDue, keepUp, knownKeys, openStanding } from "#federation"
import type { Problem } from "#platform/problem"
import {
  agree,
  announce,
  type FederatedSite,
  HUB,
  invite,
  join,
  MINISTRY,
  openThree,
  refusal,
  system,
  type ThreeSites,
} from "../../../test/federation/three-sites.ts"
import { makeSoftToken, PIN, type SoftToken, withoutSoftHsm } from "../../../test/pkcs11/soft-token.ts"
import { completeRenewal, planRenewal, renewCertificates } from "./renew-certificates.ts"
import { ecSigner } from "./signer.ts"
import { newestCertificates } from "./standing.ts"

const skip = withoutSoftHsm
let three: ThreeSites
let soft: SoftToken
before(async () => {
  if (skip) return
  soft = makeSoftToken()
  three = await openThree()
})
after(async () => {
  await three?.close()
  soft?.close()
})

test("a token of 200 signatures a second is enough for thousands of records", { skip }, async () => {
  const { db, site } = three.commune
  const [pair, note] = [generateKeyPairSync("ec", { namedCurve: "P-256" }), generateKeyPairSync("ed25519")]
  let signatures = 0
  const sign = async (data: Buffer) => {
    signatures++
    await new Promise((resolve) => setTimeout(resolve, 5))
    return ecSigner(pair.privateKey).sign(data)
  }
  const sealer = await openSealer({
    db,
    site,
    book: "slow",
    key: { id: "slow", sign },
    note: { name: "slow", private: note.privateKey },
  })
  const records = Array.from({ length: 2_000 }, (_, i) => ({ kind: "sent", message: `m${i}`, text: `record ${i}` }) as const)
  await Promise.all(records.map((record) => sealer.seal(record).stored))
  await sealer.close()
  assert.ok(signatures < 60, `${signatures} signatures`)
})

const seal = () => ({ pkcs11: { module: soft.module, token: soft.token, pin: { file: "pin" } } })
const keyOf = ({ site }: FederatedSite) => newestCertificates(site).sealing!.keyName

test("a site that joins makes the key of its seal in the token, and that of its connections in a file", { skip }, async () => {
  const { hub, ministry, commune } = three
  await openStanding(ministry.db, ministry.site, { ...MINISTRY, seal: seal() }, soft.dir)
  await join(hub, ministry, (await invite(hub, MINISTRY)).code)
  await join(hub, commune, (await invite(hub, commune.file)).code)
  assert.match(keyOf(ministry), /^pkcs11:motlan\.ministry\./)
  assert.match(newestCertificates(ministry.site).auth!.keyName, /^federation\.auth\./)
  for (const site of [ministry, commune]) await announce(hub, site)
  await three.spread()
  assert.match(await agree(three), /^[\w-]{43}$/)
})

test("evidence is sealed by the token, batch by batch, and the log verifies", { skip }, async () => {
  const { ministry } = three
  const { db, site } = ministry
  const standing = findStanding(site)!
  const { thumbprint, sign } = standing.sealing(site.clock())
  let signatures = 0
  const key = {
    id: thumbprint,
    sign: (data: Buffer) => {
      signatures++
      return sign(data)
    },
  }
  const note = { name: standing.checkpointName, private: standing.checkpointPrivate }
  const sealer = await openSealer({ db, site, book: "ministry", key, note })
  const records = Array.from({ length: 500 }, (_, i) => ({ kind: "sent", message: `m${i}`, text: `record ${i}` }) as const)
  await Promise.all(records.map((record) => sealer.seal(record).stored))
  await sealer.close()
  assert.ok(signatures < 100, `${signatures} signatures for 500 records`)
  const known = await ministry.tx(system, knownKeys)
  const log = { db, site, book: "ministry", noteKey: parseNoteKey(known.noteKey)! }
  const keyOf = (id: string) => new X509Certificate(known.certificateOf(id)!).publicKey
  const { broken, records: read } = await verifyLog({ ...log, keyOf })
  assert.deepEqual([broken, read], [[], 500])
})

test("renewal makes a new key in the token", { skip }, async () => {
  const { hub, ministry } = three
  const before = keyOf(ministry)
  const plan = await ministry.tx(system, (tx) => planRenewal(tx))
  const answer = await hub.tx(system, (tx) => renewCertificates(tx, plan.request))
  await ministry.tx(system, (tx) => completeRenewal(tx, plan, answer))
  assert.match(keyOf(ministry), /^pkcs11:/)
  assert.notEqual(keyOf(ministry), before)
  assert.equal(await ministry.tx(system, async (tx) => isRenewalDue(tx)), false)
})

test("a site that takes up a token later is due for renewal at once, and signs that with the key of its file", {
  skip,
}, async () => {
  const { hub, commune } = three
  await openStanding(commune.db, commune.site, { ...commune.file, seal: seal() }, soft.dir)
  assert.equal(await commune.tx(system, async (tx) => isRenewalDue(tx)), true)
  const plan = await commune.tx(system, (tx) => planRenewal(tx))
  const answer = await hub.tx(system, (tx) => renewCertificates(tx, plan.request))
  await commune.tx(system, (tx) => completeRenewal(tx, plan, answer))
  assert.match(keyOf(commune), /^pkcs11:motlan\.commune\./)
})

test("a hub with a token certifies its key there at its first start", { skip }, async () => {
  const { hub } = three
  await openStanding(hub.db, hub.site, { ...HUB, seal: seal() }, soft.dir)
  await keepUp(hub.db, hub.site)
  assert.match(keyOf(hub), /^pkcs11:motlan\.hub\./)
})

test("neither PIN nor key stands in a message, and a token that is gone is said so", { skip }, async () => {
  const { commune } = three
  commune.clock.move(6 * 60_000)
  const { sign } = await openStanding(commune.db, commune.site, { ...commune.file, seal: seal() }, soft.dir).then((standing) =>
    standing.sealing(commune.site.clock()),
  )
  assert.equal((await sign(Buffer.from("x"))).length, 64)
  soft.pullOut()
  await assert.rejects(
    async () => sign(Buffer.from("x")),
    (fault: Problem) => {
      assert.ok(refusal("token-away")(fault))
      assert.ok(!JSON.stringify(fault.params).includes(PIN))
      return true
    },
  )
})
