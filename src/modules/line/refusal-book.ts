// What the line has refused, in the book of the site: the like of one moment as one entry with its count, so that a flood can't fill the book.
import { append } from "#audit"
import type { Actor, Db } from "#platform/db"
import type { Site } from "#platform/site"
import { REFUSALS_HELD_MAX, REFUSALS_NOTED_PER_MINUTE_MAX } from "./limits.ts"
import type { Refused } from "./refused.ts"

export interface RefusalBook {
  /** Never throws and never waits. */
  note(refused: Refused): void
  /** Writes what is held. */
  close(): Promise<void>
}

const SYSTEM: Actor = { kind: "system", name: "line" }
/** The book of what belongs to no agency. */
const SITE_BOOK = "site"
/** The like of so short a time become one entry. */
const GATHER_MS = 250
const MINUTE_MS = 60_000

interface Held {
  readonly refused: Refused
  count: number
}

/** Opens it. A refusal stands in the book a moment later; beyond the limit of a minute they wait for the next, counted. */
export function openRefusalBook(db: Db, site: Site): RefusalBook {
  let held = new Map<string, Held>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let minute = { from: 0, noted: 0 }
  const write = () => {
    timer = undefined
    const now = performance.now()
    if (now - minute.from >= MINUTE_MS) minute = { from: now, noted: 0 }
    if (minute.noted >= REFUSALS_NOTED_PER_MINUTE_MAX) return wait(minute.from + MINUTE_MS - now)
    const batch = [...held.values()].slice(0, REFUSALS_NOTED_PER_MINUTE_MAX - minute.noted)
    held = new Map([...held].slice(batch.length))
    minute.noted += batch.length
    writing = writing.then(() => enter(db, batch)).catch((err: Error) => site.log.error({ err }, "refusals were not noted"))
    if (held.size > 0) wait(minute.from + MINUTE_MS - now)
  }
  const wait = (ms: number) => {
    timer ??= setTimeout(write, ms).unref()
  }
  return {
    note: (refused) => {
      const { message: _, ...like } = refused
      const name = JSON.stringify(like)
      const known = held.get(name)
      if (known) known.count++
      else if (held.size < REFUSALS_HELD_MAX) held.set(name, { refused, count: 1 })
      wait(GATHER_MS)
    },
    close: async () => {
      clearTimeout(timer)
      await writing
      await enter(db, [...held.values()])
      held = new Map()
    },
  }
}

async function enter(db: Db, batch: readonly Held[]): Promise<void> {
  if (batch.length === 0) return
  await db.tx(SYSTEM, async (tx) => {
    for (const { refused, count } of batch) {
      const { code: reason, ...rest } = refused
      append(tx, { agency: SITE_BOOK, event: "line-refused", details: { ...rest, reason, count } })
    }
  })
}
