// The log of what information systems exchange: gathered in memory as it passes and written beside the road, a row for many messages;
// what is about a stated person is written before it is answered.
import type { SystemCall, SystemsLog } from "#line"
import type { Actor, Db, Tx } from "#platform/db"
import { isId, newId } from "#platform/ids"
import type { Site } from "#platform/site"
import { findUnlogged } from "./find-unlogged.ts"
import { delayedBy, digest } from "./log-message.ts"
import { readCall } from "./read-call.ts"
import { insertPassage } from "./store.passages.ts"
import { insertMessage } from "./store.ts"

/** How often what has passed is written. */
export const PASSAGES_EVERY_MS = 1_000
/** Messages that one row holds. */
export const MESSAGES_OF_PASSAGE_MAX = 256
/** Messages that wait for their row; further ones stand in the evidence alone, and the log of the program says how many. */
export const PASSAGES_HELD_MAX = 200_000

const SYSTEM: Actor = { kind: "system", name: "systems-log" }

/** Messages that share everything but their id and their time. */
interface Passage {
  readonly of: SystemCall
  readonly messages: string[]
  readonly at: number[]
}

interface Stated {
  readonly call: SystemCall
  readonly number: string
  done(): void
  failed(fault: unknown): void
}

export interface OpenSystemsLog extends SystemsLog {
  /** Writes what was noted so far. */
  round(): Promise<void>
  /** Writes what is left, and ends. */
  close(): Promise<void>
}

/** Opens the log of a site's systems. With the name of its log of evidence, what the program before had not written any more is written first. */
export function openSystemsLog(db: Db, site: Site, book?: string): OpenSystemsLog {
  const log = new Log(db, site)
  if (book !== undefined) log.recover(book)
  const timer = setInterval(() => void log.round(), PASSAGES_EVERY_MS)
  timer.unref()
  return {
    note: (call) => log.note(call),
    noteSubject: (call, number) => log.noteSubject(call, number),
    round: () => log.round(),
    close: () => {
      clearInterval(timer)
      return log.round()
    },
  }
}

class Log {
  private open = new Map<string, Passage>()
  private full: Passage[] = []
  private held = 0
  private lost = 0
  private stated: Stated[] = []
  private isWriting = false
  private running: Promise<void> = Promise.resolve()

  constructor(
    private readonly db: Db,
    private readonly site: Site,
  ) {}

  note(call: SystemCall): void {
    if (this.held >= PASSAGES_HELD_MAX) return void this.lost++
    this.held++
    const key = `${call.side} ${call.ending} ${call.purpose ?? call.contract} ${call.client} ${call.part}`
    let passage = this.open.get(key)
    if (!passage) {
      passage = { of: call, messages: [], at: [] }
      this.open.set(key, passage)
    }
    passage.messages.push(call.message)
    passage.at.push(call.at)
    if (passage.messages.length < MESSAGES_OF_PASSAGE_MAX) return
    this.full.push(passage)
    this.open.delete(key)
  }

  noteSubject(call: SystemCall, number: string): Promise<void> {
    return new Promise((done, failed) => {
      this.stated.push({ call, number, done, failed })
      void this.writeStated()
    })
  }

  round(): Promise<void> {
    this.running = this.running.then(() => this.write())
    return this.running
  }

  /** Notes what the evidence has and the log has not. Whatever passes meanwhile waits in memory. */
  recover(book: string): void {
    this.running = findUnlogged(this.db, book, this.site.clock()).then(
      (calls) => {
        for (const call of calls) this.note(call)
        if (calls.length > 0)
          this.site.log.warn({ calls: calls.length }, "calls of systems are written into the log from the evidence")
      },
      (err: Error) => this.site.log.error({ err }, "the log of the systems could not be compared with the evidence"),
    )
  }

  private async write(): Promise<void> {
    if (this.held === 0) return
    const passages = [...this.full, ...this.open.values()]
    const { held } = this
    this.open = new Map()
    this.full = []
    try {
      await this.db.tx(SYSTEM, async (tx) => {
        for (const passage of passages) writePassage(tx, passage)
      })
      this.held -= held
      if (this.lost > 0) this.site.log.error({ lost: this.lost }, "messages of systems are missing in the log of the exchange")
      this.lost = 0
    } catch (err) {
      this.full = [...passages, ...this.full]
      this.site.log.warn({ err }, "the log of the systems could not be written; it is tried again")
    }
  }

  /** Whatever waits when the last commit ends goes with the next. */
  private async writeStated(): Promise<void> {
    if (this.isWriting) return
    this.isWriting = true
    while (this.stated.length > 0) {
      const some = this.stated
      this.stated = []
      await this.db
        .tx(SYSTEM, async (tx) => {
          for (const { call, number } of some) writeStated(tx, call, number)
        })
        .then(
          () => settle(some, ({ done }) => done()),
          (fault: unknown) => settle(some, ({ failed }) => failed(fault)),
        )
    }
    this.isWriting = false
  }
}

function settle(some: readonly Stated[], end: (one: Stated) => void): void {
  for (const one of some) end(one)
}

function writePassage(tx: Tx, { of, messages, at }: Passage): void {
  const about = readCall(tx, of)
  const known = about && messages.flatMap((id, i) => (isId(id) ? [{ id, at: at[i]! }] : []))
  if (!known || known.length === 0) return
  const times = known.map((one) => one.at)
  const [first, last] = [Math.min(...times), Math.max(...times)]
  insertPassage(tx, {
    ...{ ...about, id: newId(tx.now), side: of.side, outcome: of.ending, fromAt: new Date(first), untilAt: new Date(last) },
    ...{ messages: known.map(({ id }) => id), afterMs: times.map((time) => time - first) },
  })
}

/** The person sees it on "who has looked at my data", at both sites. */
function writeStated(tx: Tx, call: SystemCall, number: string): void {
  const about = readCall(tx, call)
  if (!about || !isId(call.message)) return
  const { requester, provider, consumer, service, purpose, legalGround, delay } = about
  insertMessage(
    tx,
    {
      ...{ subject: tx.site.keys.subjectOf(number), id: call.message, service, provider, requester, purpose },
      ...{ actor_kind: "system", actor_name: consumer, actor_position: null, case_id: null, legal_ground: legalGround },
      ...{ outcome: call.ending, refusal: call.ending === "refused" ? "no-right" : null, fields: [], answer_digest: null },
      ...{ request_digest: digest(tx, call), requested_at: new Date(call.at), consent: null, ...delayedBy(tx, delay) },
    },
    { isOnce: true },
  )
}
