// The check of agencies.yaml: ids and codes once, tiers, divisions, parents and units known.
import { type Checking, checkSpan, kindsOf } from "./checking.ts"

/** Tiers that agencies and services may name: those of the divisions, the state as a whole, and others beside it. */
export const tiersOf = (c: Checking): Set<string> =>
  new Set([...c.pack.facts.data.generations.flatMap((g) => g.tiers.map((t) => t.id)), "national", "other"])

/** Agencies, their units and positions. */
export function checkAgencies(c: Checking): void {
  const { source, data } = c.pack.agencies
  const { agencies } = data
  const pattern = codePattern(c)
  const ids = new Set(agencies.map((a) => a.id))
  c.once(
    source,
    "id-twice",
    agencies.map((a, i) => [a.id, ["agencies", i, "id"]]),
  )
  c.once(
    source,
    "agency-code-twice",
    agencies.map((a, i) => [a.code, ["agencies", i, "code"]]),
  )
  agencies.forEach((agency, i) => {
    const keys = ["agencies", i]
    if (pattern && !pattern.test(agency.code))
      c.report(source, [...keys, "code"], "agency-code-wrong", { code: agency.code, pattern: pattern.source })
    c.known(source, [...keys, "kind"], "agency-kind-unknown", agency.kind, kindsOf(c))
    c.known(source, [...keys, "tier"], "tier-unknown", agency.tier, tiersOf(c))
    if (agency.parent !== undefined) c.known(source, [...keys, "parent"], "agency-unknown", agency.parent, ids)
    if (agency.division !== undefined && !c.country.divisions.find(agency.division))
      c.report(source, [...keys, "division"], "division-unknown", { code: agency.division })
    checkSpan(c, source, keys, { ...(agency.from && { from: agency.from }), ...(agency.until && { until: agency.until }) })
    checkPositions(c, i)
  })
}

function checkPositions(c: Checking, i: number): void {
  const { source, data } = c.pack.agencies
  const { units, positions } = data.agencies[i]!
  const keys = ["agencies", i]
  c.once(
    source,
    "id-twice",
    units.map((u, j) => [u.id, [...keys, "units", j, "id"]]),
  )
  c.once(
    source,
    "id-twice",
    positions.map((p, j) => [p.id, [...keys, "positions", j, "id"]]),
  )
  const known = new Set(units.map((u) => u.id))
  positions.forEach((p, j) => {
    c.known(source, [...keys, "positions", j, "unit"], "unit-unknown", p.unit, known)
  })
}

function codePattern(c: Checking): RegExp | undefined {
  try {
    return new RegExp(c.pack.facts.data.agencyCode.pattern, "u")
  } catch {
    return undefined // reported by the check of the facts
  }
}
