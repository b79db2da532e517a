// The check of country.yaml, calendar.yaml, vocabulary.yaml and the divisions.
import { existsSync } from "node:fs"
import { join } from "node:path"
import { type CalendarData, calendarVersions } from "./calendar.ts"
import { type Checking, checkSpan, kindsOf } from "./checking.ts"
import { DivisionsFile, SuccessionFile } from "./divisions.ts"
import { schemaFindings } from "./schema-findings.ts"
import { type Keys, readSource, type SourceFile } from "./source.ts"

/** Facts of the country: dates, files, statuses, time zone, patterns. */
export function checkFacts(c: Checking): void {
  const { source, data } = c.pack.facts
  for (const [i, generation] of data.generations.entries()) checkSpan(c, source, ["generations", i], spanOf(generation))
  const files = [
    ...data.generations.map((g, i) => ({ file: g.file, keys: ["generations", i, "file"], schema: DivisionsFile })),
    ...data.successions.map((s, i) => ({ file: s.file, keys: ["successions", i, "file"], schema: SuccessionFile })),
  ]
  for (const { file, keys, schema } of files) {
    if (!existsSync(join(c.pack.dir, file))) c.report(source, keys, "named-file-missing", { file })
    else {
      const rows = readSource(c.pack.dir, file)
      c.findings.push(...("data" in rows ? schemaFindings(rows, schema) : rows))
    }
  }
  const generations = data.generations.map((g) => g.id)
  for (const [i, { from, to }] of data.successions.entries()) {
    c.known(source, ["successions", i, "from"], "generation-unknown", from, generations)
    c.known(source, ["successions", i, "to"], "generation-unknown", to, generations)
  }
  const statuses = data.dossierStatuses.map((s) => s.id)
  data.dossierStatuses.forEach((status, i) => {
    for (const [j, next] of status.next.entries())
      c.known(source, ["dossierStatuses", i, "next", j], "status-unknown", next, statuses)
  })
  if (!isTimeZone(data.timeZone)) c.report(source, ["timeZone"], "time-zone-unknown", { name: data.timeZone })
  for (const keys of [
    ["phone", "pattern"],
    ["agencyCode", "pattern"],
  ] as const)
    checkPattern(c, source, keys)
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name })
    return true
  } catch {
    return false
  }
}

const spanOf = ({ from, until }: { from?: string; until?: string }) => ({ ...(from && { from }), ...(until && { until }) })

function checkPattern(c: Checking, source: SourceFile, keys: readonly [string, string]): void {
  const pattern = (c.pack.facts.data as unknown as Record<string, Record<string, string>>)[keys[0]]![keys[1]]!
  try {
    new RegExp(pattern, "u")
  } catch {
    c.report(source, keys, "pattern-broken", { pattern })
  }
}

/** Working time: no day twice, no holiday on a day worked, spans in order, everything inside the span covered. */
export function checkCalendar(c: Checking): void {
  const { source, data } = c.pack.calendar
  c.once(
    source,
    "holiday-twice",
    data.holidays.map((h, i) => [h.date, ["holidays", i, "date"]]),
  )
  checkSpan(c, source, ["covers"], data.covers)
  checkDaysOff(c, [], data, data)
  checkDecrees(c)
  const weeks: [readonly (string | number)[], Readonly<Record<string, unknown>>][] = [
    [["week"], data.week],
    ...data.exceptions.map((e, i) => [["exceptions", i, "week"], e.week] as [(string | number)[], Record<string, unknown>]),
  ]
  for (const [keys, week] of weeks)
    for (const [day, spans] of Object.entries(week)) checkHours(c, source, [...keys, day], spans as [string, string][])
  for (const [i, { agencyKind }] of data.exceptions.entries())
    c.known(source, ["exceptions", i, "agencyKind"], "agency-kind-unknown", agencyKind, kindsOf(c))
}

type DaysOff = Pick<CalendarData, "holidays" | "swaps">

/** Days off as the base or a decree names them, in the calendar that they make: real, covered, and none of them worked. */
function checkDaysOff(c: Checking, keys: Keys, { holidays, swaps }: DaysOff, whole: CalendarData): void {
  const { source, data } = c.pack.calendar
  const off = new Set(whole.holidays.map(({ date }) => date))
  const worked = new Set(whole.swaps.map((swap) => swap.worked))
  swaps.forEach((swap, i) => {
    if (off.has(swap.worked)) c.report(source, [...keys, "swaps", i, "worked"], "holiday-worked", { date: swap.worked })
    if (swap.off === swap.worked) c.report(source, [...keys, "swaps", i, "worked"], "swap-of-one-day", { date: swap.off })
  })
  holidays.forEach(({ date }, i) => {
    const at = [...keys, "holidays", i, "date"]
    if (keys.length > 0 && worked.has(date)) c.report(source, at, "holiday-worked", { date })
    if (date < data.covers.from || date > data.covers.until) c.report(source, at, "day-not-covered", { date })
    if (!isRealDay(date)) c.report(source, at, "no-such-day", { date })
  })
}

/** Decrees: a version each, in the order in which they became known. */
function checkDecrees(c: Checking): void {
  const { source, data } = c.pack.calendar
  const { decrees = [] } = data
  const names = [data.version, ...decrees.map(({ version }) => version)]
  c.once(
    source,
    "id-twice",
    names.map((name, i) => [name, i === 0 ? ["version"] : ["decrees", i - 1, "version"]]),
  )
  decrees.forEach(({ since, holidays = [], swaps = [] }, i) => {
    const from = i === 0 ? data.since : decrees[i - 1]!.since
    if (from !== undefined && since < from) c.report(source, ["decrees", i, "since"], "dates-reversed", { from, until: since })
    checkDaysOff(c, ["decrees", i], { holidays, swaps }, calendarVersions(data)[i + 1]!)
  })
}

function checkHours(
  c: Checking,
  source: SourceFile,
  keys: readonly (string | number)[],
  spans: readonly [string, string][],
): void {
  let last = ""
  spans.forEach(([from, to], i) => {
    if (from >= to || from < last) c.report(source, [...keys, i], "hours-reversed", { from, to })
    last = to
  })
}

/** True for a day that the calendar has: 2026-02-30 is none. */
export function isRealDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}

/** Data elements: code lists and source registers exist, and the source's field is that element. */
export function checkVocabulary(c: Checking): void {
  const { source, data } = c.pack.vocabulary
  const fields = new Map(
    c.pack.registers.flatMap(({ data: register }) =>
      register.records.flatMap((record) =>
        record.fields.map((f) => [`${register.id}/${record.id}.${f.id}` as string, f.is] as const),
      ),
    ),
  )
  for (const [id, element] of Object.entries(data.elements)) {
    const keys = ["elements", id]
    if (element.codes !== undefined)
      c.known(source, [...keys, "codes"], "code-list-unknown", element.codes, Object.keys(data.codeLists))
    if (element.type === "choice" && !element.codes && !element.options)
      c.report(source, keys, "choice-without-list", { name: id }, "key")
    if (element.source === undefined) continue
    const known = c.known(
      source,
      [...keys, "source"],
      "register-field-unknown",
      element.source,
      fields.keys() as Iterable<string>,
    )
    const is = fields.get(element.source)
    if (known && is !== id && is !== undefined && is in data.elements)
      c.report(source, [...keys, "source"], "source-is-another", { name: element.source, is })
  }
  for (const [id, items] of Object.entries(data.codeLists))
    c.once(
      source,
      "code-twice",
      items.map((item, i) => [item.id, ["codeLists", id, i, "id"]]),
    )
}
