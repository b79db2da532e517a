// Keeps the figures of the line: every minute what has ended is stored, old minutes become hours, and old hours go.
import type { Actor, Db, Tx } from "#platform/db"
import { newId } from "#platform/ids"
import type { Site } from "#platform/site"
import { FIGURES_EVERY_MS, FIGURES_KEPT_MS, HOURS_AT_ONCE, MINUTES_KEPT_MS } from "./limits.ts"
import { mergeFigures } from "./merge-figures.ts"
import { findSight } from "./sight.ts"
import { deleteFiguresBefore, deleteMinutes, type FigureRow, insertFigure, oldestMinute, selectMinutes } from "./store.ts"

const SYSTEM: Actor = { kind: "system", name: "oversight" }
const HOUR_MS = 3_600_000

export interface FiguresUpkeep {
  /** One round now; with `whole` the minute under way too. */
  round(whole?: boolean): Promise<void>
  /** Keeps what is left, and ends. */
  stop(): Promise<void>
}

/** Starts the rounds. A round that fails is noted in the log, and what it held is kept by the next. */
export function startFigures(db: Db, site: Site): FiguresUpkeep {
  let running: Promise<void> = Promise.resolve()
  const round = (whole = false): Promise<void> => {
    running = running.then(() => keepFigures(db, site, whole))
    return running
  }
  const timer = setInterval(() => void round(), FIGURES_EVERY_MS)
  return {
    round,
    stop: () => {
      clearInterval(timer)
      return round(true)
    },
  }
}

async function keepFigures(db: Db, site: Site, whole: boolean): Promise<void> {
  const figures = findSight(site)?.figures
  const taken = figures?.take(site.clock(), whole) ?? []
  try {
    if (taken.length > 0)
      await db.tx(SYSTEM, async (tx) => {
        for (const { minuteAt, ...tally } of taken) insertFigure(tx, newId(tx.now), { ...tally, fromAt: minuteAt, minutes: 1 })
      })
  } catch (error) {
    figures?.giveBack(taken)
    site.log.warn({ err: error }, "the figures of the line were not kept")
    return
  }
  await db.tx(SYSTEM, foldFigures).catch((error: Error) => site.log.warn({ err: error }, "old figures were not folded"))
}

/** Takes minutes that are old together into hours, and lets go of hours that are older still. */
export async function foldFigures(tx: Tx): Promise<void> {
  const until = hourOf(tx.now.getTime() - MINUTES_KEPT_MS)
  for (let hour = 0; hour < HOURS_AT_ONCE; hour++) {
    const oldest = await oldestMinute(tx)
    if (!oldest || oldest.at.getTime() >= until) break
    const from = new Date(hourOf(oldest.at.getTime()))
    const end = new Date(from.getTime() + HOUR_MS)
    const rows = await selectMinutes(tx, from, end)
    deleteMinutes(tx, from, end)
    for (const sum of mergeFigures(rows.map(tallyOf))) insertFigure(tx, newId(tx.now), { ...sum, fromAt: from, minutes: 60 })
  }
  deleteFiguresBefore(tx, new Date(tx.now.getTime() - FIGURES_KEPT_MS))
}

const hourOf = (ms: number): number => ms - (ms % HOUR_MS)

/** A row as something that can be added to. */
export const tallyOf = ({ codes, latency, ...row }: FigureRow) => ({ ...row, codes: { ...codes }, latency: [...latency] })
