// Consent of the person between two sites: given at the ward, carried, proven by the ministry, used up, expired, taken back, forged.
import assert from "node:assert/strict"
import { randomUUID } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { after, before, test } from "node:test"
import { getDraft, listConsentsLacking, openDraft, refreshDraft } from "#cases"
import {
  carryConsents,
  consentEndpoints,
  consentGate,
  getMyConsent,
  giveConsent,
  listMyConsents,
  offerOf,
  pseudonymOf,
  revokeConsent,
} from "#consents"
import { type ExchangeAnswer, type ExchangeRequest, listLookups, request } from "#exchange"
import { answerContract, type ContractTerms, proposeContract, revokeContract, signDocument } from "#federation"
import { federationRoads, openLine } from "#line"
import { type Actor, sql } from "#platform/db"
import { type LinkedSite, type LinkedSites, openLinked } from "./linked-sites.ts"
import { carry, stranger, system } from "./three-sites.ts"

const DAY_MS = 86_400_000
const PURPOSE = "household-business"
const HOUSEHOLDS = "households"
const FIELDS = ["number", "fullName", "residence"]
const ENDPOINTS = ["/requests", "/duplicates"].map((path) => ({ method: "POST", path }) as const)

const underConsent: Pick<
  ContractTerms,
  "legalGround" | "subjectKinds" | "bodies" | "consentNeeded" | "provider" | "consumer" | "purposes"
> = {
  ...{ legalGround: { ref: "91/2025/QH15", article: "4" }, subjectKinds: ["person"], bodies: "digest", consentNeeded: true },
  ...{ provider: "XX/GOV/G01/registers", consumer: "XX/GOV/H26.901/desk", purposes: [PURPOSE] },
}

let sites: LinkedSites
let lan: Extract<Actor, { kind: "person" }>
let service: Server
/** The ministry's pages, when they answer. */
let hall: Server
let isHallOpen = true
let seen: Record<string, unknown> | undefined
let contract: string
before(async () => {
  service = createServer((asked, answer) => {
    seen = asked.headers
    answer.setHeader("Content-Type", "application/json").end('{"members":3}')
  }).listen(0, "127.0.0.1")
  await new Promise((resolve) => service.once("listening", resolve))
  hall = createServer(takeConsents).listen(0, "127.0.0.1")
  await new Promise((resolve) => hall.once("listening", resolve))
  const { port } = service.address() as AddressInfo
  const data = [{ register: HOUSEHOLDS, fields: ["members"] }]
  const terms = { data, days: 30, keptDays: 5, uses: { max: 2, perDays: 1 } }
  sites = await openLinked({
    face: `http://127.0.0.1:${(hall.address() as AddressInfo).port}`,
    services: [
      {
        ...{ subsystem: "GOV/G01/registers", code: HOUSEHOLDS, name: "Households", type: "REST" },
        ...{ url: `http://127.0.0.1:${port}`, endpoints: [{ method: "GET", path: "/**" }] },
      },
    ],
    contracts: [{ ...underConsent, service: HOUSEHOLDS, endpoints: [{ method: "GET", path: "/**" }], consent: terms }],
  })
  lan = await sites.person("lan")
  // The contract that needs no consent goes; the one that does stays.
  await sites.ministry.tx(system, (tx) => revokeContract(tx, sites.contracts.get("public-security")!))
  await carry(sites.ministry, sites.ward)
  contract = await agree({})
})
after(async () => {
  await sites?.close()
  service?.close()
  hall?.close()
})

/** What the web of the ministry does with what other sites post. */
async function takeConsents(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  if (!isHallOpen) return void answer.writeHead(503).end("{}")
  const chunks: Buffer[] = []
  for await (const chunk of asked) chunks.push(chunk as Buffer)
  const { path, deed } = consentEndpoints[0]
  assert.deepEqual([asked.method, asked.url], ["POST", path])
  const told = await sites.ministry.tx(stranger, (tx) => deed(tx, { body: JSON.parse(Buffer.concat(chunks).toString()) }))
  answer.setHeader("Content-Type", "application/json").end(JSON.stringify(told))
}

async function agree(more: Partial<ContractTerms>): Promise<string> {
  const { ward, ministry } = sites
  const at = (days: number) => new Date(ward.site.clock().getTime() + days * DAY_MS).toISOString()
  const data = [{ register: "population/person", fields: FIELDS }]
  const consent = { data, days: 30, keptDays: 90, uses: { max: 3, perDays: 7 } }
  const terms = { ...underConsent, service: "registers", endpoints: [...ENDPOINTS], from: at(-1), until: at(300), consent }
  const hash = await ward.tx(system, (tx) => proposeContract(tx, { ...terms, ...more }))
  await carry(ward, ministry)
  await ministry.tx(system, (tx) => answerContract(tx, hash, "accept"))
  await carry(ministry, ward)
  for (const { access } of [ward, ministry]) await access.refresh()
  return hash
}

const ask = (asked: Partial<ExchangeRequest> = {}, who: Actor = system) =>
  sites.ward.tx(who, (tx) =>
    request(tx, {
      ...{ service: "population/person.read", requester: "ba-dinh", number: sites.numberOf("lan") },
      ...{ purpose: PURPOSE, today: sites.today, ...asked },
    }),
  )

const outcome = (answer: ExchangeAnswer) => (answer.outcome === "refused" ? answer.refusal : answer.outcome)
/** The clocks stand still between deeds: the newest is to be the newest. */
const give = (hash = contract) => {
  sites.move(1)
  return sites.ward.tx(lan, (tx) => giveConsent(tx, hash))
}

interface Kept {
  readonly artefact: string
  readonly salt: string
  readonly revocation: string | null
}

const keptAt = async ({ migrator }: LinkedSite, id: string): Promise<Kept> =>
  (
    await migrator.rows<Kept>(sql`
      select artefact, salt, revocation from consents.consent c left join consents.revocation r on r.consent = c.id where c.id = ${id}`)
  )[0]!

/** The consents of which the ministry has still to hear. */
const untold = () => sites.ward.migrator.rows<{ site: string; consent: string }>(sql`select site, consent from consents.errand`)

/** A request as another program at the ward would send it, past all that the ward checks. */
async function forged(consent: object | undefined, id = "lan", more: object = {}) {
  const json = {
    ...{ service: "population/person.read", requester: "ba-dinh", number: sites.numberOf(id), purpose: PURPOSE },
    ...{ today: sites.today, by: { kind: "system", name: "forged" }, ...(consent && { consent }), ...more },
  }
  const told = await sites.ward.others.ask({
    ...{ consumer: "XX/GOV/H26.901/desk", service: "XX/GOV/G01/registers/registers", path: "/requests", purpose: PURPOSE },
    ...{ requestId: randomUUID(), json, waitMaxMs: 5_000 },
  })
  assert.ok(told.kind === "answer", JSON.stringify(told))
  const answer = told.json as { outcome: string; refusal?: string }
  return answer.refusal ?? answer.outcome
}

/** An artefact that the ward signs as it likes. */
async function signed(change: object, salt = "A".repeat(43)) {
  const { consumer, provider, purposes } = underConsent
  const now = sites.ward.site.clock()
  const artefact = {
    ...{ id: randomUUID(), subject: pseudonymOf(salt, sites.numberOf("lan")), contract, consumer, provider },
    ...{ service: `${provider}/registers`, purpose: purposes[0], keptDays: 90, uses: { max: 3, perDays: 7 } },
    ...{ data: [{ register: "population/person", fields: FIELDS }] },
    ...{ issuedAt: now.toISOString(), until: new Date(now.getTime() + 29 * DAY_MS).toISOString(), ...change },
  }
  return { artefact: await sites.ward.tx(system, (tx) => signDocument(tx, "motlan-consent", artefact)), salt }
}

test("without Lan's consent nothing is asked and nothing answered; with it only the fields that she has agreed to come, and both logs name it", async () => {
  assert.equal(outcome(await ask()), "consent-missing")
  assert.equal(await forged(undefined), "consent-missing")
  const id = await give()
  assert.equal(await give(), id)
  const answer = await ask({}, lan)
  assert.ok(answer.outcome === "answered", JSON.stringify(answer))
  assert.deepEqual(Object.keys(answer.entries[0]!.data).sort(), [...FIELDS].sort())
  for (const site of [sites.ward, sites.ministry]) {
    const subject = site.site.keys.subjectOf(sites.numberOf("lan"))
    const lookups = await site.tx(system, (tx) => listLookups(tx, subject, new Date(0), new Date(8e15)))
    assert.equal(lookups.find(({ message }) => message === answer.message)?.consent, id)
  }
  const [mine] = await sites.ward.tx(lan, listMyConsents)
  assert.deepEqual([mine?.id, mine?.state, mine?.uses.map(({ message }) => message)], [id, "active", [answer.message]])
})

test("the artefact names nobody: neither number nor salt stand in it", async () => {
  const [mine] = await sites.ward.tx(lan, listMyConsents)
  const text = Buffer.from(mine!.jws.split(".")[1]!, "base64url").toString()
  const { salt } = await keptAt(sites.ward, mine!.id)
  assert.ok(!text.includes(sites.numberOf("lan")) && !text.includes(salt) && !text.includes(lan.subject))
  assert.equal(mine!.artefact.subject, pseudonymOf(salt, sites.numberOf("lan")))
})

test("it covers nobody else, and nobody else sees it", async () => {
  assert.equal(outcome(await ask({ number: sites.numberOf("quyen") })), "consent-missing")
  const [mine] = await sites.ward.tx(lan, listMyConsents)
  const quyen = await sites.person("quyen")
  assert.deepEqual(await sites.ward.tx(quyen, listMyConsents), [])
  for (const deed of [getMyConsent, revokeConsent])
    await assert.rejects(
      sites.ward.tx(quyen, (tx): Promise<unknown> => deed(tx, mine!.id)),
      { code: "not-found" },
    )
  assert.equal(
    await forged(await keptAt(sites.ward, mine!.id).then(({ artefact, salt }) => ({ artefact, salt })), "quyen"),
    "consent-differs",
  )
})

test("after as many uses as were agreed it is used up, on both sides, and serves again when the days have passed", async () => {
  const [mine] = await sites.ward.tx(lan, listMyConsents)
  const { artefact, salt } = await keptAt(sites.ward, mine!.id)
  assert.equal(outcome(await ask()), "answered")
  assert.equal(await forged({ artefact, salt }), "answered")
  assert.equal(await forged({ artefact, salt }), "consent-used-up")
  assert.equal(outcome(await ask()), "consent-used-up")
  sites.move(7 * DAY_MS + 1_000)
  await sites.renewDirectory()
  assert.equal(outcome(await ask()), "answered")
})

test("ten requests at once use it no oftener than was agreed", async () => {
  const consent = await signed({})
  const all = await Promise.all(Array.from({ length: 10 }, () => forged(consent)))
  assert.equal(all.filter((one) => one === "answered").length, 3)
  assert.equal(all.filter((one) => one === "consent-used-up").length, 7)
})
test("a site that lies about what was agreed is refused by the ministry", async () => {
  const lies = [
    { purpose: "birth-registration" },
    { service: "XX/GOV/G01/registers/other" },
    { consumer: "XX/GOV/H26.902/desk" },
    { data: [{ register: "population/person", fields: ["number", "ethnicity"] }] },
    { data: [{ register: "civil-status/marriage", fields: FIELDS }] },
    { uses: { max: 100, perDays: 1 } },
    { keptDays: 1_000 },
    { until: new Date(sites.ward.site.clock().getTime() + 400 * DAY_MS).toISOString() },
    { subject: pseudonymOf("B".repeat(43), sites.numberOf("lan")) },
  ]
  for (const lie of lies) assert.equal(await forged(await signed(lie)), "consent-differs", JSON.stringify(lie))
  const good = await signed({})
  const [head, , seal] = good.artefact.split(".")
  const other = Buffer.from(JSON.stringify({ id: randomUUID() })).toString("base64url")
  for (const artefact of [`${head}.${other}.${seal}`, `${good.artefact.slice(0, -4)}AAAA`, "x"])
    assert.equal(await forged({ artefact, salt: good.salt }), "consent-differs")
  assert.equal(await forged(good), "answered")
})

test("one that is taken back lets nothing through: here at once, at the ministry when it has heard", async () => {
  const [mine] = await sites.ward.tx(lan, listMyConsents)
  const { artefact, salt } = await keptAt(sites.ward, mine!.id)
  await sites.ward.tx(lan, (tx) => revokeConsent(tx, mine!.id))
  assert.equal(outcome(await ask()), "consent-revoked")
  assert.deepEqual(await untold(), [{ site: "ministry", consent: mine!.id }])
  isHallOpen = false
  await carryConsents(sites.ward.db)
  assert.equal((await untold()).length, 1)
  isHallOpen = true
  await carryConsents(sites.ward.db)
  assert.equal((await untold()).length, 1, "it is not tried again at once")
  sites.move(10_000)
  await carryConsents(sites.ward.db)
  assert.deepEqual(await untold(), [])
  assert.equal(await forged({ artefact, salt }), "consent-revoked")
  assert.equal((await sites.ward.tx(lan, (tx) => getMyConsent(tx, mine!.id))).state, "revoked")
  const again = await give()
  assert.notEqual(again, mine!.id)
  assert.equal(outcome(await ask()), "answered")
})

test("a revocation that another site has signed, or that is of another consent, takes nothing back", async () => {
  const [mine] = await sites.ward.tx(lan, listMyConsents)
  const { artefact, salt } = await keptAt(sites.ward, mine!.id)
  const words = (consent: string) => ({ consent, revokedAt: sites.ward.site.clock().toISOString() })
  const byMinistry = await sites.ministry.tx(system, (tx) => signDocument(tx, "motlan-consent-revocation", words(mine!.id)))
  const ofOther = await sites.ward.tx(system, (tx) => signDocument(tx, "motlan-consent-revocation", words(randomUUID())))
  for (const revocation of [byMinistry, ofOther, artefact])
    await assert.rejects(
      sites.ministry.tx(stranger, (tx) => consentEndpoints[0].deed(tx, { body: { artefact, salt, revocation } })),
      { code: "signature-invalid" },
    )
  for (const body of [undefined, {}, { artefact: 1 }, { artefact: "a.b.c", salt }])
    await assert.rejects(
      sites.ministry.tx(stranger, (tx) => consentEndpoints[0].deed(tx, { body })),
      { code: "signature-invalid" },
    )
})

test("a form asks for the consent where it is lacking, goes on without, and is filled in once it is given", async () => {
  for (const { id } of await sites.ward.tx(lan, listMyConsents)) await sites.ward.tx(lan, (tx) => revokeConsent(tx, id))
  const { id } = await sites.ward.tx(lan, (tx) => openDraft(tx, "1.001612", "vi"))
  const before = await sites.ward.tx(lan, async (tx) => {
    const opened = await getDraft(tx, id, "vi")
    return { lacking: await listConsentsLacking(tx, opened), values: opened.draft.values }
  })
  assert.deepEqual(
    before.lacking.map((one) => one.contract),
    [contract],
  )
  assert.equal(
    Object.values(before.values).some(({ state }) => state === "verified"),
    false,
  )
  await give()
  await sites.ward.tx(lan, (tx) => refreshDraft(tx, id, "vi"))
  const after = await sites.ward.tx(lan, async (tx) => {
    const opened = await getDraft(tx, id, "vi")
    return { lacking: await listConsentsLacking(tx, opened), values: opened.draft.values }
  })
  assert.deepEqual(after.lacking, [])
  assert.equal(
    Object.values(after.values).some(({ state }) => state === "verified"),
    true,
  )
})

test("an information system names the consent by its id; without it, with another's or too often it is refused on the road", async () => {
  const { ward } = sites
  const { cert, key } = ward.standing.tls(ward.site.clock())
  const pem = (der: string) => `-----BEGIN CERTIFICATE-----\n${der.replace(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`
  const anchors = ward.access.directory!.trustAnchors.map(({ certificate }) => pem(certificate))
  const line = openLine({
    ...{ site: ward.site, instance: "XX", roads: federationRoads(ward.access, ward.file, ward.site.clock), sealer: ward.sealer },
    ...{ tls: { certificate: cert, key, anchors }, folder: `${ward.dir}/face`, consents: consentGate(ward.db) },
  })
  try {
    const port = await line.listenToClients(0, "127.0.0.1")
    const call = async (consent?: string, number?: string) => {
      const named = { ...(consent && { "motlan-consent": consent }), ...(number && { "motlan-subject": number }) }
      const headers = { "X-Road-Client": underConsent.consumer, ...named }
      const answer = await fetch(`http://127.0.0.1:${port}/r1/XX/GOV/G01/registers/${HOUSEHOLDS}/one`, { headers })
      const told = (await answer.json()) as { type?: string; message?: string }
      return [answer.status, told.type, /consent-[a-z-]+/.exec(told.message ?? "")?.[0]]
    }
    const refused = (why: string) => [500, "Server.ServerProxy.AccessDenied", why]
    assert.deepEqual(await call(), refused("consent-missing"))
    assert.deepEqual(await call(randomUUID()), refused("consent-missing"))
    const other = (await ward.tx(lan, listMyConsents)).find(({ state }) => state === "active")
    assert.deepEqual(await call(other!.id), refused("consent-differs"))
    const id = await give(sites.contracts.get(HOUSEHOLDS)!)
    assert.deepEqual(await call(id, sites.numberOf("quyen")), refused("consent-differs"), "it is Lan's, and nothing is used up")
    assert.deepEqual(await call(id, sites.numberOf("lan")), [200, undefined, undefined])
    const { artefact, salt } = await keptAt(ward, id)
    assert.deepEqual([seen?.["motlan-consent"], seen?.["motlan-consent-salt"]], [artefact, salt])
    assert.deepEqual(await call(id), [200, undefined, undefined])
    assert.deepEqual(await call(id), refused("consent-used-up"))
    assert.deepEqual((await ward.tx(lan, (tx) => getMyConsent(tx, id))).uses.length, 2)
    const asked = {
      ...{ service: "population/person.read", requester: "ba-dinh", number: sites.numberOf("lan"), purpose: PURPOSE },
      ...{ today: sites.today, by: { kind: "system", name: "loans" } },
    }
    const register = async (consent: string) => {
      const headers = { "X-Road-Client": underConsent.consumer, "Content-Type": "application/json", "motlan-consent": consent }
      const body = JSON.stringify(asked)
      const at = `http://127.0.0.1:${port}/r1/XX/GOV/G01/registers/registers/requests`
      return (await (await fetch(at, { method: "POST", headers, body })).json()) as { outcome?: string; message?: string }
    }
    assert.equal((await register(other!.id)).outcome, "answered")
    assert.match((await register(id)).message ?? "", /consent-differs/)
    asked.number = sites.numberOf("quyen")
    const { refusal } = (await register(other!.id)) as { refusal?: string }
    assert.equal(refusal, "consent-differs")
  } finally {
    await line.close()
  }
})

test("past its time it has expired, and what is offered ends with the contract", async () => {
  assert.equal((await sites.ward.tx(lan, listMyConsents)).filter(({ state }) => state === "active").length, 2)
  sites.move(31 * DAY_MS)
  await sites.renewDirectory()
  assert.ok(["consent-expired", "consent-revoked"].includes(outcome(await ask())))
  const id = await give()
  sites.move(31 * DAY_MS)
  await sites.renewDirectory()
  assert.equal((await sites.ward.tx(lan, (tx) => getMyConsent(tx, id))).state, "expired")
  assert.equal(outcome(await ask()), "consent-expired")
  const offer = await sites.ward.tx(lan, (tx) => offerOf(tx, contract))
  assert.ok(offer.until.getTime() - sites.ward.site.clock().getTime() <= 30 * DAY_MS)
})
