// The stories that each service brings along (tests.yaml), acted out against its form, its process and the calendar.
import assert from "node:assert/strict"
import { resolve } from "node:path"
import { test } from "node:test"
import { type Country, fullName, loadCountry, type Service, type ServiceStory, seedRows, textIn } from "#country"
import { dueAt, instantAt, localDateOf, workingCalendar } from "#engines/calendar"
import {
  applyFetched,
  askedFields,
  checkAll,
  compileForm,
  type Form,
  type FormContext,
  type FormValues,
  type Json,
  keyOf,
  reachedFields,
  type Vocabulary,
  visiblePages,
} from "#engines/form"
import { compileProcess, usualPath } from "#engines/process"

/** What the registers answer to the applicant's form on that day, those that are `down` keeping silent. */
function fetched(country: Country, form: Form, story: ServiceStory): { values: FormValues; context: FormContext } {
  const person = country.cast.people.find((p) => p.id === story.given.applicant)!
  const today = story.given.at.slice(0, 10)
  const rows = seedRows(country, today).filter((r) => !story.given.down?.includes(r.register))
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

function actOut(country: Country, { definition, form: formData, process: processData }: Service, story: ServiceStory): void {
  const form = compileForm(formData, country.vocabulary.elements as Vocabulary)
  const { values, context } = fetched(country, form, story)
  for (const pattern of story.fetched ?? []) {
    const reached = form.pages.flatMap((page) => reachedFields(form, page, values, context))
    const meant = reached.filter((f) => f.id.startsWith(pattern.replace(/\*$/, "")) && f.type !== "computed")
    assert.ok(meant.length > 0, `no field ${pattern}`)
    for (const field of meant) assert.equal(values[field.id]?.state, "verified", field.id)
  }
  const given = Object.entries(story.answers ?? {}).map(([id, value]) => [id, { value, state: "declared" }] as const)
  const all: FormValues = { ...values, ...(Object.fromEntries(given) as FormValues) }
  const { expect } = story
  const errors = checkAll(form, all, context).map((e) => e.code)
  if (expect.error) assert.ok(errors.includes(expect.error), errors.join(", "))
  else if (expect.end) assert.deepEqual(errors, [])
  const asked = visiblePages(form, values, context).flatMap((page) => askedFields(form, page, values, context).map((f) => f.id))
  for (const id of expect.asked ?? []) assert.ok(asked.includes(id), id)
  if (expect.steps)
    assert.deepEqual(
      usualPath(compileProcess(processData)).map((s) => s.id),
      expect.steps,
    )
  if (expect.fee !== undefined) assert.equal(definition.fee.amounts?.online, expect.fee)
  if (expect.due) assert.equal(dueDay(country, definition, story), expect.due)
}

function dueDay(country: Country, { limit, authority }: Service["definition"], story: ServiceStory): string {
  const agencyKind = authority.kind
  const calendar = workingCalendar(country.calendar, { timeZone: country.timeZone, ...(agencyKind && { agencyKind }) })
  const [day = "", time = ""] = story.given.at.split("T")
  const { value, unit, cutoff } = limit
  const term = { receivedAt: instantAt(calendar, day, time), limit: { value, unit: unit as "working-day" }, cutoff }
  return localDateOf(calendar, dueAt(calendar, term).due)
}

for (const pack of ["../../countries/viet-nam", "arvelia"]) {
  const country = loadCountry(resolve(import.meta.dirname, pack))
  for (const service of country.services.values())
    for (const story of service.stories)
      test(`${country.id}, ${service.definition.code}: ${textIn(story.story, "en")}`, () => actOut(country, service, story))
}
