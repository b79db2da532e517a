// A site joins by one invitation, and nobody joins by a copied, old, wrong or second one.
import assert from "node:assert/strict"
import { X509Certificate } from "node:crypto"
import { after, before, test } from "node:test"
import {
  acceptJoin,
  completeJoin,
  getDirectory,
  inviteMember,
  openStanding,
  planJoin,
  publishDirectory,
  readCode,
  readMember,
} from "#federation"
import {
  COMMUNE,
  type FederatedSite,
  HUB,
  invite,
  join,
  MINISTRY,
  openSite,
  openThree,
  refusal,
  stranger,
  system,
  type ThreeSites,
} from "../../../test/federation/three-sites.ts"
import { readCertificate } from "./certificates.ts"
import { writeCode } from "./invitation-code.ts"
import { INVITATION_MS } from "./limits.ts"

let three: ThreeSites
const more: FederatedSite[] = []
before(async () => {
  three = await openThree()
})
after(async () => {
  await three.close()
  for (const site of more) await site.close()
})

const another = async (name: string, members = COMMUNE.members!): Promise<FederatedSite> => {
  const site = await openSite({ ...COMMUNE, site: name, name, members })
  more.push(site)
  return site
}
const member = (code: string) => ({ class: "GOV", code, name: `Member ${code}` })
const plan = (site: FederatedSite, code: string) => site.tx(system, (tx) => planJoin(tx, readCode(code)))
const accept = (request: unknown) => three.hub.tx(stranger, (tx) => acceptJoin(tx, request))
const inviteOne = (code: string) => three.hub.tx(system, (tx) => inviteMember(tx, [member(code)]))

test("an invited ministry joins and stands in the next directory with two certificates of the hub's authority", async () => {
  const { hub, ministry } = three
  await join(hub, ministry, (await invite(hub, MINISTRY)).code)
  const { directory, book } = await ministry.tx(system, getDirectory)
  assert.deepEqual(
    directory.sites.map(({ id }) => id),
    ["hub", "ministry"],
  )
  assert.deepEqual(book.site("ministry")?.members, ["XX/GOV/MI"])
  assert.deepEqual(book.addressOf("ministry"), { host: "::1", port: 5501 })
  const anchor = new X509Certificate(Buffer.from(directory.trustAnchors[0]!.certificate, "base64"))
  const { certificate, thumbprint } = ministry.standing.sealing(ministry.site.clock())
  assert.ok(certificate.verify(anchor.publicKey) && certificate.checkIssued(anchor))
  assert.equal(book.peerOf(thumbprint, "sealing", ministry.site.clock())?.site.id, "ministry")
  const tls = ministry.standing.tls(ministry.site.clock())
  assert.match(tls.cert, /BEGIN CERTIFICATE/)
  assert.equal(book.peerOf(tls.thumbprint, "auth", ministry.site.clock())?.site.id, "ministry")
  assert.equal(book.peerOf(tls.thumbprint, "sealing", ministry.site.clock()), undefined)
})

test("joining stands in the books of both sides", async () => {
  const events = async ({ migrator }: FederatedSite) =>
    (await migrator.rows<{ event: string }>({ text: "select event from audit.entry order by seq", values: [] } as never)).map(
      (r) => r.event,
    )
  assert.deepEqual(await events(three.ministry), ["federation-joined"])
  assert.deepEqual(
    (await events(three.hub)).filter((event) => event !== "directory-published"),
    ["member-invited", "site-joined"],
  )
})

test("the same keys with the same invitation get the same certificates again: an answer lost on the way loses nothing", async () => {
  const site = await another("late")
  const { code } = await inviteOne("late")
  const first = await accept((await plan(site, code)).request)
  const again = await plan(site, code)
  const second = await accept(again.request)
  assert.equal(second.sealing.thumbprint, first.sealing.thumbprint)
  await site.tx(system, (tx) => completeJoin(tx, again, second))
})

test("an invitation used once is used up for everybody else", async () => {
  const [site, thief] = [await another("first"), await another("thief")]
  const { code } = await inviteOne("once")
  await join(three.hub, site, code)
  await assert.rejects(
    plan(thief, code).then(({ request }) => accept(request)),
    refusal("invitation-used"),
  )
})

test("of two sites that use one invitation at the same instant one joins", async () => {
  const [left, right] = [await another("left"), await another("right")]
  const { code } = await inviteOne("race")
  const requests = [await plan(left, code), await plan(right, code)]
  const done = await Promise.allSettled(requests.map(({ request }) => accept(request)))
  assert.deepEqual(done.map(({ status }) => status).sort(), ["fulfilled", "rejected"])
})

test("an invitation ends after three days", async () => {
  const site = await another("slow")
  const { code } = await inviteOne("slow")
  const { request } = await plan(site, code)
  three.hub.clock.move(INVITATION_MS)
  await assert.rejects(accept(request), refusal("invitation-expired"))
  three.hub.clock.move(-INVITATION_MS)
})

test("a code with another secret, an unknown id, or torn apart is not known", async () => {
  const site = await another("guess")
  const read = readCode((await inviteOne("guess")).code)
  const wrong = await plan(site, writeCode({ ...read, secret: Buffer.alloc(32, 7) }))
  await assert.rejects(accept(wrong.request), refusal("invitation-invalid"))
  const unknown = await plan(site, writeCode({ ...read, id: "0197a1b2-0000-7000-8000-000000000001" }))
  await assert.rejects(accept(unknown.request), refusal("invitation-invalid"))
  for (const text of ["", "motlan-", "motlan-WyJodHRwOi8vYSJd".padEnd(40, "x"), writeCode(read).slice(0, -9)])
    assert.throws(() => readCode(text), refusal("invitation-invalid"))
})

test("a request changed on its way is refused, whatever part of it", async () => {
  const site = await another("changed")
  const { request } = await plan(site, (await inviteOne("changed")).code)
  const other = await plan(await another("eve"), (await inviteOne("eve")).code)
  const { body, proofs } = request
  const changed = [
    { body: { ...body, site: { ...body.site, line: "10.0.0.1:1" } }, proofs },
    { body: { ...body, sealing: other.request.body.sealing }, proofs },
  ]
  for (const one of changed) await assert.rejects(accept(one), refusal("invitation-invalid"))
  const unproven = { body, proofs: { ...proofs, sealing: other.request.proofs.sealing } }
  await assert.rejects(accept(unproven), refusal("join-refused"))
  for (const one of [null, {}, { body }, { body: { ...body, more: 1 }, proofs }])
    await assert.rejects(accept(one), refusal("join-refused"))
})

test("nobody joins under another site's name or with another site's member", async () => {
  const impostor = await another("ministry")
  const { code } = await inviteOne("new")
  await assert.rejects(
    plan(impostor, code).then(({ request }) => accept(request)),
    refusal("site-taken"),
  )
  const hubLike = await another("hub")
  await assert.rejects(
    plan(hubLike, code).then(({ request }) => accept(request)),
    refusal("site-taken"),
  )
  const greedy = await another("greedy")
  for (const taken of ["MI", "EX"]) {
    const invitation = await inviteOne(taken)
    await assert.rejects(
      plan(greedy, invitation.code).then(({ request }) => accept(request)),
      refusal("member-taken"),
    )
  }
})

test("a site that has joined takes in one more member with a second invitation and the same keys", async () => {
  const { hub, ministry } = three
  const before = ministry.standing.sealing(ministry.site.clock()).publicKey
  await join(hub, ministry, (await inviteOne("MI2")).code)
  const { book } = await ministry.tx(system, getDirectory)
  assert.deepEqual(book.site("ministry")?.members, ["XX/GOV/MI", "XX/GOV/MI2"])
  assert.ok(ministry.standing.sealing(ministry.site.clock()).publicKey.equals(before))
})

test("only the hub invites, and only its technical administrators", async () => {
  await assert.rejects(
    three.ministry.tx(system, (tx) => inviteMember(tx, [member("x")])),
    refusal("not-the-hub"),
  )
  await assert.rejects(
    three.hub.tx(stranger, (tx) => inviteMember(tx, [member("x")])),
    refusal("not-allowed"),
  )
  await assert.rejects(three.ministry.tx(system, publishDirectory), refusal("not-the-hub"))
  const alone = await openSite(HUB)
  more.push(alone)
  assert.deepEqual(readMember("GOV/C9/desk/register", "Nine"), {
    class: "GOV",
    code: "C9",
    name: "Nine",
    subsystems: ["desk", "register"],
  })
  for (const text of ["GOV", "", "GOV/..", "GOV/a b", "GOV/x//"])
    assert.throws(() => readMember(text, "x"), refusal("member-invalid"))
})

test("the answer of a hub that is not the invitation's is refused", async () => {
  const site = await another("lured")
  const { code } = await inviteOne("lured")
  const false_ = await openSite({ ...HUB, name: "False hub" })
  more.push(false_)
  const invited = await false_.tx(system, (tx) => inviteMember(tx, [member("lured")]))
  const bad = await false_.tx(stranger, async (tx) => acceptJoin(tx, (await plan(site, invited.code)).request))
  const good = await plan(site, code)
  await assert.rejects(
    site.tx(system, (tx) => completeJoin(tx, good, bad)),
    refusal("signature-invalid"),
  )
  const mixed = { ...(await accept(good.request)), sealing: bad.sealing }
  await assert.rejects(
    site.tx(system, (tx) => completeJoin(tx, good, mixed)),
    refusal("certificate-refused"),
  )
})

test("certificates are read once and from nothing but DER of P-256", () => {
  assert.equal(readCertificate(Buffer.from("no certificate")), undefined)
  assert.equal(readCertificate(Buffer.alloc(9_000)), undefined)
})

test("a site without a file is alone", async () => {
  const { openWorld } = await import("../../../test/world.ts")
  const world = await openWorld({ country: false })
  await assert.rejects(
    world.tx(system, (tx) => inviteMember(tx, [member("x")])),
    refusal("federation-alone"),
  )
  await openStanding(world.db, world.site, COMMUNE)
  await assert.rejects(world.tx(system, getDirectory), refusal("directory-missing"))
  await world.close()
})
