// What stands before every source: breaker, rate, turn, time and tries. A source that ails is left alone, and nobody waits for it.
import { randomInt } from "node:crypto"
import { setTimeout as pause } from "node:timers/promises"
import { SourceFailure } from "./failure.ts"
import { FAILURES_MAX, OPEN_MS, PAUSE_MAX_MS } from "./limits.ts"

export interface GuardOptions {
  readonly waitMs: number
  readonly tries: number
  readonly atOnce: number
  readonly perMinute: number
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
}

/** `signal` aborts when the time is over; `leftMs` is how long that is. */
export type Work<T> = (signal: AbortSignal, leftMs: number) => Promise<T>

export type BreakerState = "closed" | "half-open" | "open"

export interface Guard {
  /** Does the work within the limits. Throws SourceFailure. */
  run<T>(work: Work<T>): Promise<T>
  readonly state: BreakerState
}

export function openGuard(options: GuardOptions): Guard {
  const { now, waitMs } = options
  const breaker = openBreaker(now)
  const rate = openRate(options)
  const turns = openTurns(options.atOnce)
  return {
    get state() {
      return breaker.state
    },
    run: async (work) => {
      const until = now() + waitMs
      const passed = breaker.enter()
      let hasFailed: boolean | undefined = false
      try {
        if (!rate()) throw new SourceFailure("busy", "perMinute")
        const leave = await turns(waitMs)
        try {
          return await tried(work, options, until)
        } finally {
          leave()
        }
      } catch (error) {
        const isOurs = error instanceof SourceFailure && error.code === "busy"
        hasFailed = isOurs ? undefined : !(error instanceof SourceFailure) || error.isOfSource
        throw error
      } finally {
        passed(hasFailed)
      }
    },
  }
}

/** Tries until it works, the failure is one that stays, or time or tries are over. */
async function tried<T>(work: Work<T>, { tries, now }: GuardOptions, until: number): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await within(work, until - now())
    } catch (error) {
      const isLast = left <= 1 || !(error instanceof SourceFailure) || !error.isPassing
      const waitMs = randomInt(1, PAUSE_MAX_MS)
      if (isLast || now() + waitMs >= until) throw error
      await pause(waitMs)
    }
  }
}

async function within<T>(work: Work<T>, leftMs: number): Promise<T> {
  if (leftMs <= 0) throw new SourceFailure("too-slow")
  const over = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new SourceFailure("too-slow"))
      over.abort()
    }, leftMs)
  })
  try {
    return await Promise.race([work(over.signal, Math.ceil(leftMs)), late])
  } finally {
    clearTimeout(timer)
  }
}

/** Closed until so many failures in a row; then open; then one question at a time may try. */
function openBreaker(now: () => number) {
  let failures = 0
  let openUntil = Number.NEGATIVE_INFINITY
  let isTried = false
  const stateNow = (): BreakerState => (failures < FAILURES_MAX ? "closed" : now() < openUntil ? "open" : "half-open")
  return {
    get state() {
      return stateNow()
    },
    /** Throws `breaker-open`; the answer is to be told whether it failed, undefined when nobody has asked. */
    enter: () => {
      const state = stateNow()
      if (state === "open" || (state === "half-open" && isTried)) throw new SourceFailure("breaker-open")
      const isTrial = state === "half-open"
      if (isTrial) isTried = true
      return (hasFailed: boolean | undefined) => {
        if (isTrial) isTried = false
        if (hasFailed === undefined) return
        if (hasFailed) failures++
        else failures = 0
        if (failures >= FAILURES_MAX) openUntil = now() + OPEN_MS
      }
    },
  }
}

/** A bucket of a minute's questions, a tenth of them at once. */
function openRate({ perMinute, now }: GuardOptions): () => boolean {
  const most = Math.max(1, Math.ceil(perMinute / 10))
  let tokens = most
  let before = now()
  return () => {
    const at = now()
    tokens = Math.min(most, tokens + ((at - before) * perMinute) / 60_000)
    before = at
    if (tokens < 1) return false
    tokens--
    return true
  }
}

/** As many at once as may be, as many again in the row behind them. */
function openTurns(atOnce: number) {
  let under = 0
  const waiting: (() => void)[] = []
  const leave = () => {
    const next = waiting.shift()
    if (next) next()
    else under--
  }
  return async (waitMs: number): Promise<() => void> => {
    if (under < atOnce) {
      under++
      return leave
    }
    if (waiting.length >= atOnce) throw new SourceFailure("busy", "atOnce")
    await new Promise<void>((resolve, reject) => {
      const turn = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(turn), 1)
        reject(new SourceFailure("busy", "atOnce"))
      }, waitMs)
      waiting.push(turn)
    })
    return leave
  }
}
