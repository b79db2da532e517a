// Acts out the stories that a service brings along: its form, its process and the calendar give what each story expects, or not.
import { dueAt, instantAt, localDateOf, workingCalendar } from "#engines/calendar"
import {
  applyFetched,
  askedFields,
  checkAll,
  type Form,
  type FormContext,
  type FormValues,
  type Json,
  keyOf,
  reachedFields,
  visiblePages,
} from "#engines/form"
import { type Process, usualPath } from "#engines/process"
import { calendarOn } from "./calendar.ts"
import type { Country } from "./country.ts"
import { fullName } from "./names.ts"
import { type SeedRow, seedRows } from "./seeds.ts"
import type { ServiceDefinition, ServiceStory } from "./service.ts"

/** Something that a story expects and does not get; `keys` lead to it in the story. */
export interface Unmet {
  readonly keys: readonly (string | number)[]
  readonly what: string
  readonly wanted: string
  readonly got: string
}

/** What is acted out: a definition whose form and process compile. */
export interface Acted {
  readonly service: ServiceDefinition
  readonly form: Form
  readonly process: Process
}

/** What a story expects of a definition and does not get; empty when it holds. The applicant must be one of the country's cast. */
export function actStory(country: Country, { service, form, process }: Acted, story: ServiceStory): Unmet[] {
  const unmet: Unmet[] = []
  const want = (keys: Unmet["keys"], what: string, holds: boolean, wanted: unknown, got: unknown) => {
    if (!holds) unmet.push({ keys, what, wanted: shown(wanted), got: shown(got) })
  }
  const { expect } = story
  const { values, context } = fetched(country, form, story)
  story.fetched?.forEach((pattern, i) => {
    const reached = form.pages.flatMap((page) => reachedFields(form, page, values, context))
    const meant = reached.filter((f) => f.id.startsWith(pattern.replace(/\*$/, "")) && f.type !== "computed")
    const unverified = meant.filter((f) => values[f.id]?.state !== "verified").map((f) => f.id)
    want(["fetched", i], "fetched", meant.length > 0 && unverified.length === 0, pattern, unverified)
  })
  const given = Object.entries(story.answers ?? {}).map(([id, value]) => [id, { value, state: "declared" }] as const)
  const all: FormValues = { ...values, ...(Object.fromEntries(given) as FormValues) }
  const errors = checkAll(form, all, context)
  const codes = errors.map(({ code }) => code)
  if (expect.error) want(["expect", "error"], "error", codes.includes(expect.error as never), expect.error, codes)
  else if (expect.end) {
    const said = errors.map(({ field, code }) => `${field}: ${code}`)
    want(["expect", "end"], "end", errors.length === 0, expect.end, said)
  }
  const asked = visiblePages(form, values, context).flatMap((page) => askedFields(form, page, values, context).map((f) => f.id))
  for (const [i, id] of expect.asked?.entries() ?? []) want(["expect", "asked", i], "asked", asked.includes(id), id, asked)
  if (expect.steps) {
    const steps = usualPath(process).map(({ id }) => id)
    want(["expect", "steps"], "steps", String(steps) === String(expect.steps), expect.steps, steps)
  }
  const fee = service.fee.amounts?.online
  if (expect.fee !== undefined) want(["expect", "fee"], "fee", fee === expect.fee, expect.fee, fee)
  if (expect.due && service.limit.unit !== "unspecified") {
    const due = dueDay(country, service, story)
    want(["expect", "due"], "due", due === expect.due, expect.due, due)
  }
  return unmet
}

const SHOWN_MAX = 120

function shown(value: unknown): string {
  const text = Array.isArray(value) ? value.join(", ") : String(value ?? "")
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text || "-"
}

const seeds = new WeakMap<Country, Map<string, SeedRow[]>>()

/** The cast's records as of a day, written out once. */
function seedsOf(country: Country, day: string): SeedRow[] {
  const byDay = seeds.get(country) ?? new Map<string, SeedRow[]>()
  seeds.set(country, byDay)
  const rows = byDay.get(day) ?? seedRows(country, day)
  byDay.set(day, rows)
  return rows
}

/** What the registers answer to the applicant's form on that day, those that are `down` keeping silent. */
function fetched(country: Country, form: Form, story: ServiceStory): { values: FormValues; context: FormContext } {
  const person = country.cast.people.find((p) => p.id === story.given.applicant)!
  const today = story.given.at.slice(0, 10)
  const rows = seedsOf(country, today).filter((r) => !story.given.down?.includes(r.register))
  const applicant = { number: person.number, fullName: fullName(country, person.name) }
  const context: FormContext = { lang: country.languages[0]!, today, applicant }
  const known: Record<string, Readonly<Record<string, Json>>> = { applicant }
  let values: FormValues = {}
  for (const fetch of form.fetches) {
    const key = keyOf(fetch, values, known, context)
    const row = rows.find((r) => `${r.register}/${r.record}.read` === fetch.service && r.key === key)
    if (!row) continue
    known[fetch.id] = row.values as Readonly<Record<string, Json>>
    const source = { register: `${row.register}/${row.record}`, record: row.key, asOf: today, message: "story" }
    values = applyFetched(form, values, fetch.id, known[fetch.id], source)
  }
  return { values, context }
}

function dueDay(country: Country, { limit, authority }: ServiceDefinition, story: ServiceStory): string {
  const agencyKind = authority.kind
  const [day = "", time = "00:00"] = story.given.at.split("T")
  const place = { timeZone: country.timeZone, ...(agencyKind && { agencyKind }) }
  const calendar = workingCalendar(calendarOn(country.calendar, day), place)
  const { value, unit, cutoff } = limit
  const term = { receivedAt: instantAt(calendar, day, time), limit: { value, unit: unit as "working-day" }, cutoff }
  return localDateOf(calendar, dueAt(calendar, term).due)
}
