// Registers: what is written, read back as of a day and as known at a time, found again as a likely duplicate, and hidden without a grant.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { type Country, findRecord, type RegisterRecord } from "#country"
import { validatePersonalNumber } from "#engines/codes"
import { sql, type Tx } from "#platform/db"
import { code } from "../../../test/acts.ts"
import { type Cast, openCast, system } from "../../../test/cast.ts"
import { openWorld } from "../../../test/world.ts"
import {
  findLikely,
  getRecordType,
  type RecordEntry,
  readHistory,
  readRecords,
  recordForm,
  seedRegisters,
  writeRecord,
} from "./index.ts"

const TODAY = "2026-03-09"
const PERSON = "population/person"
const MARRIAGE = "civil-status/marriage"
const DAY_MS = 86_400_000
let cast: Cast
let country: Country
before(async () => {
  cast = await openCast()
  country = cast.site.reference as Country
})
after(() => cast?.close())

const numberOf = (id: string) => country.cast.people.find((p) => p.id === id)!.number
const subjectOf = (id: string) => cast.site.keys.subjectOf(numberOf(id))
const act = <T>(deed: (tx: Tx) => Promise<T>) => cast.tx(system, deed)
let messages = 0
const message = () => `00000000-0000-7000-8000-${String(++messages).padStart(12, "0")}`

const newborn = {
  familyName: "Phạm",
  givenName: "Sữa",
  fullName: "Phạm Sữa",
  sex: "female",
  birthDate: "2026-03-01",
  motherNumber: "901195093205",
}

const write = (entry: Partial<RecordEntry>) =>
  act((tx) =>
    writeRecord(tx, { type: PERSON, data: newborn, validFrom: TODAY, recordedBy: "tests", message: message(), ...entry }),
  )
const read = (type: string, id: string, asOf: Parameters<typeof readRecords>[4] = {}) =>
  act((tx) => readRecords(tx, type, subjectOf(id), TODAY, asOf))

const business = (name: string) => ({
  name,
  address: { province: "01", commune: "00004", street: "Số 1 phố Đội Cấn" },
  registeredOn: TODAY,
  agencyName: "Ủy ban nhân dân phường Ba Đình",
})

test("a change is a new version: read as of a day it holds from its day on, and the version before it until then", async () => {
  const { record } = await write({
    type: "business/household",
    number: numberOf("thanh"),
    data: business("Phở Thanh"),
    validFrom: "2026-01-01",
  })
  const changed = await write({
    type: "business/household",
    number: numberOf("thanh"),
    data: business("Phở Thanh gia truyền"),
    validFrom: "2026-03-01",
    record,
  })
  assert.deepEqual([changed.record, changed.version], [record, 2])
  const nameOn = async (validOn: string) => (await read("business/household", "thanh", { validOn }))[0]?.data.name
  assert.equal(await nameOn("2025-12-31"), undefined)
  assert.equal(await nameOn("2026-02-28"), "Phở Thanh")
  assert.equal(await nameOn("2026-03-01"), "Phở Thanh gia truyền")
  const history = await act((tx) => readHistory(tx, "business/household", subjectOf("thanh"), record))
  assert.deepEqual(
    history.map((entry) => [entry.version, entry.validFrom]),
    [
      [1, "2026-01-01"],
      [2, "2026-03-01"],
    ],
  )
})

test("what was known at a time is told as it was known then, though it has been mended for the same day since", async () => {
  const { record } = await write({
    type: "business/household",
    number: numberOf("bao"),
    data: business("Quán Bảo"),
    validFrom: "2026-01-01",
  })
  const known = cast.site.clock()
  cast.clock.move(DAY_MS)
  await write({
    type: "business/household",
    number: numberOf("bao"),
    data: business("Quán Bảo 2"),
    validFrom: "2026-01-01",
    record,
  })
  const [then] = await read("business/household", "bao", { knownAt: known })
  const [now] = await read("business/household", "bao")
  assert.equal(then?.data.name, "Quán Bảo")
  assert.equal(now?.data.name, "Quán Bảo 2")
  cast.clock.move(-DAY_MS)
})

test("a record that has ended is read for the days before its end alone, and the subject may have a new one", async () => {
  const entry = { type: "business/household", number: numberOf("kien"), data: business("Sửa xe Kiên") }
  const { record } = await write({ ...entry, validFrom: "2026-01-01" })
  await assert.rejects(write(entry), code("record-exists"))
  await write({ ...entry, validFrom: "2026-03-02", record, ended: true })
  assert.equal((await read("business/household", "kien")).length, 0)
  assert.equal((await read("business/household", "kien", { validOn: "2026-02-01" })).length, 1)
  const again = await write({ ...entry, data: business("Cà phê Kiên") })
  assert.equal(again.version, 3)
  assert.equal((await read("business/household", "kien"))[0]?.data.name, "Cà phê Kiên")
  assert.deepEqual(await eventsOf("business/household", "kien"), ["business-registered", "business-ended", "business-registered"])
})

const eventsOf = async (register: string, id: string) => {
  const rows = await cast.migrator.rows<{ type: string }>(
    sql`select type from registers.event where register = ${register} and subject = ${subjectOf(id)} order by version`,
  )
  return rows.map((row) => row.type)
}

test("Quân has a household business and can't have another; Lan can have a second birth statement", async () => {
  await assert.rejects(
    write({ type: "business/household", number: numberOf("quan"), data: business("Bánh mì Quân 2") }),
    code("record-exists"),
  )
  const statement = { statementNumber: "HS-900001", date: "2026-03-08", place: "Bệnh viện Hoa Sen", sex: "male" }
  await write({ type: "health/birth-statement", number: numberOf("lan"), data: statement })
  const statements = await read("health/birth-statement", "lan")
  assert.equal(statements.length, 2)
  assert.equal(statements[0]?.data.statementNumber, "HS-900001", "the newest comes first")
})

test("a version that nobody had before is no change: the record to change must be there", async () => {
  const record = cast.site.keys.subjectOf("nobody")
  await assert.rejects(
    write({ type: "business/household", number: numberOf("mai"), data: business("Mai"), record }),
    code("not-found"),
  )
  assert.equal((await read("business/household", "mai")).length, 0)
})

/** Has the marriage kept under both spouses while `story` runs, as a country may declare it. */
async function mirrored(story: () => Promise<void>): Promise<void> {
  const { record } = findRecord(country, MARRIAGE)!
  const declared = record as { mirror?: string }
  declared.mirror = "spouseNumber"
  try {
    await story()
  } finally {
    delete declared.mirror
  }
}

test("a marriage is one fact seen from both sides: each names the other, and its end is the end for both", () =>
  mirrored(async () => {
    const data = { spouseNumber: numberOf("thuy"), spouseFullName: "Cao Bích Thủy", date: "2026-03-01" }
    const { record } = await write({ type: MARRIAGE, number: numberOf("quan"), data, validFrom: "2026-03-01" })
    const [his] = await read(MARRIAGE, "quan")
    const [hers] = await read(MARRIAGE, "thuy")
    assert.deepEqual([his?.record, hers?.record], [record, record])
    assert.deepEqual(hers?.data, { number: numberOf("thuy"), spouseNumber: numberOf("quan"), date: "2026-03-01" })
    assert.deepEqual(await eventsOf(MARRIAGE, "thuy"), ["marriage-registered"])

    const anew = { spouseNumber: numberOf("binh"), date: "2026-03-05" }
    await assert.rejects(write({ type: MARRIAGE, number: numberOf("thuy"), data: anew }), code("record-exists"))
    const toHer = { spouseNumber: numberOf("thuy"), date: "2026-03-05" }
    await assert.rejects(write({ type: MARRIAGE, number: numberOf("son"), data: toHer }), code("record-exists"))
    assert.equal((await read(MARRIAGE, "son")).length, 0, "half a marriage is not kept")

    const elsewhere = { ...data, spouseNumber: numberOf("binh") }
    await assert.rejects(write({ type: MARRIAGE, number: numberOf("quan"), data: elsewhere, record }), code("record-invalid"))
    const fromHers = { spouseNumber: numberOf("quan"), date: "2026-03-01" }
    await write({ type: MARRIAGE, number: numberOf("thuy"), data: fromHers, record, ended: true })
    assert.deepEqual([(await read(MARRIAGE, "quan")).length, (await read(MARRIAGE, "thuy")).length], [0, 0])
    assert.deepEqual(await eventsOf(MARRIAGE, "quan"), ["marriage-registered", "marriage-ended"])
  }))

test("nobody marries themselves", () =>
  mirrored(async () => {
    const data = { spouseNumber: numberOf("son"), date: "2026-03-01" }
    await assert.rejects(write({ type: MARRIAGE, number: numberOf("son"), data }), code("record-invalid"))
    assert.equal((await read(MARRIAGE, "son")).length, 0)
  }))

test("a field that is unknown, missing or of another kind is refused by its name", async () => {
  const refused = (field: string) => (error: unknown) => {
    code("record-invalid")(error)
    assert.equal((error as { params: { field: string } }).params.field, field)
    return true
  }
  const { givenName: _, ...nameless } = newborn
  await assert.rejects(write({ data: { ...newborn, shoeSize: 38 } }), refused("shoeSize"))
  await assert.rejects(write({ data: nameless }), refused("givenName"))
  await assert.rejects(write({ data: { ...newborn, givenName: "" } }), refused("givenName"))
  await assert.rejects(write({ data: { ...newborn, sex: "banana" } }), refused("sex"))
  await assert.rejects(write({ data: { ...newborn, birthDate: "yesterday" } }), refused("birthDate"))
  await assert.rejects(write({ data: { ...newborn, residence: "Hà Nội" } }), refused("residence"))
  await assert.rejects(write({ type: "population/pet" }), code("register-unknown"))
})

test("every record type of the pack has a form of its own, with its fields", () =>
  act(async (tx) => {
    for (const register of country.registers.values())
      for (const record of register.records) {
        const form = recordForm(tx, getRecordType(tx, `${register.id}/${record.id}`).record)
        assert.deepEqual(
          [...form.fields.keys()],
          (record as RegisterRecord).fields.map((field) => field.id),
        )
      }
  }))

test("the same child is found again whatever the case, the spaces and the Unicode form; a person who has looked may go on", async () => {
  const mother = numberOf("yen")
  const child = { ...newborn, givenName: "Ốc", fullName: "Kim Hải Ốc", motherNumber: mother }
  const first = await write({ data: child })
  const again = { ...child, fullName: "  KIM hải\u00a0 ỐC ".normalize("NFD") }
  await assert.rejects(write({ data: again }), code("record-likely-duplicate"))
  const cleared = await write({ data: again, duplicateCleared: true })
  assert.notEqual(cleared.number, first.number)
  for (const other of [{ fullName: "Kim Hải Oc" }, { birthDate: "2026-03-02" }, { motherNumber: numberOf("mai") }])
    await write({ data: { ...child, ...other } })
  const found = await act((tx) => findLikely(tx, getRecordType(tx, PERSON), child))
  assert.ok(found)
  assert.deepEqual(Object.keys(found).sort(), ["record", "recordedAt", "subject"], "what stands in it is not told")
})

test("two children without a mother on record are no likely duplicates of each other", async () => {
  const { motherNumber: _, ...alone } = { ...newborn, fullName: "Phạm Một Mình" }
  await write({ data: alone })
  await write({ data: alone })
})

test("a number is given once, obeys the country's rules and says sex and year; in a demo its prefix is nobody's", async () => {
  const given = new Set<string>()
  for (let i = 0; i < 10; i++) {
    const { number } = await write({ data: { ...newborn, fullName: `Phạm Số ${i}` } })
    assert.deepEqual(validatePersonalNumber(country.personalNumber, number), [])
    assert.match(number, /^9\d\d326\d{6}$/, "a girl of 2026")
    given.add(number)
  }
  assert.equal(given.size, 10)
  const boy = await write({ data: { ...newborn, fullName: "Phạm Trai", sex: "male", birthDate: "1999-12-31" } })
  assert.match(boy.number, /^9\d\d099\d{6}$/)
  assert.equal((await act((tx) => readRecords(tx, PERSON, boy.subject, TODAY)))[0]?.data.number, boy.number)
})

test("outside a demo the prefix is that of the place of registration, and without one no number is given", async () => {
  const world = await openWorld()
  try {
    const entry = (birthRegistration?: string): RecordEntry => ({
      type: PERSON,
      data: { ...newborn, ...(birthRegistration && { birthRegistration }) },
      validFrom: TODAY,
      recordedBy: "tests",
      message: message(),
    })
    const { number } = await world.tx(system, (tx) => writeRecord(tx, entry("00004")))
    assert.match(number, /^001326\d{6}$/)
    await assert.rejects(
      world.tx(system, (tx) => writeRecord(tx, { ...entry(), duplicateCleared: true })),
      code("number-not-assigned"),
    )
    await assert.rejects(
      world.tx(system, (tx) => seedRegisters(tx, TODAY)),
      /demo/,
    )
  } finally {
    await world.close()
  }
})

test("a person's sex is needed for a number, and a person's number is never given to another", async () => {
  const { sex: _, ...unknown } = newborn
  await assert.rejects(write({ data: { ...unknown, fullName: "Phạm X" } }), code("record-invalid"))
  await assert.rejects(write({ number: numberOf("hung"), data: { ...newborn, fullName: "Phạm Y" } }), code("record-exists"))
})

test("the event stands in the outbox in the same transaction as its version, or neither does", async () => {
  const { subject } = await write({ data: { ...newborn, fullName: "Phạm Sự Kiện" } })
  const rows = await cast.migrator.rows<{ type: string; version: number; same: boolean }>(sql`
    select e.type, e.version, e.xmin = r.xmin as same from registers.event e join registers.record r using (subject, register, record, version)
    where e.subject = ${subject}`)
  assert.deepEqual(rows, [{ type: "person-registered", version: 1, same: true }])
  const lost = {
    type: PERSON,
    data: { ...newborn, fullName: "Phạm Mất" },
    validFrom: TODAY,
    recordedBy: "tests",
    message: message(),
  }
  const before = await counts()
  await assert.rejects(
    act(async (tx) => {
      await writeRecord(tx, lost)
      throw new Error("the deed fails")
    }),
  )
  assert.deepEqual(await counts(), before)
})

const counts = () =>
  cast.migrator.rows(
    sql`select (select count(*) from registers.record) as records, (select count(*) from registers.event) as events`,
  )

test("without a grant nothing is visible; a grant for Lan shows nothing of Hùng and nothing of another register", async () => {
  const all = sql`select distinct register, subject::text from registers.record`
  await act(async (tx) => assert.deepEqual(await tx.rows(all), []))
  await act(async (tx) => {
    await readRecords(tx, PERSON, subjectOf("lan"), TODAY)
    assert.deepEqual(await tx.rows(all), [{ register: PERSON, subject: subjectOf("lan") }])
  })
  await act(async (tx) => {
    await findLikely(tx, getRecordType(tx, PERSON), newborn)
    assert.deepEqual(await tx.rows(all), [], "what was opened to compare is closed again")
  })
  await assert.rejects(
    act(async (tx) => {
      await readRecords(tx, PERSON, subjectOf("lan"), TODAY)
      await tx.run(sql`insert into registers.record (subject, register, record, version, owner, data, valid_from, recorded_at, recorded_by, message)
        values (${subjectOf("hung")}, ${PERSON}, ${subjectOf("hung")}, 99, 'x', '{}', ${TODAY}, ${tx.now}, 'x', ${message()})`)
    }),
    /row-level security/,
  )
})

test("two who write the same subject's one record at once: one is in, the other is told", async () => {
  const entry = { type: "business/household", number: numberOf("may"), data: business("Mây") }
  const done = await Promise.allSettled([write(entry), write({ ...entry, data: business("Mây khác") })])
  assert.deepEqual(done.map((d) => d.status).sort(), ["fulfilled", "rejected"])
  assert.equal((await read("business/household", "may")).length, 1)
})

test("seeding a second time adds nothing", async () => {
  assert.equal(await act((tx) => seedRegisters(tx, TODAY)), 0)
})
