// Loads the agencies of the country pack, their units, positions and holders; as often as one likes.
import { type Agency, type Country, countryOf, fullName, type Holding } from "#country"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { notePositionGiven, notePositionTaken } from "./book.ts"
import { dayAfter, startOfDay } from "./days.ts"
import { endHoldings, endMissing, type HoldingRow, saveAgencies, saveHoldings, savePositions, saveUnits } from "./store.ts"

export interface LoadedAgencies {
  readonly agencies: number
  readonly positions: number
  readonly holdings: number
  /** Rows that were new or had changed since the last time. */
  readonly changed: number
}

/**
 * Brings the site's agencies to what the pack declares: what is new is added, what changed is updated, what is gone from the pack
 * ends now and stays readable. A second load changes nothing. Run it as the system at every start.
 */
export async function loadAgencies(tx: Tx): Promise<LoadedAgencies> {
  const country = countryOf(tx)
  const agencies = [...country.agencies.values()]
  const rows = rowsOf(tx, country, agencies)
  const saved =
    (await saveAgencies(tx, rows.agencies)) + (await saveUnits(tx, rows.units)) + (await savePositions(tx, rows.positions))
  const given = await saveHoldings(tx, rows.holdings)
  const taken = await endHoldings(tx, rows.holdings)
  const changed = saved + given.length + taken.length + (await endMissing(tx, rows))
  for (const held of given) notePositionGiven(tx, held)
  for (const held of taken) notePositionTaken(tx, held)
  return { agencies: rows.agencies.length, positions: rows.positions.length, holdings: rows.holdings.length, changed }
}

function rowsOf(tx: Tx, country: Country, agencies: readonly Agency[]) {
  const at = (day: string | undefined) => startOfDay(day, country.timeZone)
  const dated = (a: Agency) => ({ fromAt: at(a.from) ?? new Date(0), untilAt: at(dayAfter(a.until)) })
  return {
    agencies: agencies.map((a) => ({
      id: a.id,
      code: a.code,
      name: a.name,
      tier: a.tier,
      division: a.division ?? null,
      kind: a.kind,
      ...dated(a),
    })),
    units: agencies.flatMap((a) => a.units.map((u) => ({ agency: a.id, id: u.id, name: u.name, ...dated(a) }))),
    positions: agencies.flatMap((a) =>
      a.positions.map((p) => ({ agency: a.id, id: p.id, unit: p.unit, name: p.name, roles: p.roles, ...dated(a) })),
    ),
    holdings: country.cast.holdings.flatMap((h) => holdingRow(tx, country, h)),
  }
}

function holdingRow(tx: Tx, country: Country, holding: Holding): HoldingRow[] {
  const person = country.cast.people.find((p) => p.id === holding.person)
  const [agency, position] = holding.position.split("/")
  if (!person || !agency || !position) return []
  return [
    {
      id: newId(tx.now),
      agency,
      position,
      subject: tx.site.keys.subjectOf(person.number),
      name: fullName(country, person.name),
      fromAt: startOfDay(holding.from, country.timeZone) ?? new Date(0),
      untilAt: startOfDay(dayAfter(holding.until), country.timeZone),
    },
  ]
}
