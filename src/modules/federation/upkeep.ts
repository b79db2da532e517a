// What a site does by itself, every minute: publish or fetch the directory, renew certificates, say what has changed, carry contracts.
import type { Actor, Db } from "#platform/db"
import type { Site } from "#platform/site"
import { isAnnouncementDue, planAnnouncement } from "./announce-site.ts"
import { certifyHub } from "./authority.ts"
import { endContracts } from "./end-contracts.ts"
import { dueErrands, type Errand, noteErrand } from "./errands.ts"
import { fetchDirectory, postJson } from "./hub-client.ts"
import { findDirectory } from "./latest-directory.ts"
import { DIRECTORY_REFRESH_MS } from "./limits.ts"
import { publishDirectory } from "./publish-directory.ts"
import { completeRenewal, isRenewalDue, planRenewal } from "./renew-certificates.ts"
import { rereadCertificates, standingOf } from "./standing.ts"
import type { ContractMessage } from "./take-contract.ts"
import { takeDirectory } from "./take-directory.ts"

export interface Upkeep {
  /** One round now; the next follows after the usual time. */
  round(): Promise<void>
  /** Ends after the round in hand. */
  stop(): Promise<void>
}

const SYSTEM: Actor = { kind: "system", name: "federation" }

/** Starts the rounds, the first at once. A fault ends no round but its own part, and is noted in the log. */
export function startUpkeep(db: Db, site: Site, everyMs = DIRECTORY_REFRESH_MS): Upkeep {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let isStopped = false
  const round = (): Promise<void> => {
    clearTimeout(timer)
    running = running
      .then(() => keepUp(db, site))
      .then(() => {
        if (!isStopped) timer = setTimeout(round, everyMs)
      })
    return running
  }
  void round()
  return {
    round,
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}

/** One round. */
export async function keepUp(db: Db, site: Site): Promise<void> {
  const { file } = standingOf(site)
  const part = async (name: string, work: () => Promise<unknown>) => {
    await work().catch((error: Error & { code?: string }) =>
      site.log.warn({ part: name, fault: error.code ?? error.name }, "the federation could not be kept up"),
    )
  }
  await part("certificates", () => db.tx(SYSTEM, rereadCertificates))
  if (file.role === "hub") {
    await part("certificates", () => db.tx(SYSTEM, certifyHub))
    await part("directory", () => db.tx(SYSTEM, publishDirectory))
  } else if (file.hub) {
    const { address } = file.hub
    await part("directory", () => refreshDirectory(db, address))
    await part("renewal", () => renew(db, address))
    await part("announcement", () => announce(db, address))
  }
  await part("ended contracts", () => db.tx(SYSTEM, endContracts))
  await part("contracts", () => runErrands(db))
}

/** Takes the hub's directory when it is newer than the one in use. */
export async function refreshDirectory(db: Db, hub: string): Promise<void> {
  const known = await db.tx(SYSTEM, async (tx) => (await findDirectory(tx))?.directory.version ?? 0)
  const jws = await fetchDirectory(hub, known)
  if (jws !== undefined) await db.tx(SYSTEM, (tx) => takeDirectory(tx, jws))
}

async function renew(db: Db, hub: string): Promise<void> {
  const plan = await db.tx(SYSTEM, async (tx) => (isRenewalDue(tx) ? planRenewal(tx) : undefined))
  if (!plan) return
  const answer = await postJson(hub, "/federation/renew", { jws: plan.request })
  await db.tx(SYSTEM, (tx) => completeRenewal(tx, plan, answer))
}

async function announce(db: Db, hub: string): Promise<void> {
  const jws = await db.tx(SYSTEM, async (tx) => ((await isAnnouncementDue(tx)) ? planAnnouncement(tx) : undefined))
  if (jws === undefined) return
  const { directory } = (await postJson(hub, "/federation/announce", { jws })) as { directory: string }
  await db.tx(SYSTEM, (tx) => takeDirectory(tx, directory))
}

/** Sends what other parties have not heard, to all of them at once; one that is silent is tried again later. */
export async function runErrands(db: Db): Promise<void> {
  const bySite = new Map<string, Errand[]>()
  for (const errand of await db.tx(SYSTEM, dueErrands)) bySite.set(errand.site, [...(bySite.get(errand.site) ?? []), errand])
  await Promise.all([...bySite.values()].map((errands) => runErrandsOf(db, errands)))
}

/** One after the other; after a silence the rest is put off without trying. */
async function runErrandsOf(db: Db, errands: readonly Errand[]): Promise<void> {
  let isSilent = false
  for (const errand of errands) {
    const { face, message } = errand
    const isDone = face !== undefined && !isSilent && (await isTaken(face, message, () => (isSilent = true)))
    await db.tx(SYSTEM, (tx) => noteErrand(tx, errand, isDone))
  }
}

const isTaken = (face: string, message: ContractMessage, onSilence: () => void): Promise<boolean> =>
  postJson(face, "/federation/contracts", message).then(
    () => true,
    (error: { code?: string }) => {
      if (error.code === "hub-silent") onSilence()
      return false
    },
  )
