// What only the hub does: it takes sites, members and subsystems off the directory, and changes the key that signs it.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { listBook } from "#audit"
import {
  announceDirectoryKey,
  changeDirectoryKey,
  endContracts,
  findDirectory,
  getDirectory,
  isAnnouncementDue,
  knownContracts,
  openAccessList,
  planAnnouncement,
  planRenewal,
  publishDirectory,
  readCode,
  removeMember,
  renewCertificates,
  takeAnnouncement,
  takeDirectory,
} from "#federation"
import {
  agree,
  announce,
  CONSUMER,
  invite,
  join,
  openJoined,
  PROVIDER,
  refusal,
  SERVICE,
  stranger,
  system,
  type ThreeSites,
} from "../../../test/federation/three-sites.ts"
import { directorySigner } from "./authority.ts"
import { signJws } from "./jws.ts"
import { DIRECTORY_KEY_SETTLE_MS } from "./limits.ts"
import { keyThumbprint } from "./signer.ts"

let three: ThreeSites
before(async () => {
  three = await openJoined()
  await agree(three)
})
after(() => three.close())

const remove = (name: string) => three.hub.tx(system, (tx) => removeMember(tx, name))
const events = async (event: "member-removed" | "directory-key-changed") =>
  (await three.hub.tx(system, (tx) => listBook(tx, { agency: "site", event }))).map(({ details }) => details)

/** What the ministry says to a call of the commune. */
async function answer(): Promise<string | undefined> {
  const { ministry } = three
  const access = await openAccessList(ministry.db)
  try {
    const at = ministry.site.clock()
    const call = { peer: "commune", consumer: CONSUMER, service: SERVICE, method: "GET", path: "/people/1", at }
    return access.mayCall(call).refusal
  } finally {
    access.close()
  }
}

/** Invited and joined again; what it says of itself must be newer than its joining, by its own clock. */
async function comeBack(id: "commune" | "ministry"): Promise<void> {
  const [hub, site] = [three.hub, three[id]]
  await join(hub, site, (await invite(hub, site.file)).code)
  site.clock.move(10)
  await announce(hub, site)
  await three.spread()
}

test("a removed subsystem asks nothing more, and its site is told when it names it again", async () => {
  assert.equal(await answer(), undefined)
  await remove("GOV/C1/desk")
  await three.spread()
  assert.equal(await answer(), "consumer-unknown")
  const { hub, commune } = three
  assert.equal(await commune.tx(system, isAnnouncementDue), true)
  three.move(1)
  const jws = await commune.tx(system, planAnnouncement)
  await assert.rejects(
    hub.tx(stranger, (tx) => takeAnnouncement(tx, jws)),
    refusal("announcement-refused"),
  )
  assert.deepEqual(await events("member-removed"), [{ site: "commune", member: CONSUMER }])
})

test("an invitation brings it back", async () => {
  await comeBack("commune")
  assert.equal(await answer(), undefined)
})

test("a removed member takes its services with it, and the others stay", async () => {
  await remove("GOV/MI")
  await three.spread()
  assert.equal(await answer(), "service-unknown")
  const { directory } = await three.commune.tx(system, getDirectory)
  assert.deepEqual(
    [directory.services, directory.members.map(({ code }) => code), directory.sites.map(({ id }) => id)],
    [[], ["EX", "C1"], ["hub", "commune", "ministry"]],
  )
  assert.ok(!directory.subsystems.some(({ id }) => id === PROVIDER))
  await comeBack("ministry")
  assert.equal(await answer(), undefined)
})

test("a removed site is believed nothing more, its certificates are listed no more", async () => {
  const { hub, commune, ministry } = three
  const plan = await commune.tx(system, planRenewal)
  await remove("commune")
  await three.spread()
  await assert.rejects(
    hub.tx(stranger, (tx) => renewCertificates(tx, plan.request)),
    refusal("certificate-refused"),
  )
  const { directory } = await ministry.tx(system, getDirectory)
  assert.deepEqual(
    directory.sites.map(({ id }) => id),
    ["hub", "ministry"],
  )
  assert.equal(await answer(), "consumer-unknown")
  await comeBack("commune")
  assert.equal(await answer(), undefined)
})

test("what was agreed with a member that is taken off is ended by the other party, and stays ended when it comes back", async () => {
  const { ministry } = three
  const state = async () => (await ministry.tx(system, knownContracts)).map((one) => one.state)
  assert.deepEqual(await ministry.tx(system, endContracts), [])
  const before = await state()
  assert.ok(before.includes("signed"))
  await remove("GOV/C1")
  await three.spread()
  assert.equal((await ministry.tx(system, endContracts)).length, before.filter((one) => one === "signed").length)
  assert.deepEqual(await ministry.tx(system, endContracts), [])
  await comeBack("commune")
  assert.equal(await answer(), "contract-revoked")
})

test("what is not there can't be removed, nor what the hub hosts itself; another site removes nothing", async () => {
  for (const name of ["GOV/EX", "GOV/C1/archive", "nowhere", "GOV/C1/desk/x", "", "hub"])
    await assert.rejects(remove(name), refusal("member-unknown"))
  await assert.rejects(
    three.ministry.tx(system, (tx) => removeMember(tx, "commune")),
    refusal("not-the-hub"),
  )
  await assert.rejects(
    three.hub.tx(stranger, (tx) => removeMember(tx, "commune")),
    refusal("not-allowed"),
  )
})

const keysAt = async (site: ThreeSites["commune"]) => (await site.tx(system, getDirectory)).directory.hub.keys
const take = (jws: string) => three.commune.tx(system, (tx) => takeDirectory(tx, jws))

test("the key of the directory is changed: announced under the old one, taken over a week later", async () => {
  const { hub, commune } = three
  const [first] = await keysAt(commune)
  await assert.rejects(hub.tx(system, changeDirectoryKey), refusal("directory-key-not-announced"))
  await hub.tx(system, announceDirectoryKey)
  await hub.tx(system, announceDirectoryKey)
  await three.spread()
  const announced = await keysAt(commune)
  assert.equal(announced[0], first)
  assert.equal(announced.length, 2)
  await assert.rejects(hub.tx(system, changeDirectoryKey), refusal("directory-key-too-new"))
  three.move(DIRECTORY_KEY_SETTLE_MS)
  const old = (await hub.tx(system, publishDirectory)).jws
  await hub.tx(system, changeDirectoryKey)
  await three.spread()
  assert.deepEqual(await keysAt(commune), [announced[1]])
  assert.deepEqual(await events("directory-key-changed"), [{ key: announced[1] }])
  await assert.rejects(take(old), refusal("signature-invalid"), "one under the old key is believed no more")
})

test("a site that joins later knows the new key from its invitation", async () => {
  const { hub, commune } = three
  const { code } = await invite(hub, commune.file)
  assert.equal(readCode(code).key, keyThumbprint(directorySigner(hub.site, 2).publicKey))
  await join(hub, commune, code)
})

/** The last directory, a version on, signed by one of the hub's keys or somebody else's. */
async function signedBy(nth: number, at: "hub" | "ministry" = "hub"): Promise<string> {
  const last = (await three.hub.tx(system, findDirectory))!.directory
  const signer = directorySigner(three[at].site, nth)
  const jwk = { ...signer.publicKey.export({ format: "jwk" }) }
  return signJws(signer, "motlan-directory", { ...last, version: last.version + 100 }, { jwk })
}

test("a directory under the key before, under the one after, or under a stranger's is refused", async () => {
  for (const forged of [await signedBy(1), await signedBy(3), await signedBy(1, "ministry")])
    await assert.rejects(take(forged), refusal("signature-invalid"))
  await take(await signedBy(2))
})
