// The statements of the figures.
import type { FigureSide } from "#line"
import { sql, type Tx } from "#platform/db"

export interface FigureRow {
  readonly consumer: string
  readonly service: string
  readonly side: FigureSide
  readonly fromAt: Date
  readonly minutes: 1 | 60
  readonly count: number
  readonly failed: number
  readonly codes: Readonly<Record<string, number>>
  readonly requestBytes: number
  readonly responseBytes: number
  readonly latency: readonly number[]
  readonly totalMs: number
}

export function insertFigure(tx: Tx, part: string, f: FigureRow): void {
  tx.send(sql`
    insert into oversight.figure (consumer, service, side, from_at, minutes, part, count, failed, codes, request_bytes, response_bytes,
      latency, total_ms)
    values (${f.consumer}, ${f.service}, ${f.side}, ${f.fromAt}, ${f.minutes}, ${part}, ${f.count}, ${f.failed},
      ${JSON.stringify(f.codes)}, ${f.requestBytes}, ${f.responseBytes}, ${f.latency}::bigint[], ${f.totalMs})`)
}

const columns = sql`consumer, service, side, from_at as "fromAt", minutes, count::float8 as count, failed::float8 as failed, codes,
  request_bytes::float8 as "requestBytes", response_bytes::float8 as "responseBytes", latency::float8[] as latency,
  total_ms::float8 as "totalMs"`

/** Figures that begin at or after `from`. */
export const selectFigures = (tx: Tx, from: Date, until: Date): Promise<FigureRow[]> =>
  tx.rows<FigureRow>(sql`
    select ${columns} from oversight.figure where from_at >= ${from} and from_at < ${until} order by from_at`)

/** Figures by the minute that began before `until`, the oldest first. */
export const selectMinutes = (tx: Tx, from: Date, until: Date): Promise<FigureRow[]> =>
  tx.rows<FigureRow>(sql`
    select ${columns} from oversight.figure where minutes = 1 and from_at >= ${from} and from_at < ${until}`)

export const oldestMinute = (tx: Tx): Promise<{ at: Date } | undefined> =>
  tx.find<{ at: Date }>(sql`select from_at as at from oversight.figure where minutes = 1 order by from_at limit 1`)

export const deleteMinutes = (tx: Tx, from: Date, until: Date): void =>
  tx.send(sql`delete from oversight.figure where minutes = 1 and from_at >= ${from} and from_at < ${until}`)

export const deleteFiguresBefore = (tx: Tx, until: Date): void =>
  tx.send(sql`delete from oversight.figure where from_at < ${until}`)
