// The engines on one thread, counted by the second of processor time: rules, tables, processes, forms, due dates, hostile definitions;
// and publishing on a PostgreSQL of its own, with what a process weighs that has loaded a country's definitions.
import { join } from "node:path"
import { evaluate as feelin, unaryTest } from "feelin"
import { formContext } from "#cases"
import { type Country, loadCountry, seedRows } from "#country"
import { dueAt, workingCalendar } from "#engines/calendar"
import { compileModel, decide, readDmn } from "#engines/dmn"
import { compileFeel, type Value } from "#engines/feel"
import {
  applyFetched,
  checkAll,
  compileForm,
  type Form,
  type FormContext,
  type FormValues,
  type Json,
  keyOf,
  readPage,
  submission,
  type Vocabulary,
  visiblePages,
} from "#engines/form"
import { compileProcess, type Process, type ProcessState, start, step } from "#engines/process"
import { packageRoot } from "#platform/config"
import type { Tx } from "#platform/db"
import { bpmnEngineRate } from "./bpmn-engine.ts"
import { hostileMeasures } from "./engines-hostile.ts"
import { publishedMeasures } from "./engines-published.ts"
import { feeCells, feeModel } from "./fee-model.ts"
import { type Benchmark, type Measure, median } from "./measure.ts"

const ROUNDS = 7
const ROUND_CPU_SECONDS = 0.5
const BATCH = 50
const ROWS = 50
const BIRTH = "1.001193"
const NOW = new Date("2026-03-09T03:00:00Z")

/** Benchmark `engines`. */
export const run: Benchmark = async () => {
  const country = loadCountry(join(packageRoot(), "countries/viet-nam"))
  const service = country.services.get(BIRTH)!
  const births = compileProcess(service.process as Parameters<typeof compileProcess>[0])
  const form = compileForm(
    service.form as Parameters<typeof compileForm>[0],
    country.vocabulary.elements as unknown as Vocabulary,
  )
  const context = contextIn(country)
  const values = filled(country, form, context)
  const calendar = workingCalendar(country.calendar, { timeZone: country.timeZone, agencyKind: "commune-committee" })
  const limit = { value: 30, unit: "working-day" } as const
  const pause = { from: new Date("2026-03-12T03:00:00Z"), to: new Date("2026-03-20T03:00:00Z") }
  const fields = Object.keys(values).length
  return [
    {
      name: "five-step processes a CPU-second",
      value: perCpuSecond(() => runThrough(births)),
      unit: "/s",
      atLeast: 20_000,
      about: "state through JSON at each step",
    },
    { name: "the same number of steps in bpmn-engine", value: await bpmnEngineRate(), unit: "/s", about: "its state after each" },
    {
      name: "checks of the whole birth form",
      value: perCpuSecond(() => void checkAll(form, values, context)),
      unit: "/s",
      about: `${fields} values`,
    },
    { name: "submissions drawn from it", value: perCpuSecond(() => void submission(form, values, context)), unit: "/s" },
    ...(await ruleMeasures()),
    ...(await hostileMeasures()),
    ...(await publishedMeasures()),
    {
      name: "due dates",
      value: perCpuSecond(() => void dueAt(calendar, { receivedAt: NOW, limit, suspensions: [pause] })),
      unit: "/s",
      about: "30 working days with a pause, with their arithmetic",
    },
  ]
}

/** Rules alone: an expression beside feelin, and a table of fifty rows. */
async function ruleMeasures(): Promise<Measure[]> {
  const rule = compileFeel(eligibility, Object.keys(applicant))
  const table = compileModel(readDmn(feeModel(ROWS)))
  const inputs = new Map<string, Value>(Object.entries({ age: 77, kind: "poor" }))
  if (rule.evaluate(applicant) !== true || decide(table, "fee", inputs).result !== 380 || holding(77, "poor").join() !== "38")
    throw new Error("the rules don't decide as they should")
  return [
    {
      name: "eligibility rules of eleven inputs",
      value: perCpuSecond(() => void rule.evaluate(applicant)),
      unit: "/s",
      atLeast: 500_000,
    },
    {
      name: "the same by feelin",
      value: perCpuSecond(() => void feelin(eligibility, applicant)),
      unit: "/s",
      about: "it parses each time",
    },
    {
      name: "decision tables of fifty rows",
      value: perCpuSecond(() => void decide(table, "fee", inputs)),
      unit: "/s",
      atLeast: 200_000,
      about: "with their traces",
    },
    {
      name: "the same rows by feelin, cell by cell",
      value: perCpuSecond(() => void holding(77, "poor")),
      unit: "/s",
      about: "it knows no tables",
    },
  ]
}

/** The rows of the fee table that hold, by feelin's unary tests. */
function holding(age: number, kind: string): number[] {
  const holds = (cell: string, value: unknown) => cell === "-" || unaryTest(cell, { "?": value }).value === true
  return Array.from({ length: ROWS }, (_, row) => row).filter((row) => {
    const [years, households] = feeCells(row)
    return holds(years, age) && holds(households, kind)
  })
}

const eligibility =
  'age >= 18 and residence = "X" and income <= 3.5 * base and children < 5 and married = true and months > 6 and not(convicted) and (house = "A" or house = "B") and area <= 60.5 and region in ("N", "S", "X")'

const applicant = {
  age: 30,
  residence: "X",
  income: 5_000_000,
  base: 2_340_000,
  children: 2,
  married: true,
  months: 12,
  convicted: false,
  house: "B",
  area: 45.5,
  region: "X",
}

/** How often `act` can be done in a second of processor time: the median of the rounds. */
function perCpuSecond(act: () => void): number {
  const once = () => {
    const before = process.cpuUsage()
    let done = 0
    for (;;) {
      for (let n = 0; n < BATCH; n++) act()
      done += BATCH
      const { user, system } = process.cpuUsage(before)
      const seconds = (user + system) / 1_000_000
      if (seconds > ROUND_CPU_SECONDS) return done / seconds
    }
  }
  once()
  return median(Array.from({ length: ROUNDS }, once))
}

/** The case without incident, as the database would carry it from step to step. */
function runThrough(of: Process): void {
  let { state } = start(of)
  for (let moves = 0; state.at !== null && moves < 5; moves++) {
    const open = of.steps.get(state.at!)!
    const outcome = open.next.keys().next().value!
    const stored = JSON.parse(JSON.stringify(state)) as ProcessState
    const moved = step(of, stored, { step: open.id, outcome, by: `official ${moves}`, roles: [open.role] })
    if ("refused" in moved) throw new Error(`refused: ${moved.refused.code}`)
    state = moved.state
  }
  if (!state.ended) throw new Error("the process has not come to its end")
}

function contextIn(country: Country): FormContext {
  const mother = country.cast.people.find((p) => p.id === "lan")!
  const tx = { site: { reference: country }, now: NOW } as unknown as Tx
  return formContext(tx, "vi", { number: mother.number, fullName: "Nguyễn Ngọc Lan" })
}

/** The form as Lan fills it in: what the seed records say, and the child's name. */
function filled(country: Country, form: Form, context: FormContext): FormValues {
  const rows = seedRows(country, context.today)
  const known: Record<string, Readonly<Record<string, Json>>> = { applicant: context.applicant ?? {} }
  let values: FormValues = {}
  for (const fetch of form.fetches) {
    const number = keyOf(fetch, values, known, context)
    const type = fetch.service.replace(/\.read$/, "")
    const record = rows.find((row) => `${row.register}/${row.record}` === type && row.key === number)?.values
    if (record) known[fetch.id] = record as Readonly<Record<string, Json>>
    const source = { register: type, record: "seed", asOf: NOW.toISOString(), message: "seed" }
    values = applyFetched(form, values, fetch.id, known[fetch.id], record && source)
  }
  const name = { "child.familyName": "Phạm", "child.middleName": "Gia", "child.givenName": "Minh" }
  const answers = { ...name, "child.nationality": "VN", "child.ethnicity": "kinh", truth: "yes" }
  for (const page of visiblePages(form, values, context)) values = readPage(form, page, answers, values, context).values
  const errors = checkAll(form, values, context)
  if (errors.length > 0) throw new Error(`the form is not filled: ${JSON.stringify(errors)}`)
  return values
}
