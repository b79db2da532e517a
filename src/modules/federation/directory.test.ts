// The directory: taken only from the hub's key, only forward, only while it holds; certificates renewed in time; a site says what is its own.
import assert from "node:assert/strict"
import { generateKeyPairSync } from "node:crypto"
import { after, before, test } from "node:test"
import { CompactSign } from "jose"
import { canonicalJson } from "#engines/ledger"
import {
  completeRenewal,
  findDirectory,
  getDirectory,
  isAnnouncementDue,
  isRenewalDue,
  openAccessList,
  openStanding,
  planAnnouncement,
  planRenewal,
  publishDirectory,
  renewCertificates,
  type SiteFile,
  takeAnnouncement,
  takeDirectory,
} from "#federation"
import { sql } from "#platform/db"
import {
  announce,
  COMMUNE,
  CONSUMER,
  type FederatedSite,
  MINISTRY,
  openJoined,
  refusal,
  SERVICE,
  stranger,
  system,
  type ThreeSites,
} from "../../../test/federation/three-sites.ts"
import { directorySigner } from "./authority.ts"
import type { Directory } from "./directory.ts"
import { jwsClaims, signJws } from "./jws.ts"
import {
  CERTIFICATE_MS,
  DIRECTORIES_KEPT,
  DIRECTORY_LIFE_MS,
  DIRECTORY_REISSUE_MS,
  RENEW_BEFORE_MS,
  SETTLE_MS,
} from "./limits.ts"
import { ecSigner } from "./signer.ts"

let three: ThreeSites
before(async () => {
  three = await openJoined()
})
after(() => three.close())

const publish = () => three.hub.tx(system, publishDirectory)
const take = (jws: string, site: FederatedSite = three.commune) => site.tx(system, (tx) => takeDirectory(tx, jws))

/** A directory that the hub itself would sign, changed before. */
async function forged(change: (directory: Directory) => object): Promise<string> {
  const { jws } = await publish()
  const signer = directorySigner(three.hub.site)
  const payload = change(jwsClaims(jws) as Directory)
  return signJws(signer, "motlan-directory", payload, { jwk: { ...signer.publicKey.export({ format: "jwk" }) } })
}

test("the directory says who hosts what, who offers what and where, and every site reads the same", async () => {
  const { book, directory } = await three.commune.tx(system, getDirectory)
  assert.equal(book.siteOf(CONSUMER)?.id, "commune")
  assert.equal(book.siteOf(SERVICE)?.id, "ministry")
  assert.equal(book.siteOf("XX/GOV/C1")?.id, "commune")
  assert.equal(book.siteOf("XX/GOV/C1/other"), undefined)
  assert.equal(book.service(SERVICE)?.type, "REST")
  assert.deepEqual(directory.groups, [{ code: "communes", name: "Communes", members: [CONSUMER] }])
  assert.match(directory.sites[0]!.checkpointKey, /^motlan\/XX\/hub\+[0-9a-f]{8}\+/)
  assert.deepEqual((await three.ministry.tx(system, getDirectory)).directory, directory)
})

test("publishing again changes nothing for an hour, then the same is issued anew and holds longer", async () => {
  const [first, second] = [await publish(), await publish()]
  assert.equal(second.version, first.version)
  three.move(DIRECTORY_REISSUE_MS)
  const third = await publish()
  assert.equal(third.version, first.version + 1)
  assert.equal(await take(third.jws), third.version)
  assert.equal(await take(third.jws), third.version, "taking it again changes nothing")
})

test("an older directory is refused, and another one of the same version", async () => {
  const old = await publish()
  three.move(DIRECTORY_REISSUE_MS)
  const fresh = await publish()
  await take(fresh.jws)
  await assert.rejects(take(old.jws), refusal("directory-rolled-back"))
  await assert.rejects(take(await forged((d) => ({ ...d, groups: [] }))), refusal("directory-rolled-back"))
})

test("a directory of another key, of no key, changed by one character or spelt otherwise is refused", async () => {
  const { jws } = await publish()
  const directory = { ...(jwsClaims(jws) as Directory), version: 900 }
  const own = ecSigner(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey)
  const jwk = { ...own.publicKey.export({ format: "jwk" }) }
  await assert.rejects(take(await signJws(own, "motlan-directory", directory, { jwk })), refusal("signature-invalid"))
  await assert.rejects(take(await signJws(own, "motlan-directory", directory, {})), refusal("signature-invalid"))
  const hubs = { ...directorySigner(three.hub.site).publicKey.export({ format: "jwk" }) }
  await assert.rejects(take(await signJws(own, "motlan-directory", directory, { jwk: hubs })), refusal("signature-invalid"))
  const [head, body, signature] = jws.split(".") as [string, string, string]
  const at = Math.floor(body.length / 2)
  const bent = `${body.slice(0, at)}${body[at] === "A" ? "B" : "A"}${body.slice(at + 1)}`
  await assert.rejects(take(`${head}.${bent}.${signature}`), refusal("signature-invalid"))
  const key = three.hub.site.keys.ecKey("federation.directory")
  const spelt = new CompactSign(Buffer.from(JSON.stringify(directory, null, 1)))
  const loose = await spelt.setProtectedHeader({ alg: "ES256", typ: "motlan-directory", jwk: hubs }).sign(key)
  await assert.rejects(take(loose), refusal("signature-invalid"))
  const none = [{ alg: "none", typ: "motlan-directory" }, directory].map((x) =>
    Buffer.from(canonicalJson(x)).toString("base64url"),
  )
  for (const text of [`${none.join(".")}.`, `${none.join(".")}.${"A".repeat(86)}`, "", "a.b.c"])
    await assert.rejects(take(text), refusal("signature-invalid"))
})

test("the hub's own signature does not excuse a directory of another instance, of wrong times or of another shape", async () => {
  const next = (change: object) => forged((d) => ({ ...d, version: 901, ...change }))
  await assert.rejects(take(await next({ instance: "YY" })), refusal("directory-invalid"))
  await assert.rejects(take(await next({ issuedAt: "2027-01-01T00:00:00.000Z" })), refusal("directory-invalid"))
  await assert.rejects(take(await next({ expiresAt: "2036-01-01T00:00:00.000Z" })), refusal("directory-invalid"))
  await assert.rejects(take(await next({ more: 1 })), refusal("directory-invalid"))
  const issuedAt = "2026-03-01T00:00:00.000Z"
  await assert.rejects(take(await next({ issuedAt, expiresAt: "2026-03-02T00:00:00.000Z" })), refusal("directory-expired"))
})

test("without the hub a site lives on what it has until that expires, also after a restart", async () => {
  await three.spread()
  const access = await openAccessList(three.commune.db)
  assert.equal(access.directory?.hub.site, "hub")
  three.move(DIRECTORY_LIFE_MS + 10) // the clocks are milliseconds apart
  await assert.rejects(three.commune.tx(system, getDirectory), refusal("directory-expired"))
  const call = { consumer: CONSUMER, service: SERVICE, method: "GET", path: "/people/1", at: three.commune.site.clock() }
  assert.deepEqual(access.mayCall(call), { refusal: "directory-expired" })
  await three.spread()
  await access.refresh()
  assert.deepEqual(access.mayCall(call), { refusal: "contract-missing" })
  access.close()
})

test("only the newest directories are kept", async () => {
  for (let i = 0; i < DIRECTORIES_KEPT + 3; i++) {
    three.move(DIRECTORY_REISSUE_MS)
    await publish()
  }
  const kept = await three.hub.migrator.rows<{ version: number }>(
    sql`select version from federation.directory order by version desc`,
  )
  assert.equal(kept.length, DIRECTORIES_KEPT)
  assert.equal(kept[0]?.version, (await publish()).version)
  await three.spread()
})

test("a site says anew what it offers, and nothing of others", async () => {
  const { hub, ministry } = three
  const change = async (file: SiteFile) => {
    await openStanding(ministry.db, ministry.site, file)
    return announce(hub, ministry)
  }
  assert.equal(await ministry.tx(system, isAnnouncementDue), false)
  const services = [...MINISTRY.services!, { ...MINISTRY.services![0]!, code: "household", type: "OPENAPI" as const }]
  await openStanding(ministry.db, ministry.site, { ...MINISTRY, services })
  assert.equal(await ministry.tx(system, isAnnouncementDue), true)
  await announce(hub, ministry)
  await three.spread()
  assert.equal(await ministry.tx(system, isAnnouncementDue), false)
  const household = (await three.commune.tx(system, getDirectory)).book.service("XX/GOV/MI/population/household")
  assert.equal(household?.type, "OPENAPI")
  const foreign = { ...MINISTRY, members: [...MINISTRY.members!, COMMUNE.members![0]!] }
  await assert.rejects(change(foreign), refusal("announcement-refused"))
  const homeless = { ...MINISTRY, services: [{ ...MINISTRY.services![0]!, subsystem: "GOV/C1/desk" }] }
  await assert.rejects(change(homeless), refusal("announcement-refused"))
  await openStanding(ministry.db, ministry.site, MINISTRY)
})

test("what a site has said is not taken a second time, nor late, nor of another site", async () => {
  const { hub, ministry, commune } = three
  three.move(1)
  const jws = await ministry.tx(system, planAnnouncement)
  await hub.tx(stranger, (tx) => takeAnnouncement(tx, jws))
  await assert.rejects(
    hub.tx(stranger, (tx) => takeAnnouncement(tx, jws)),
    refusal("signature-stale"),
  )
  three.move(1)
  const late = await ministry.tx(system, planAnnouncement)
  three.move(6 * 60_000)
  await assert.rejects(
    hub.tx(stranger, (tx) => takeAnnouncement(tx, late)),
    refusal("signature-stale"),
  )
  await openStanding(commune.db, commune.site, { ...COMMUNE, site: "ministry" })
  const posing = await commune.tx(system, planAnnouncement)
  await openStanding(commune.db, commune.site, COMMUNE)
  await assert.rejects(
    hub.tx(stranger, (tx) => takeAnnouncement(tx, posing)),
    refusal("certificate-refused"),
  )
})

test("certificates are renewed before they end, with new keys; both hold until everybody has heard", async () => {
  const { hub, ministry, commune } = three
  assert.equal(await ministry.tx(system, async (tx) => isRenewalDue(tx)), false)
  three.move(CERTIFICATE_MS - RENEW_BEFORE_MS)
  await three.spread()
  assert.equal(await ministry.tx(system, async (tx) => isRenewalDue(tx)), true)
  const old = ministry.standing.sealing(ministry.site.clock())
  const plan = await ministry.tx(system, (tx) => planRenewal(tx))
  const answer = await hub.tx(stranger, (tx) => renewCertificates(tx, plan.request))
  const again = await hub.tx(stranger, (tx) => renewCertificates(tx, plan.request))
  assert.equal(again.sealing.thumbprint, answer.sealing.thumbprint)
  await ministry.tx(system, (tx) => completeRenewal(tx, plan, answer))
  assert.equal(ministry.standing.sealing(ministry.site.clock()).thumbprint, old.thumbprint, "not before others know")
  await three.spread()
  const { book } = await commune.tx(system, getDirectory)
  assert.equal(book.certificatesOf("ministry", "sealing", commune.site.clock()).length, 2)
  three.move(SETTLE_MS)
  const fresh = ministry.standing.sealing(ministry.site.clock())
  assert.equal(fresh.thumbprint, answer.sealing.thumbprint)
  assert.ok(!fresh.publicKey.equals(old.publicKey))
  assert.equal(book.keyOf(old.thumbprint, "sealing", commune.site.clock())?.equals(old.publicKey), true)
  three.move(RENEW_BEFORE_MS)
  assert.equal(book.peerOf(old.thumbprint, "sealing", commune.site.clock()), undefined, "ended")
  assert.equal(book.peerOf(fresh.thumbprint, "sealing", commune.site.clock())?.site.id, "ministry")
})

test("the hub renews its own, and a certificate that has ended asks for nothing any more", async () => {
  const { hub, commune } = three
  const own = hub.standing.sealing(hub.site.clock())
  assert.ok(new Date(own.certificate.validTo) > hub.site.clock())
  await publish()
  // The commune slept for more than ninety days.
  await assert.rejects(
    commune.tx(system, (tx) => planRenewal(tx)),
    refusal("certificate-missing"),
  )
})

test("a directory that is rolled back with its deed leaves nothing behind in memory", async () => {
  const { hub } = three
  three.move(DIRECTORY_REISSUE_MS)
  const before = (await hub.tx(system, findDirectory))?.directory.version
  const failed = hub.tx(system, async (tx) => {
    await publishDirectory(tx)
    await findDirectory(tx)
    throw new Error("half way")
  })
  await assert.rejects(failed, /half way/)
  assert.equal((await hub.tx(system, findDirectory))?.directory.version, before)
  const { version } = await publish()
  const { directory } = (await hub.tx(system, findDirectory))!
  assert.deepEqual([directory.version, directory.issuedAt], [version, hub.site.clock().toISOString()])
})
