// Certificates of an authority outside: taken when they lead to an anchor that the hub's file names, and for nobody who lacks the key.
import assert from "node:assert/strict"
import { generateKeyPairSync, X509Certificate } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join as joinPath } from "node:path"
import { after, before, test } from "node:test"
import { acceptJoin, completeJoin, getDirectory, type OfferedKeys, openStanding, planJoin, readCode } from "#federation"
import {
  COMMUNE,
  type FederatedSite,
  HUB,
  invite,
  openSite,
  refusal,
  stranger,
  system,
} from "../../../test/federation/three-sites.ts"
import { type CertificateKind, makeCertificate } from "./certificates.ts"
import { ecSigner, type Signer } from "./signer.ts"

const dir = mkdtempSync(joinPath(tmpdir(), "motlan-anchors-"))
const root = ecSigner(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey)
const from = new Date("2026-03-01T00:00:00Z")
let anchor: X509Certificate
let hub: FederatedSite
let commune: FederatedSite

const make = async (kind: CertificateKind, subject: Signer, issuer?: X509Certificate, until = new Date("2028-03-01T00:00:00Z")) =>
  new X509Certificate(
    await makeCertificate({
      ...{ kind, name: kind, organisation: "State certification", issuer, issuerSigner: root },
      ...{ publicKey: subject.publicKey, from, until },
    }),
  )

before(async () => {
  anchor = await make("authority", root)
  writeFileSync(joinPath(dir, "state.pem"), anchor.toString())
  hub = await openSite(HUB)
  commune = await openSite(COMMUNE)
  await openStanding(hub.db, hub.site, { ...HUB, trustAnchors: ["state.pem"] }, dir)
})
after(async () => {
  rmSync(dir, { recursive: true, force: true })
  await hub.close()
  await commune.close()
})

/** Keys of the commune, certified outside by `issuer`. */
async function certifiedKeys(issuer: X509Certificate, until?: Date): Promise<OfferedKeys> {
  const offered = async (kind: "auth" | "sealing") => {
    const keyName = `outside.${kind}`
    const signer = ecSigner(commune.site.keys.ecKey(keyName))
    return { keyName, certificates: [(await make(kind, signer, issuer, until)).raw] }
  }
  return { auth: await offered("auth"), sealing: await offered("sealing") }
}

async function tryJoin(keys: OfferedKeys): Promise<void> {
  const { code } = await invite(hub, COMMUNE)
  const plan = await commune.tx(system, (tx) => planJoin(tx, readCode(code), keys))
  const answer = await hub.tx(stranger, (tx) => acceptJoin(tx, plan.request))
  await commune.tx(system, (tx) => completeJoin(tx, plan, answer))
}

test("a certificate of an authority that nobody named is refused", async () => {
  const impostor = await make("authority", root, undefined, new Date("2027-01-01T00:00:00Z"))
  const other = ecSigner(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey)
  const keys = await certifiedKeys(impostor)
  const forged = await makeCertificate({
    ...{ kind: "sealing", name: "x", organisation: "x", issuer: anchor, issuerSigner: other, from },
    ...{ publicKey: ecSigner(commune.site.keys.ecKey("outside.sealing")).publicKey, until: new Date("2028-01-01T00:00:00Z") },
  })
  await assert.rejects(
    tryJoin({ ...keys, sealing: { keyName: "outside.sealing", certificates: [forged] } }),
    refusal("join-refused"),
  )
})

test("a certificate that has ended, or that certifies authorities, is refused", async () => {
  await assert.rejects(tryJoin(await certifiedKeys(anchor, new Date("2026-03-02T00:00:00Z"))), refusal("join-refused"))
  const keys = await certifiedKeys(anchor)
  await assert.rejects(
    tryJoin({ ...keys, sealing: { keyName: "outside.sealing", certificates: [anchor.raw] } }),
    refusal("join-refused"),
  )
})

test("somebody else's certificate is of no use without its key", async () => {
  const keys = await certifiedKeys(anchor)
  await assert.rejects(tryJoin({ ...keys, sealing: { ...keys.sealing, keyName: "another.key" } }), refusal("join-refused"))
})

test("a site joins with certificates of the named authority, and the directory names it as an anchor", async () => {
  const keys = await certifiedKeys(anchor)
  await tryJoin(keys)
  const { directory, book } = await commune.tx(system, getDirectory)
  assert.deepEqual(
    directory.trustAnchors.slice(1).map(({ certificate }) => certificate),
    [anchor.raw.toString("base64")],
  )
  const at = commune.site.clock()
  const own = commune.standing.sealing(at)
  assert.ok(own.certificate.raw.equals(keys.sealing.certificates![0]!))
  assert.equal(book.peerOf(own.thumbprint, "sealing", at)?.site.id, "commune")
})
