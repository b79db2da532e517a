// The portal status of a case as the country names it.
import type { Status } from "#cases"
import type { Country } from "#country"
import type { PortalStatus } from "#kit/tag.tsx"

/** The id of a status code: 4 is "in-process". */
export function portalStatus(country: Country, status: Status): PortalStatus {
  return (country.dossierStatuses.find((s) => s.code === String(status))?.id ?? "in-process") as PortalStatus
}
