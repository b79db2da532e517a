// Which agency has a case: the one that the service's authority names for an address in the form.
import { type Agency, agencyFor, countryOf, type ServiceDefinition } from "#country"
import type { FormValues } from "#engines/form"
import { isHere } from "#exchange"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import type { OpenedDraft } from "./save-page.ts"

/** The competent agency as far as the values tell it; undefined while no address is known or no agency sits there. */
export function findCompetentAgency(tx: Tx, service: ServiceDefinition, values: FormValues): Agency | undefined {
  const country = countryOf(tx)
  const { agency, kind, of = [] } = service.authority
  if (agency) return country.agencies.get(agency)
  for (const path of of) {
    const division = divisionIn(values[path]?.value)
    const found = division && kind ? agencyFor(country, kind, division) : undefined
    if (found) return found
  }
  return undefined
}

/** As findCompetentAgency; throws `no-competent-agency` when there is none or it works at another site, for competence is never guessed. */
export function getCompetentAgency(tx: Tx, service: ServiceDefinition, values: FormValues): Agency {
  const found = findCompetentAgency(tx, service, values)
  if (!found || !isHere(tx, found.id)) throw problem("no-competent-agency")
  return found
}

/** Id of the agency to which a draft would go now; undefined while its answers don't tell. */
export const findAgencyOf = (tx: Tx, { draft, service }: OpenedDraft): string | undefined =>
  findCompetentAgency(tx, service.definition, draft.values)?.id

/** The code of the smallest division of an address value. */
export function divisionIn(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined
  const { commune, division } = value as { commune?: unknown; division?: unknown }
  return typeof commune === "string" ? commune : typeof division === "string" ? division : undefined
}
