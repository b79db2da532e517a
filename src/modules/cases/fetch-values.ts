// Fetches through the exchange what a draft's form needs and can already ask for.
import type { CompiledService } from "#catalogue"
import { countryOf, type ServiceDefinition } from "#country"
import { applyFetched, type Fetch, type FormContext, type FormValues, type Json, keyOf } from "#engines/form"
import { type ExchangeAnswer, type ExchangeRequest, isHere, request } from "#exchange"
import type { Tx } from "#platform/db"
import { findCompetentAgency } from "./competent-agency.ts"
import type { Draft } from "./draft.ts"

type Fetched = Draft["fetched"]

export interface Gathered {
  readonly values: FormValues
  readonly fetched: Fetched
  /** Fetches whose register did not answer, or may not without the person's consent: asked again with the next page. */
  readonly silent: readonly string[]
}

/**
 * Asks every register whose key is known and that has not answered yet, in the form's order; a register that has nothing, refuses or is
 * silent leaves its fields to be asked. `draftId` stands in the log of each request as its case.
 */
export async function fetchValues(
  tx: Tx,
  service: CompiledService,
  draftId: string,
  before: Gathered,
  context: FormContext,
): Promise<Gathered> {
  let { values, fetched } = before
  const silent: string[] = []
  for (const fetch of service.form.fetches) {
    if (fetch.id in fetched && !before.silent.includes(fetch.id)) continue
    const asked = askedFor(tx, service, draftId, { values, fetched }, fetch, context)
    if (!asked) continue
    const answer = await request(tx, asked)
    const entry = answer.outcome === "answered" ? answer.entries[0] : undefined
    const source = answer.outcome === "answered" ? answer.source : undefined
    values = applyFetched(service.form, values, fetch.id, entry?.data as Readonly<Record<string, Json>> | undefined, source)
    fetched = { ...fetched, [fetch.id]: entry?.data ?? null }
    const isOwn = asked.number === context.applicant?.number
    if (answer.outcome === "silent" || (isOwn && isForConsent(answer))) silent.push(fetch.id)
  }
  return { values, fetched, silent }
}

/** Refused because the person has not agreed, which the person at the form may do. */
const isForConsent = (answer: ExchangeAnswer): boolean => answer.outcome === "refused" && answer.refusal.startsWith("consent-")

/** The request of one fetch; undefined while its key is not known. */
export function askedFor(
  tx: Tx,
  { definition }: CompiledService,
  draftId: string,
  { values, fetched }: Pick<Gathered, "values" | "fetched">,
  fetch: Fetch,
  context: FormContext,
): (ExchangeRequest & { readonly number: string }) | undefined {
  const number = keyOf(fetch, vouchedFor(values), knownFrom(fetched, context), context)
  if (number === undefined) return undefined
  const requester = requesterOf(tx, definition, values)
  return { service: fetch.service, requester, number, caseId: draftId, purpose: definition.purpose ?? "", today: context.today }
}

/** What a register has said. A number that somebody typed opens no register: it could be anybody's. */
export const vouchedFor = (values: FormValues): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([, answer]) => answer.state === "verified"))

/** The records fetched so far and the applicant, as conditions and keys see them. */
export function knownFrom(fetched: Fetched, context: FormContext): Record<string, Readonly<Record<string, Json>>> {
  const records = Object.entries(fetched).filter(([, record]) => record !== null)
  return { ...(Object.fromEntries(records) as Record<string, Record<string, Json>>), applicant: context.applicant ?? {} }
}

/**
 * Who asks: the agency that will have the case; until an address is known, the ministry that answers for the procedure, or at a site
 * where it does not work an agency of those that could have the case.
 */
function requesterOf(tx: Tx, service: ServiceDefinition, values: FormValues): string {
  const competent = findCompetentAgency(tx, service, values)
  if (competent) return competent.id
  const agencies = [...countryOf(tx).agencies.values()].filter((agency) => isHere(tx, agency.id))
  const ministry = agencies.find((agency) => agency.code === service.ministry)
  return (ministry ?? agencies.find((agency) => agency.kind === service.authority.kind))?.id ?? ""
}
