// The values that result.yaml and `writes` name by path: answers of the form, facts of the case, what the process assigned.
import { textIn } from "#country"
import type { Json } from "#engines/form"
import type { OpenCase } from "./move.ts"

/**
 * Reads a path: `assigned.number`, `case.code`, `case.agency`, `case.agencyName`, `case.decidedOn`, `case.number`, `case.signer`,
 * or a field of the form. Undefined when the case has no such value.
 */
export function valueAt({ dossier, agency, service }: OpenCase, path: string, today: string): Json | undefined {
  const [root, ...rest] = path.split(".")
  const name = rest.join(".")
  if (root === "assigned") return dossier.facts.assigned?.[name]
  if (root !== "case") return dossier.values[path]?.value
  const facts: Readonly<Record<string, Json | undefined>> = {
    code: dossier.code,
    agency: agency.id,
    agencyName: textIn(agency.name, dossier.lang),
    division: agency.division,
    place: agency.place ? textIn(agency.place, dossier.lang) : textIn(agency.name, dossier.lang),
    decidedOn: dossier.facts.decidedOn ?? today,
    number: dossier.facts.resultNumber,
    signer: dossier.facts.signer?.name,
    service: service.definition.code,
  }
  return facts[name]
}
