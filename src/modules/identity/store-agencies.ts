// Statements that bring agencies, units, positions and holders to what the pack declares. Each is one round trip.
import { sql, type Tx } from "#platform/db"

interface Dated {
  readonly fromAt: Date
  readonly untilAt: Date | null
}
type Names = Readonly<Record<string, string>>
export interface AgencyRow extends Dated {
  readonly id: string
  readonly code: string
  readonly name: Names
  readonly tier: string
  readonly division: string | null
  readonly kind: string
}
export interface UnitRow extends Dated {
  readonly agency: string
  readonly id: string
  readonly name: Names
}
export interface PositionRow extends UnitRow {
  readonly unit: string
  readonly roles: readonly string[]
}
export interface HoldingRow extends Dated {
  readonly id: string
  readonly agency: string
  readonly position: string
  readonly subject: string
  readonly name: string
}

export const saveAgencies = (tx: Tx, rows: readonly AgencyRow[]) =>
  tx.run(sql`
    insert into identity.agency as a (id, code, name, tier, division, kind, from_at, until_at)
    select id, code, name, tier, division, kind, "fromAt", "untilAt" from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (id text, code text, name jsonb, tier text, division text, kind text, "fromAt" timestamptz, "untilAt" timestamptz)
    on conflict (id) do update set code = excluded.code, name = excluded.name, tier = excluded.tier, division = excluded.division,
      kind = excluded.kind, from_at = excluded.from_at, until_at = excluded.until_at
    where (a.code, a.name, a.tier, a.division, a.kind, a.from_at, a.until_at) is distinct from
      (excluded.code, excluded.name, excluded.tier, excluded.division, excluded.kind, excluded.from_at, excluded.until_at)`)

export const saveUnits = (tx: Tx, rows: readonly UnitRow[]) =>
  tx.run(sql`
    insert into identity.unit as u (agency, id, name, from_at, until_at)
    select agency, id, name, "fromAt", "untilAt" from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (agency text, id text, name jsonb, "fromAt" timestamptz, "untilAt" timestamptz)
    on conflict (agency, id) do update set name = excluded.name, from_at = excluded.from_at, until_at = excluded.until_at
    where (u.name, u.from_at, u.until_at) is distinct from (excluded.name, excluded.from_at, excluded.until_at)`)

export const savePositions = (tx: Tx, rows: readonly PositionRow[]) =>
  tx.run(sql`
    insert into identity.position as p (agency, id, unit, name, roles, from_at, until_at)
    select agency, id, unit, name, array(select jsonb_array_elements_text(roles)), "fromAt", "untilAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (agency text, id text, unit text, name jsonb, roles jsonb, "fromAt" timestamptz, "untilAt" timestamptz)
    on conflict (agency, id) do update set unit = excluded.unit, name = excluded.name, roles = excluded.roles,
      from_at = excluded.from_at, until_at = excluded.until_at
    where (p.unit, p.name, p.roles, p.from_at, p.until_at) is distinct from
      (excluded.unit, excluded.name, excluded.roles, excluded.from_at, excluded.until_at)`)

/** Gives the holdings that were new or had changed. */
export const saveHoldings = (tx: Tx, rows: readonly HoldingRow[]) =>
  tx.rows<HoldingRow>(sql`
    insert into identity.holding as h (agency, id, position, subject, name, from_at, until_at, declared)
    select agency, id, position, subject, name, "fromAt", "untilAt", true from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (agency text, id uuid, position text, subject uuid, name text, "fromAt" timestamptz, "untilAt" timestamptz)
    on conflict (agency, position, subject, from_at) do update set name = excluded.name, until_at = excluded.until_at
    where (h.name, h.until_at) is distinct from (excluded.name, excluded.until_at)
    returning id, agency, position, subject, name, from_at as "fromAt", until_at as "untilAt"`)

/** Ends now the holdings that the pack no longer declares, and gives them; those that the site itself gave stay. */
export const endHoldings = (tx: Tx, kept: readonly HoldingRow[]) => {
  const held = kept.map((h) => `${h.agency}/${h.position}/${h.subject}/${h.fromAt.getTime()}`)
  return tx.rows<HoldingRow>(sql`
    update identity.holding set until_at = ${tx.now}
    where declared and until_at is null and from_at <= ${tx.now}
      and agency || '/' || position || '/' || subject || '/' || (extract(epoch from from_at) * 1000)::bigint <> all(${held}::text[])
    returning id, agency, position, subject, name, from_at as "fromAt", until_at as "untilAt"`)
}

/** Ends now the agencies, units and positions that the pack no longer declares; gives how many. */
export async function endMissing(
  tx: Tx,
  kept: { agencies: readonly AgencyRow[]; units: readonly UnitRow[]; positions: readonly PositionRow[] },
): Promise<number> {
  const own = (rows: readonly UnitRow[]) => rows.map((r) => `${r.agency}/${r.id}`)
  const ended = sql`set until_at = ${tx.now} where until_at is null`
  return (
    (await tx.run(sql`update identity.agency ${ended} and id <> all(${kept.agencies.map((a) => a.id)}::text[])`)) +
    (await tx.run(sql`update identity.unit ${ended} and agency || '/' || id <> all(${own(kept.units)}::text[])`)) +
    (await tx.run(sql`update identity.position ${ended} and agency || '/' || id <> all(${own(kept.positions)}::text[])`))
  )
}
