// Whether a consent covers a call: what was agreed is compared with the contract and with what is asked now.
import { canonicalJson } from "#engines/ledger"
import { serviceIdOf } from "#federation"
import type { Tx } from "#platform/db"
import { type Artefact, pseudonymOf, said } from "./artefact.ts"
import type { ContractUnderConsent } from "./offer-consent.ts"
import { type ConsentRow, countUses, lockUses } from "./store.ts"

/** Why a consent lets nothing through; each is a problem code. */
export type ConsentFault = "consent-missing" | "consent-expired" | "consent-revoked" | "consent-differs" | "consent-used-up"

/** One exchange that is asked under a contract. */
export interface CallUnderConsent {
  readonly contract: ContractUnderConsent
  readonly purpose?: string | undefined
  /** Id of the exchange. */
  readonly message: string
  /** Whom it is about; undefined where the road can't tell, and then the provider's system matches by the salt. */
  readonly number?: string | undefined
  /** `population/person`, where a register is asked. */
  readonly register?: string | undefined
}

const DAY_MS = 86_400_000

/** What is wrong with a consent by itself at this moment; `message` is the exchange that would use it. */
export async function faultOf(
  tx: Tx,
  { id, artefact, revokedAt, until }: ConsentRow,
  message = id,
): Promise<ConsentFault | undefined> {
  if (revokedAt) return "consent-revoked"
  if (until <= tx.now) return "consent-expired"
  const { max, perDays } = said(artefact).uses
  lockUses(tx, id)
  const used = await countUses(tx, id, new Date(tx.now.getTime() - perDays * DAY_MS), message)
  return used >= max ? "consent-used-up" : undefined
}

/** As faultOf, and: was it given for this contract, purpose, person and register? */
export async function judge(tx: Tx, row: ConsentRow, call: CallUnderConsent): Promise<ConsentFault | undefined> {
  return covers(said(row.artefact), row, call) ? faultOf(tx, row, call.message) : "consent-differs"
}

function covers(artefact: Artefact, { id, salt, contract: under }: ConsentRow, call: CallUnderConsent): boolean {
  const { contract, purpose, number, register } = call
  const { consumer, provider, purposes, consent: terms } = contract.content
  const { data, uses, keptDays } = artefact
  return (
    terms !== undefined &&
    artefact.id === id &&
    under === contract.hash &&
    artefact.contract === contract.hash &&
    artefact.consumer === consumer &&
    artefact.provider === provider &&
    artefact.service === serviceIdOf(contract.content) &&
    artefact.purpose === (purpose ?? (purposes.length === 1 ? purposes[0] : undefined)) &&
    canonicalJson({ data, uses, keptDays }) === canonicalJson({ data: terms.data, uses: terms.uses, keptDays: terms.keptDays }) &&
    Date.parse(artefact.until) - Date.parse(artefact.issuedAt) <= terms.days * DAY_MS &&
    (number === undefined || pseudonymOf(salt, number) === artefact.subject) &&
    (register === undefined || data.some((one) => one.register === register))
  )
}
