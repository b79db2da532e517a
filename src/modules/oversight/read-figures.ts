// The figures of a span of time: by service, and by who talks to whom.
import type { FigureSide, Tally } from "#line"
import type { Tx } from "#platform/db"
import { tallyOf } from "./keep-figures.ts"
import { mergeFigures, percentileMs } from "./merge-figures.ts"
import { refuseAllBut, SEES_FIGURES, sightOf } from "./sight.ts"
import { selectFigures } from "./store.ts"

/** Spans that are looked at, in minutes. */
export const spans = { "5m": 5, "1h": 60, "24h": 1_440 } as const
export type Span = keyof typeof spans

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export interface ServiceFigures {
  readonly side: FigureSide
  /** `I/C/M/S/SERVICE`. */
  readonly service: string
  readonly consumers: readonly string[]
  readonly count: number
  readonly failed: number
  /** Failures by code, the most frequent first. */
  readonly codes: readonly (readonly [code: string, count: number])[]
  readonly requestBytes: number
  readonly responseBytes: number
  /** Milliseconds; undefined beyond the last class. */
  readonly p50: number | undefined
  readonly p95: number | undefined
  readonly p99: number | undefined
}

/** What one site has asked of another. */
export interface Talk {
  /** Ids of sites; "-" for one that the directory does not know. */
  readonly from: string
  readonly to: string
  readonly count: number
  readonly failed: number
  readonly perMinute: number
  readonly codes: ServiceFigures["codes"]
}

export interface Seen {
  readonly from: Date
  readonly until: Date
  /** Names of sites and services by their ids, as the directory has them. */
  readonly names: ReadonlyMap<string, string>
}

/** By service and side, the busiest first; for technical administrators and auditors. Throws `not-allowed`, `federation-alone`. */
export async function readServiceFigures(tx: Tx, span: Span): Promise<Seen & { readonly services: readonly ServiceFigures[] }> {
  const { rows, ...seen } = await readSpan(tx, span)
  const consumers = new Map<string, Set<string>>()
  const keyOf = ({ side, service }: Tally) => `${side} ${service}`
  for (const row of rows) consumers.set(keyOf(row), (consumers.get(keyOf(row)) ?? new Set()).add(row.consumer))
  const services = mergeFigures(rows, keyOf)
    .map((sum) => ({ ...figuresOf(sum), consumers: [...consumers.get(keyOf(sum))!].sort() }))
    .sort((a, b) => b.count - a.count)
  return { ...seen, services }
}

function figuresOf({ side, service, count, failed, codes, requestBytes, responseBytes, latency }: Tally) {
  const at = (share: number) => percentileMs(latency, share)
  return {
    ...{ side, service, count, failed, requestBytes, responseBytes, codes: byFrequency(codes) },
    ...{ p50: at(0.5), p95: at(0.95), p99: at(0.99) },
  }
}

const byFrequency = (codes: Readonly<Record<string, number>>) => Object.entries(codes).sort(([, a], [, b]) => b - a)

/** Who talks to whom, the busiest first: what this site has asked, and what it was asked. Throws as above. */
export async function readTalks(tx: Tx, span: Span): Promise<Seen & { readonly own: string; readonly talks: readonly Talk[] }> {
  const { rows, ...seen } = await readSpan(tx, span)
  const { access, file } = sightOf(tx)
  const siteOf = (id: string) => access.siteOf(id)?.id ?? "-"
  const ends = (row: Tally) => [siteOf(row.consumer), siteOf(subsystemOf(row.service))] as const
  // What a site asks of itself is counted on both of its sides.
  const once = rows.filter((row) => row.side === "consumer" || siteOf(row.consumer) !== file.site)
  const minutes = Math.max(1, (seen.until.getTime() - seen.from.getTime()) / MINUTE_MS)
  const talks = mergeFigures(once, (row) => ends(row).join(" "))
    .map((sum): Talk => {
      const [from, to] = ends(sum)
      const { count, failed, codes } = sum
      return { from, to, count, failed, perMinute: count / minutes, codes: byFrequency(codes) }
    })
    .sort((a, b) => b.count - a.count)
  return { ...seen, own: file.site, talks }
}

/** `I/C/M/S` of `I/C/M/S/SERVICE`. */
const subsystemOf = (service: string): string => service.split("/").slice(0, 4).join("/")

async function readSpan(tx: Tx, span: Span): Promise<Seen & { rows: Tally[] }> {
  refuseAllBut(tx, SEES_FIGURES)
  const { access, figures } = sightOf(tx)
  const until = tx.now.getTime()
  const wanted = until - spans[span] * MINUTE_MS
  // Hours are whole ones: a span that reaches behind the minutes begins with an hour.
  const from = new Date(span === "24h" ? wanted - (wanted % HOUR_MS) : wanted - (wanted % MINUTE_MS))
  const kept = await selectFigures(tx, from, new Date(until + MINUTE_MS))
  const open = figures.open().filter(({ minuteAt }) => minuteAt >= from)
  const { sites = [], services = [] } = access.directory ?? {}
  const names = new Map([...sites, ...services].map(({ id, name }) => [id, name]))
  return { from, until: tx.now, names, rows: [...kept.map(tallyOf), ...open] }
}
