// The only road to a register: what is refused is logged, what is answered stays within the right, and nobody comes in another's name.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type AccessRight, type Country, findRecord } from "#country"
import { type ExchangeAnswer, type ExchangeRequest, listLookups, request } from "#exchange"
import { type Actor, sql } from "#platform/db"
import { system } from "../cast.ts"
import { openStory, type Story, TODAY } from "./story.ts"

let story: Story
before(async () => {
  story = await openStory()
})
after(() => story?.cast.close())

const day = [new Date("2026-03-08T17:00:00Z"), new Date("2026-03-09T17:00:00Z")] as const
const ask = (who: Actor, asked: Omit<ExchangeRequest, "today">): Promise<ExchangeAnswer> =>
  story.cast.tx(who, (tx) => request(tx, { today: TODAY, ...asked }))

/** The rows that the log gained about the person while `act` ran. */
async function logged(number: string, act: () => Promise<unknown>) {
  const subject = story.cast.site.keys.subjectOf(number)
  const about = () => story.cast.tx(system, (tx) => listLookups(tx, subject, ...day))
  const before = new Set((await about()).map((row) => row.message))
  await act()
  return (await about()).filter((row) => !before.has(row.message))
}

const BIRTHS = "birth-registration"
const refusals: [what: string, asked: Omit<ExchangeRequest, "today" | "number">, refusal: string][] = [
  [
    "without a right",
    { service: "civil-status/marriage.read", requester: "hoa-sen-hospital", purpose: "birth-statement" },
    "no-right",
  ],
  [
    "for a purpose that is not its own",
    { service: "health/birth-statement.read", requester: "ba-dinh", purpose: "household-business" },
    "no-right",
  ],
  [
    "for a purpose that nobody knows",
    { service: "population/person.read", requester: "ba-dinh", purpose: "curiosity" },
    "purpose-unknown",
  ],
  [
    "by a requester that nobody knows",
    { service: "population/person.read", requester: "acme", purpose: BIRTHS },
    "requester-unknown",
  ],
  ["by no requester", { service: "population/person.read", requester: "", purpose: BIRTHS }, "requester-unknown"],
  [
    "for a deed that no register does",
    { service: "population/person.delete", requester: "ba-dinh", purpose: BIRTHS },
    "no-right",
  ],
  [
    "to write where only reading is granted",
    { service: "civil-status/marriage.write", requester: "ba-dinh", purpose: BIRTHS, write: { data: {}, validFrom: TODAY } },
    "no-right",
  ],
]

for (const [what, asked, refusal] of refusals)
  test(`a request ${what} is refused, logged, and shown to Mai`, async () => {
    const number = story.numberOf("mai")
    let answer: ExchangeAnswer | undefined
    const rows = await logged(number, async () => {
      answer = await ask(system, { ...asked, number })
    })
    assert.equal(answer?.outcome, "refused")
    assert.equal(answer?.outcome === "refused" && answer.refusal, refusal)
    assert.equal("entries" in answer!, false)
    assert.deepEqual(
      rows.map((row) => [row.outcome, row.service, row.requester, row.purpose, row.fields]),
      [["refused", asked.service, asked.requester, asked.purpose, []]],
    )
    const { mai } = story.actors
    const seen = await story.cast.tx(mai, (tx) => listLookups(tx, mai.subject, ...day))
    assert.ok(seen.some((row) => row.message === rows[0]!.message))
  })

test("a write with a field outside its right is refused whole, and logged", async () => {
  const { record } = findRecord(story.cast.site.reference as Country, "civil-status/birth")!
  const pack = record as { access: readonly AccessRight[] }
  const { access } = pack
  pack.access = access.map((right) => (right.may === "write" ? { ...right, fields: ["fullName"] } : right))
  try {
    const number = story.numberOf("vi")
    const write = { data: { fullName: "Đoàn Nhật Vi", sex: "female" }, validFrom: TODAY }
    const rows = await logged(number, async () => {
      const answer = await ask(system, {
        service: "civil-status/birth.write",
        requester: "ba-dinh",
        number,
        purpose: BIRTHS,
        write,
      })
      assert.equal(answer.outcome, "refused")
    })
    assert.deepEqual(
      rows.map((row) => row.outcome),
      ["refused"],
    )
    const kept = await story.cast.migrator.rows(sql`
      select from registers.record where register = 'civil-status/birth' and subject = ${story.cast.site.keys.subjectOf(number)}`)
    assert.equal(kept.length, 0)
  } finally {
    pack.access = access
  }
})

/** An agency that the right is meant for. */
function holderOf(country: Country, { who }: AccessRight): string | undefined {
  if (who.agency) return who.agency
  return [...country.agencies.values()].find((agency) => agency.kind === who.kind)?.id
}

test("whatever right of the pack is used, no field outside it comes back", async () => {
  const country = story.cast.site.reference as Country
  let narrowed = 0
  for (const register of country.registers.values())
    for (const record of register.records)
      for (const right of record.access.filter((r) => r.may === "read" && !r.who.self)) {
        const requester = holderOf(country, right)
        assert.ok(requester)
        for (const person of ["lan", "hung", "quan", "mai"]) {
          const answer: ExchangeAnswer = await ask(system, {
            service: `${register.id}/${record.id}.read`,
            requester,
            number: story.numberOf(person),
            purpose: right.purpose,
          })
          assert.notEqual(answer.outcome, "refused")
          if (answer.outcome !== "answered") continue
          const granted: readonly AccessRight[] = record.access.filter(
            (r) => r.may === "read" && r.purpose === right.purpose && holderOf(country, r) === requester,
          )
          const allowed: readonly string[] = granted.some((r) => r.fields.includes("*"))
            ? record.fields.map((f) => f.id)
            : granted[0]!.fields
          for (const entry of answer.entries) {
            assert.deepEqual(
              Object.keys(entry.data).filter((id) => !allowed.includes(id)),
              [],
            )
            if (Object.keys(entry.data).length < record.fields.length) narrowed++
          }
        }
      }
  assert.ok(narrowed > 0)
})

test("the hospital learns of Lan what its right names, and not her parents or her ethnicity", async () => {
  const answer = await ask(story.actors.kim, {
    service: "population/person.read",
    requester: "hoa-sen-hospital",
    number: story.numberOf("lan"),
    purpose: "birth-statement",
  })
  assert.equal(answer.outcome, "answered")
  if (answer.outcome === "answered")
    assert.deepEqual(Object.keys(answer.entries[0]!.data).sort(), ["birthDate", "fullName", "number", "residence"])
})

test("a citizen who brings another's number reads nothing as herself", async () => {
  for (const service of [
    "population/person.read",
    "civil-status/marriage.read",
    "civil-status/birth.read",
    "health/birth-statement.read",
    "business/household.read",
  ])
    for (const requester of ["", "ba-dinh", "justice", "portal"]) {
      const answer = await ask(story.actors.lan, { service, requester, number: story.numberOf("quan"), purpose: "own-data" })
      assert.equal(answer.outcome, "refused", `${service} ${requester}`)
    }
  const own = await ask(story.actors.lan, {
    service: "population/person.read",
    requester: "ba-dinh",
    number: story.numberOf("lan"),
    purpose: "own-data",
  })
  assert.equal(own.outcome, "answered")
})

test("a number with a trick in it opens no other row", async () => {
  const number = story.numberOf("quan")
  for (const trick of [
    `${number}' or '1'='1`,
    `%`,
    `population/person/${number}`,
    ` ${number}`,
    `${number}\u0000`.replace("\u0000", ""),
  ]) {
    const answer = await ask(system, { service: "population/person.read", requester: "ba-dinh", number: trick, purpose: BIRTHS })
    if (trick !== number) assert.equal(answer.outcome, "empty", trick)
  }
})

test("a request that fails half way leaves neither record nor log", async () => {
  const number = story.numberOf("mai")
  const rows = await logged(number, () =>
    assert.rejects(
      story.cast.tx(system, async (tx) => {
        await request(tx, { service: "population/person.read", requester: "ba-dinh", number, purpose: BIRTHS, today: TODAY })
        throw new Error("half way")
      }),
    ),
  )
  assert.deepEqual(rows, [])
})

test("after an answer the grant reaches one register and one subject", async () => {
  const seen = await story.cast.tx(system, async (tx) => {
    await request(tx, {
      service: "population/person.read",
      requester: "ba-dinh",
      number: story.numberOf("lan"),
      purpose: BIRTHS,
      today: TODAY,
    })
    return tx.rows<{ register: string; subject: string }>(sql`select distinct register, subject from registers.record`)
  })
  assert.deepEqual(seen, [{ register: "population/person", subject: story.actors.lan.subject }])
})

test("an official asks for their own agency and for no other", async () => {
  const answer = await ask(story.actors.my, {
    service: "population/person.read",
    requester: "ba-dinh",
    number: story.numberOf("lan"),
    purpose: BIRTHS,
  })
  assert.equal(answer.outcome, "refused")
})

test("who is not signed in gets no answer, whatever agency is named", async () => {
  const answer = await ask(
    { kind: "public" },
    { service: "population/person.read", requester: "ba-dinh", number: story.numberOf("lan"), purpose: BIRTHS },
  )
  assert.equal(answer.outcome, "refused")
})

test("a service that no register offers is refused and logged", async () => {
  const number = story.numberOf("mai")
  const rows = await logged(number, () =>
    ask(system, { service: "tax/debts.read", requester: "ba-dinh", number, purpose: BIRTHS }).catch(() => undefined),
  )
  assert.equal(rows.length, 1)
})

test("a purpose that is a word of the language is refused like any other", async () => {
  const number = story.numberOf("mai")
  const rows = await logged(number, () =>
    ask(system, { service: "population/person.read", requester: "ba-dinh", number, purpose: "constructor" }).catch(
      () => undefined,
    ),
  )
  assert.deepEqual(
    rows.map((row) => row.outcome),
    ["refused"],
  )
})
