// Tells the sites of both parties what was agreed or taken back, until they have taken it, for days if need be.
import { getDirectory, postJson, standingOf } from "#federation"
import type { Actor, Db, Tx } from "#platform/db"
import type { Artefact } from "./artefact.ts"
import { claimErrands, dropErrand, type ErrandRow, findConsentRow, putErrand, putOffErrand } from "./store.ts"
import type { ConsentMessage } from "./take-consent.ts"

/** Wakes who carries consents. */
export const CONSENTS_CHANNEL = "motlan_consents"
export const CONSENTS_PATH = "/federation/consents"

const ERRANDS_AT_ONCE = 50
const CLAIMED_MS = 60_000
const RETRY_MS = 5_000
const RETRY_MAX_MS = 5 * 60_000
const SITE_BOOK = "site"
const CARRIER: Actor = { kind: "system", name: "consents/carrier" }

type Parties = Pick<Artefact, "consumer" | "provider">

/** The sites of both parties. */
export async function sitesOf(tx: Tx, { consumer, provider }: Parties): Promise<Set<string>> {
  const { book } = await getDirectory(tx)
  return new Set([consumer, provider].flatMap((subsystem) => book.siteOf(subsystem)?.id ?? []))
}

/** Leaves an errand to the site of each party that is not this one. */
export async function tellParties(tx: Tx, { id, ...parties }: Artefact): Promise<void> {
  const own = standingOf(tx.site).file.site
  for (const site of await sitesOf(tx, parties)) if (site !== own) putErrand(tx, site, id)
  tx.wake(CONSENTS_CHANNEL)
}

/** The book of the party's agency that works here, where its auditors read that there is a consent; else the site's. */
export function bookOf(tx: Tx, { consumer, provider }: Parties): string {
  const { instance, agencies = [] } = standingOf(tx.site).file
  return agencies.find(({ subsystem }) => [consumer, provider].includes(`${instance}/${subsystem}`))?.id ?? SITE_BOOK
}

interface Due {
  readonly errand: ErrandRow
  readonly face: string | undefined
  readonly message: ConsentMessage
}

/** Carries what is due, once; what was not taken is tried again after ever longer waits. */
export async function carryConsents(db: Db): Promise<void> {
  const due = await db.tx(CARRIER, dueErrands)
  await Promise.all(due.map((one) => carryOne(db, one)))
}

async function dueErrands(tx: Tx): Promise<Due[]> {
  const errands = await claimErrands(tx, ERRANDS_AT_ONCE, new Date(tx.now.getTime() + CLAIMED_MS))
  if (errands.length === 0) return []
  const { book } = await getDirectory(tx)
  const due: Due[] = []
  for (const errand of errands) {
    const { artefact, salt, revocation } = (await findConsentRow(tx, errand.consent))!
    const message = { artefact, salt, ...(revocation !== null && { revocation }) }
    due.push({ errand, face: book.site(errand.site)?.face, message })
  }
  return due
}

async function carryOne(db: Db, { errand, face, message }: Due): Promise<void> {
  const isTaken =
    face !== undefined &&
    (await postJson(face, CONSENTS_PATH, message).then(
      () => true,
      () => false,
    ))
  const waitMs = Math.min(RETRY_MS * 2 ** Math.min(errand.tries, 10), RETRY_MAX_MS)
  await db.tx(CARRIER, async (tx) => {
    if (isTaken) await dropErrand(tx, errand)
    else await putOffErrand(tx, errand, new Date(tx.now.getTime() + waitMs))
  })
}
