// Agencies as the pack declares them and as they stand today.
import { countryOf } from "#country"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { findAgenciesOfDivisions, findAgency, findColleagues } from "./store.ts"

/** A name in each of the site's languages. */
export type Names = Readonly<Record<string, string>>

export interface Agency {
  readonly id: string
  /** The state's own code for it, as it stands in dossier codes and on papers. */
  readonly code: string
  readonly name: Names
  readonly tier: string
  readonly division: string | null
  readonly kind: string
}

/** Somebody who holds a position in the agency today. */
export interface Colleague {
  readonly subject: string
  readonly name: string
  readonly position: string
  readonly positionName: Names
  readonly roles: readonly string[]
}

/** The agency of an id, also one that has ended (old cases name it). Throws `not-found`. */
export async function agencyOf(tx: Tx, id: string): Promise<Agency> {
  const agency = await findAgency(tx, id)
  if (!agency) throw problem("not-found")
  return agency
}

/**
 * The agency that is competent for an address, today: the one of `tier` whose division is that of the address (a code of the
 * generation in force, of any tier) or lies above it. `kind` tells apart agencies of one tier and division, such as a committee and its police. Undefined when there is none
 * or when several answer: competence is never guessed.
 */
export async function agencyForDivision(tx: Tx, division: string, tier: string, kind?: string): Promise<Agency | undefined> {
  const path = countryOf(tx).divisions.path(division)
  const codes = path.length > 0 ? path.map((d) => d.code) : [division]
  const found = await findAgenciesOfDivisions(tx, codes, tier, kind ?? null)
  return found.length === 1 ? found[0] : undefined
}

/** Who holds positions in the agency today, by name; row-level security shows an official only their own agency. */
export function colleaguesOf(tx: Tx, agency: string): Promise<Colleague[]> {
  return findColleagues(tx, agency)
}
