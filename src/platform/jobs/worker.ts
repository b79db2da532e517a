// The worker of a running site: woken by commits, and looking by itself now and then.
import type { Db } from "#platform/db"
import type { Log } from "#platform/log"
import { CHANNEL } from "./enqueue.ts"
import { clearDone, faultText, type Handlers, workOne } from "./work.ts"

export interface Worker {
  /** Takes no more jobs and waits for those in hand. */
  stop(): Promise<void>
}

export interface WorkerOptions {
  /** Jobs worked at the same time; default 2. */
  readonly atOnce?: number
  /** How long to sleep when nobody wakes; default 2,000. */
  readonly pollMs?: number
}

const CLEAR_EVERY_MS = 3_600_000

/** Starts working jobs of the kinds in `handlers`. Many processes may do so: each job is worked by one of them. */
export async function startWorker(db: Db, handlers: Handlers, log: Log, options: WorkerOptions = {}): Promise<Worker> {
  const { atOnce = 2, pollMs = 2_000 } = options
  const alarm = openAlarm()
  let isStopped = false
  const loop = async () => {
    while (!isStopped) {
      const rung = alarm.count()
      const worked = await workOne(db, handlers).catch((error: unknown) => {
        log.error({ fault: faultText(error) }, "the worker could not reach its jobs")
        return false
      })
      if (!worked && !isStopped) await alarm.sleep(rung, pollMs)
    }
  }
  const unlisten = await db.listen(CHANNEL, alarm.ring)
  const loops = Array.from({ length: atOnce }, loop)
  const clear = () => clearDone(db).catch((error: unknown) => log.error({ fault: faultText(error) }, "old jobs were not cleared"))
  const clearing = setInterval(clear, CLEAR_EVERY_MS)
  return {
    stop: async () => {
      isStopped = true
      unlisten()
      clearInterval(clearing)
      alarm.ring()
      await Promise.all(loops)
    },
  }
}

/** A sleep that ends early when rung; a ring between looking and falling asleep is not lost. */
function openAlarm() {
  let rings = 0
  const sleepers = new Set<() => void>()
  return {
    count: () => rings,
    ring: () => {
      rings++
      for (const wake of sleepers) wake()
    },
    sleep: (seen: number, ms: number): Promise<void> =>
      rings !== seen
        ? Promise.resolve()
        : new Promise((resolve) => {
            const wake = () => {
              clearTimeout(timer)
              sleepers.delete(wake)
              resolve()
            }
            const timer = setTimeout(wake, ms)
            sleepers.add(wake)
          }),
  }
}
