// The fee of a case: an official records its receipt with a reference, and a step that waits for it goes on.
import { append } from "#audit"
import { countryOf } from "#country"
import { openStep } from "#engines/process"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import type { Dossier } from "./dossier.ts"
import { feeDue } from "./fee-due.ts"
import { getOpenCase, type Official, officialOf, rolesOf } from "./find-cases.ts"
import { move, nameOf, type OpenCase } from "./move.ts"
import { findPayment, insertPayment, markPaid } from "./store.steps.ts"
import { insertEvent } from "./store.ts"

const REFERENCE_LENGTH_MAX = 100
/** Takes fees without a part in any procedure. */
const CASHIER = "finance"

/** May the signed-in official record a receipt for this case: do they work in its process, or with its money? */
export function mayRecordPayment(tx: Tx, { dossier, service }: OpenCase): boolean {
  return dossier.moneyState === "due" && dossier.closedAt === null && worksIn(officialOf(tx), service.process)
}

const worksIn = (official: Official, { steps }: OpenCase["service"]["process"]): boolean =>
  rolesOf(official).some((role) => role === CASHIER || [...steps.values()].some((step) => step.role === role))

/**
 * Records that the fee of a case was received under `reference` (of the bank, the treasury or the receipt book). The same reference again
 * gives the same case. Throws `case-not-found`, `not-allowed`, `reference-missing`, `payment-not-due` where nothing is owed, `payment-differs`
 * when the fee was received under another reference.
 */
export async function recordPayment(tx: Tx, caseId: string, reference: string): Promise<Dossier> {
  const official = officialOf(tx)
  const open = await getOpenCase(tx, caseId)
  if (!worksIn(official, open.service.process)) throw problem("not-allowed")
  const text = reference.trim()
  if (text === "" || text.length > REFERENCE_LENGTH_MAX) throw problem("reference-missing")
  const { dossier, service } = open
  const known = await findPayment(tx, dossier.agency, caseId)
  if (known) return sameAs(known.reference, text, dossier)
  const amount = feeDue(service.definition)
  if (dossier.moneyState !== "due" || amount === undefined || dossier.closedAt) throw problem("payment-not-due")
  const currency = service.definition.fee.currency ?? countryOf(tx).currency.code
  const payment = { reference: text, amount, currency, by: official.name, at: tx.now }
  if (!(await insertPayment(tx, dossier.agency, newId(tx.now), caseId, payment))) throw problem("case-changed")
  append(tx, {
    ...{ agency: dossier.agency, event: "payment-recorded", subject: dossier.subject, caseId },
    details: { code: dossier.code, amount, currency },
  })
  return settle(tx, open, official.subject)
}

function sameAs(known: string, reference: string, dossier: Dossier): Dossier {
  if (known !== reference) throw problem("payment-differs")
  return dossier
}

/** The fee is paid: the step that waits for it goes on; a case that doesn't wait only notes it. */
async function settle(tx: Tx, open: OpenCase, by: string): Promise<Dossier> {
  const { dossier, service } = open
  const here = openStep(service.process, dossier.process)
  if (here?.kind === "pay") {
    const outcome = [...here.next.keys()][0]!
    return move(tx, open, { step: here.id, outcome, by, roles: [here.role] }, { moneyState: "paid" })
  }
  await markPaid(tx, dossier.agency, dossier.id)
  await insertEvent(tx, dossier.agency, dossier.id, { code: "paid", params: {}, actor: nameOf(tx.actor) })
  return { ...dossier, moneyState: "paid", revision: dossier.revision + 1 }
}
