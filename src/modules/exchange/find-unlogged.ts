// Calls of systems that stand in the evidence and not in the log: the program was killed in the second before it would have written them.
import { type PastCall, pastCalls, type SystemCall } from "#line"
import type { Actor, Db, Tx } from "#platform/db"
import { timeOfId } from "#platform/ids"
import { otherSites } from "./other-sites.ts"
import { newestPassage, selectLogged, selectPassedSince } from "./store.unlogged.ts"
import { wirePaths } from "./wire.ts"

/** A call is over, or given up, so long after it began. */
const CALL_MAX_MS = 90_000
/** How far back the evidence is read where the log is older, as at a site that was asked by nobody. */
export const LOOK_BACK_MS = 5 * 60_000
/** Calls that are looked at. */
export const CALLS_LOOKED_AT_MAX = 200_000

const SYSTEM: Actor = { kind: "system", name: "systems-log" }

/** Calls whose evidence was on disk before `until`, and of which the log has no row. `book` names the log of the evidence. */
export async function findUnlogged(db: Db, book: string, until: Date): Promise<SystemCall[]> {
  const newest = timeOfId((await db.tx(SYSTEM, newestPassage)) ?? "")?.getTime() ?? CALL_MAX_MS
  const from = new Date(newest - CALL_MAX_MS)
  const calls = await pastCalls(db, book, { from, until, spanMs: LOOK_BACK_MS }, CALLS_LOOKED_AT_MAX)
  return db.tx(SYSTEM, (tx) => withoutRow(tx, calls))
}

async function withoutRow(tx: Tx, calls: readonly PastCall[]): Promise<PastCall[]> {
  const first = calls.reduce((least, { at }) => Math.min(least, at), Infinity)
  if (!Number.isFinite(first)) return []
  const passed = new Set<string>()
  for (const { side, messages } of await selectPassedSince(tx, new Date(first)))
    for (const message of messages) passed.add(`${side} ${message}`)
  const left = calls.filter((call) => !passed.has(`${call.side} ${call.message}`) && !isCollection(tx, call))
  // What the site itself has asked or answered for a register, and what was about a stated person.
  const logged = new Set(await selectLogged(tx, [...new Set(left.map(({ message }) => message))]))
  return left.filter(({ message }) => !logged.has(message))
}

/** The rounds of the courier are in no log. */
function isCollection(tx: Tx, { part, path }: PastCall): boolean {
  if (path !== wirePaths.collection) return false
  return otherSites(tx)?.access.service(part.slice("/r1/".length))?.type === "REGISTER"
}
