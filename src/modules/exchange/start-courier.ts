// The courier of a running site: woken by what is put into the outbox, and looking by itself now and then.
import { CONSENTS_CHANNEL, carryConsents } from "#consents"
import type { Db } from "#platform/db"
import type { Site } from "#platform/site"
import { carryParcels } from "./carry-parcels.ts"
import { collectParcels } from "./collect-parcels.ts"
import { OUTBOX_CHANNEL } from "./deliver.ts"

const LOOK_EVERY_MS = 2_000
const COLLECT_EVERY_MS = 30_000

export interface Courier {
  /** Takes up nothing more and waits for what is on its way. */
  stop(): Promise<void>
}

/** Starts carrying and collecting. Many processes may do so: each parcel is carried by one of them at a time. */
export async function startCourier(db: Db, site: Site): Promise<Courier> {
  const rounds = [
    openRounds("carried", LOOK_EVERY_MS, site, () => carryParcels(db, site)),
    openRounds("collected", COLLECT_EVERY_MS, site, () => collectParcels(db, site)),
    openRounds("consents", LOOK_EVERY_MS, site, () => carryConsents(db)),
  ] as const
  const unlisten = [await db.listen(OUTBOX_CHANNEL, rounds[0].ring), await db.listen(CONSENTS_CHANNEL, rounds[2].ring)]
  return {
    stop: async () => {
      for (const one of unlisten) one()
      await Promise.all(rounds.map(({ stop }) => stop()))
    },
  }
}

/** One round after the other, with a pause between them that a ring cuts short. */
function openRounds(what: string, everyMs: number, site: Site, round: () => Promise<void>) {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let isRung = false
  let running: Promise<void> | undefined
  const run = () => {
    clearTimeout(timer)
    if (isStopped) return
    isRung = running !== undefined
    running ??= round()
      .catch((fault: Error) => site.log.warn({ what, fault: fault.name }, "the outbox could not be looked through"))
      .finally(() => {
        running = undefined
        if (isStopped) return
        if (isRung) run()
        else timer = setTimeout(run, everyMs)
      })
  }
  run()
  return {
    ring: run,
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
