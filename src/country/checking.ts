// What each part of the check is given: the pack, the names that it knows, and a way to report.
import type { Agency } from "./agencies.ts"
import type { Country } from "./country.ts"
import { type Finding, type FindingCode, type FindingParams, finding } from "./finding.ts"
import { countryFrom } from "./load.ts"
import type { Pack } from "./pack.ts"
import { nearest } from "./schema-findings.ts"
import type { Keys, SourceFile } from "./source.ts"

export interface Checking {
  readonly pack: Pack
  readonly country: Country
  readonly findings: Finding[]
  /** Reports at the value, or at its key. */
  report(source: SourceFile, keys: Keys, code: FindingCode, params?: FindingParams, part?: "key" | "value"): void
  /** Reports `code` unless `name` is among `known`; the mend names the nearest. True when it is known. */
  known(source: SourceFile, keys: Keys, code: FindingCode, name: string, known: Iterable<string>, part?: "key" | "value"): boolean
  /** Reports `code` at each name that comes a second time. */
  once(source: SourceFile, code: FindingCode, names: readonly (readonly [name: string, keys: Keys])[]): void
}

/** Opens the check of a pack whose files fit their schemas. */
export const openChecking = (pack: Pack): Checking => checkingOf(pack, countryFrom(pack))

/** The same where the country has been laid out already. */
export function checkingOf(pack: Pack, country: Country): Checking {
  const findings: Finding[] = []
  const report: Checking["report"] = (source, keys, code, params, part) => {
    findings.push(finding(source.at(keys, part), code, params))
  }
  return {
    pack,
    country,
    findings,
    report,
    known: (source, keys, code, name, known, part) => {
      const names = known instanceof Set ? (known as Set<string>) : new Set(known)
      if (names.has(name)) return true
      report(source, keys, code, { name, near: nearest(name, names) ?? listed(names) }, part)
      return false
    },
    once: (source, code, names) => {
      const seen = new Set<string>()
      for (const [name, keys] of names) {
        if (seen.has(name)) report(source, keys, code, { name })
        seen.add(name)
      }
    },
  }
}

const LISTED_MAX = 8

function listed(names: ReadonlySet<string>): string {
  const some = [...names].slice(0, LISTED_MAX).join(", ")
  return names.size > LISTED_MAX ? `${some}, ...` : some || "-"
}

/** Ids of the kinds of agencies. */
export const kindsOf = (c: Checking) => Object.keys(c.pack.agencies.data.kinds)

/** Agencies of a kind. */
export const agenciesOf = (c: Checking, kind: string | undefined): Agency[] =>
  c.pack.agencies.data.agencies.filter((a) => a.kind === kind)

/** Reports a span whose end lies before its beginning. */
export function checkSpan(c: Checking, source: SourceFile, keys: Keys, span: { from?: string; until?: string }): void {
  if (span.from && span.until && span.until < span.from)
    c.report(source, [...keys, "until"], "dates-reversed", { from: span.from, until: span.until })
}

/** The working hours that a legal limit gives; undefined where it counts days of the calendar. */
export function hoursOf(c: Checking, { value, unit }: { value: number; unit: string }): number | undefined {
  if (unit === "working-hour") return value
  if (unit !== "working-day") return undefined
  const days = Object.values(c.pack.calendar.data.week).map((spans) =>
    spans.reduce((sum, [from, to]) => sum + minutes(to) - minutes(from), 0),
  )
  return (value * Math.max(...days)) / 60
}

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
