// Registers of another site: asked over the line, authorised, logged and proved on both sides; silence, retries and lies.
import assert from "node:assert/strict"
import { randomUUID } from "node:crypto"
import { after, before, test } from "node:test"
import { getDraft, openDraft, savePage } from "#cases"
import { type ExchangeRequest, findDuplicate, type Lookup, linkSites, listLookups, request } from "#exchange"
import { answerContract, proposeContract, revokeContract } from "#federation"
import { type Actor, sql } from "#platform/db"
import { kindsAt } from "../evidence/kinds-at.ts"
import { type LinkedSite, type LinkedSites, openLinked } from "./linked-sites.ts"
import { carry, system } from "./three-sites.ts"

let sites: LinkedSites
before(async () => {
  sites = await openLinked()
})
after(() => sites?.close())

const code = (expected: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, expected, String(error))
  return true
}

const ask = (asked: Partial<ExchangeRequest> = {}, who: Actor = system) =>
  sites.ward.tx(who, (tx) =>
    request(tx, {
      ...{ service: "population/person.read", requester: "ba-dinh", number: sites.numberOf("lan") },
      ...{ purpose: "birth-registration", today: sites.today, ...asked },
    }),
  )

const lookups = (site: LinkedSite, id: string) =>
  site.tx(system, (tx) => listLookups(tx, site.site.keys.subjectOf(sites.numberOf(id)), new Date(0), new Date(8e15)))

test("the ward reads Lan's record at the ministry: one message, in both logs, with evidence at both sites", async () => {
  const lan = await sites.person("lan")
  const answer = await ask({}, lan)
  assert.ok(answer.outcome === "answered", JSON.stringify(answer))
  assert.equal(answer.entries[0]?.data.fullName, "Nguyễn Ngọc Lan")
  assert.equal(answer.source.message, answer.message)
  assert.ok(answer.entries[0]?.recordedAt instanceof Date)
  for (const site of [sites.ward, sites.ministry]) {
    const row: Lookup | undefined = (await lookups(site, "lan")).find(({ message }) => message === answer.message)
    assert.deepEqual(
      [row?.requester, row?.provider, row?.byKind, row?.by, row?.outcome, row?.purpose],
      ["ba-dinh", "public-security", "person", lan.name, "answered", "birth-registration"],
    )
    assert.deepEqual(await kindsAt(site, answer.message), ["got", "sent"])
  }
})

test("nothing of a register lies at the ward, and the pseudonyms of the two sites are not the same", async () => {
  const [{ count }] = (await sites.ward.migrator.rows<{ count: number }>(sql`select count(*) from registers.record`)) as [
    { count: number },
  ]
  assert.equal(Number(count), 0)
  const number = sites.numberOf("lan")
  assert.notEqual(sites.ward.site.keys.subjectOf(number), sites.ministry.site.keys.subjectOf(number))
})

test("who has no record there is told so", async () => {
  assert.equal((await ask({ service: "civil-status/marriage.read", number: sites.numberOf("thuy") })).outcome, "empty")
})

test("a purpose that no contract covers is refused on the road, though the pack has a right for it", async () => {
  const answer = await ask({ service: "civil-status/marriage.read", purpose: "civil-status-keeping" })
  assert.deepEqual([answer.outcome, answer.outcome === "refused" && answer.refusal], ["refused", "no-right"])
})

test("an agency that works elsewhere is not asked for in its name", async () => {
  const answer = await ask({ requester: "hoan-kiem" })
  assert.deepEqual([answer.outcome, answer.outcome === "refused" && answer.refusal], ["refused", "requester-foreign"])
})

const forged = async (json: object, service = "XX/GOV/G01/registers/registers") => {
  const told = await sites.ward.others.ask({
    ...{ consumer: "XX/GOV/H26.901/desk", service, path: "/requests", purpose: "birth-registration" },
    ...{ requestId: randomUUID(), json, waitMaxMs: 5_000 },
  })
  assert.ok(told.kind === "answer", JSON.stringify(told))
  return { status: told.status, ...(told.json as { outcome?: string; refusal?: string }) }
}

const wire = (more: object) => ({
  ...{ service: "population/person.read", requester: "ba-dinh", number: sites.numberOf("lan"), purpose: "birth-registration" },
  ...{ today: sites.today, by: { kind: "system", name: "forged" }, ...more },
})

test("a site that lies is refused by the ministry, which notes it: another's name, another owner's register, another purpose", async () => {
  const foreign = await forged(wire({ requester: "hoan-kiem" }))
  assert.deepEqual([foreign.outcome, foreign.refusal], ["refused", "requester-foreign"])
  const other = await forged(wire({}), "XX/GOV/G15/registers/registers")
  assert.deepEqual([other.outcome, other.refusal], ["refused", "service-unknown"])
  const purpose = await forged(wire({ purpose: "household-business" }))
  assert.equal(purpose.status, 400)
  const noted = (await lookups(sites.ministry, "lan")).filter(({ by, outcome }) => by === "forged" && outcome === "refused")
  assert.equal(noted.length, 2)
})

test("what is no request is refused without a deed", async () => {
  for (const json of [{}, [], wire({ more: 1 }), wire({ today: "today" }), wire({ by: { kind: "public", name: "x" } })])
    assert.equal((await forged(json)).status, 400)
})

const birth = (name: string) => ({
  data: {
    ...{ familyName: "Phạm", givenName: name, fullName: `Phạm ${name}`, sex: "male", birthDate: sites.today },
    ...{ nationality: "VN", ethnicity: "kinh", motherNumber: sites.numberOf("lan") },
  },
  validFrom: sites.today,
})

const give = (name: string, key: string) => {
  const { service, requester, purpose, today } = wire({})
  return sites.ward.tx(system, (tx) =>
    request(tx, { ...{ service: service.replace("read", "write"), requester, purpose, today, key }, write: birth(name) }),
  )
}

const countRecords = async () => {
  const rows = await sites.ministry.migrator.rows<{ count: string }>(
    sql`select count(*) from registers.record where register = 'population/person'`,
  )
  return Number(rows[0]!.count)
}

test("a write whose answer was lost is asked for again and written once: the same number comes", async () => {
  const before = await countRecords()
  const { ward } = sites
  let number = ""
  linkSites(ward.site, {
    ...ward.others,
    access: ward.access,
    ask: async (asked) => {
      const told = await ward.others.ask(asked)
      number = told.kind === "answer" ? (told.json as { written: { number: string } }).written.number : ""
      return { kind: "silent", code: "Lost" }
    },
  })
  assert.equal((await give("Minh", "case-1/0")).outcome, "silent")
  linkSites(ward.site, ward.others)
  const again = await give("Minh", "case-1/0")
  assert.ok(again.outcome === "written", JSON.stringify(again))
  assert.match(number, /^9\d{11}$/)
  assert.equal(again.written.number, number)
  assert.equal(again.written.subject, ward.site.keys.subjectOf(number))
  assert.equal(await countRecords(), before + 1)
  await assert.rejects(give("Khang", "case-1/0"), code("delivery-differs"))
})

test("ten deliveries of one write at once are one record, wherever they meet", async () => {
  for (let round = 0; round < 20; round++) {
    const before = await countRecords()
    const answers = await Promise.all(Array.from({ length: 10 }, () => give(`Long ${round}`, `case-2/${round}`)))
    const numbers = new Set(answers.map((answer) => (answer.outcome === "written" ? answer.written.number : answer.outcome)))
    assert.deepEqual([numbers.size, [...numbers].join().replace(/\d/g, "9")], [1, "999999999999"])
    assert.equal(await countRecords(), before + 1)
  }
})

const double = (name: string) =>
  sites.ward.tx(system, (tx) => {
    const { requester, purpose, today } = wire({})
    return findDuplicate(tx, { service: "population/person.write", requester, purpose, today, write: birth(name) })
  })

test("a likely duplicate at the ministry is found from the ward, and a mistake of a write is told there", async () => {
  assert.equal(await double("Nobody"), undefined)
  assert.equal((await double("Minh"))?.register, "population/person")
  await assert.rejects(give("Minh", "case-3/0"), code("record-likely-duplicate"))
})

test("a ministry that is down is silent at once; the form says so, and asks again with the next page", async () => {
  const lan = await sites.person("lan")
  await sites.ministry.hangUp()
  const began = performance.now()
  const answer = await ask()
  assert.equal(answer.outcome, "silent")
  const draft = await sites.ward.tx(lan, (tx) => openDraft(tx, "1.001193", "vi"))
  assert.ok(performance.now() - began < 5_000)
  assert.deepEqual(draft.silent, ["marriage", "mother"])
  await assert.rejects(double("Minh"), code("register-silent"))
  const rows = await lookups(sites.ward, "lan")
  assert.equal(rows.find(({ message }) => message === answer.message)?.outcome, "silent")

  await sites.ministry.pickUp()
  sites.move(4_000)
  const { pages } = await sites.ward.tx(lan, (tx) => getDraft(tx, draft.id, "vi"))
  await sites.ward.tx(lan, (tx) => savePage(tx, draft.id, pages[0]!.id, {}, "vi"))
  const after = await sites.ward.tx(lan, (tx) => getDraft(tx, draft.id, "vi"))
  assert.deepEqual(after.draft.silent, [])
  assert.equal(after.draft.values["mother.fullName"]?.state, "verified")
})

test("a revoked contract lets nothing through any more, on either side", async () => {
  const hash = sites.contracts.get("public-security")!
  await sites.ministry.tx(system, (tx) => revokeContract(tx, hash))
  await sites.ministry.access.refresh()
  const answer = await ask()
  assert.deepEqual([answer.outcome, answer.outcome === "refused" && answer.refusal], ["refused", "no-right"])
})

test("where the contract rests on the person's consent, a request that names none is refused: here, and by the ministry too", async () => {
  const { ward, ministry } = sites
  const now = ward.site.clock().getTime()
  const day = (days: number) => new Date(now + days * 86_400_000).toISOString()
  const hash = await ward.tx(system, (tx) =>
    proposeContract(tx, {
      ...{ provider: "XX/GOV/G01/registers", service: "registers", consumer: "XX/GOV/H26.901/desk" },
      ...{ endpoints: [{ method: "POST", path: "/requests" }], purposes: ["birth-registration"], subjectKinds: ["person"] },
      ...{
        legalGround: { ref: "91/2025/QH15", article: "9" },
        bodies: "digest",
        consentNeeded: true,
        from: day(-1),
        until: day(1),
      },
    }),
  )
  await carry(ward, ministry)
  await ministry.tx(system, (tx) => answerContract(tx, hash, "accept"))
  await carry(ministry, ward)
  for (const { access } of [ward, ministry]) await access.refresh()
  const answer = await ask()
  assert.deepEqual([answer.outcome, answer.outcome === "refused" && answer.refusal], ["refused", "consent-missing"])
  const past = await forged(wire({}))
  assert.deepEqual([past.outcome, past.refusal], ["refused", "consent-missing"])
})
