// Identity's own statements. Every one runs under row-level security; sessions and accounts open to the system alone.
import { type Sql, sql, type Tx } from "#platform/db"
import type { Agency, Colleague } from "./agencies.ts"
import type { Post } from "./posts.ts"
import type { ActAs, Oldest } from "./session.ts"

// Agencies

const agencyColumns = sql`a.id, a.code, a.name, a.tier, a.division, a.kind`

export const findAgency = (tx: Tx, id: string) =>
  tx.find<Agency>(sql`select ${agencyColumns} from identity.agency a where a.id = ${id}`)

export const findAgenciesOfDivisions = (tx: Tx, divisions: readonly string[], tier: string, kind: string | null) =>
  tx.rows<Agency>(sql`
    select ${agencyColumns} from identity.agency a
    where a.division = any(${divisions}::text[]) and a.tier = ${tier} and (${kind}::text is null or a.kind = ${kind})
      and ${runs(sql`a`, tx)} limit 2`)

export const findColleagues = (tx: Tx, agency: string) =>
  tx.rows<Colleague>(sql`
    select h.subject, h.name, p.id as position, p.name as "positionName", p.roles
    from identity.holding h join identity.position p on p.agency = h.agency and p.id = h.position
    where h.agency = ${agency} and ${runs(sql`h`, tx)} and ${runs(sql`p`, tx)} order by h.name, p.id limit 500`)

/** True while the dated row `of` is in force. */
const runs = (of: Sql, tx: Tx) => sql`${of}.from_at <= ${tx.now} and (${of}.until_at is null or ${of}.until_at > ${tx.now})`

// Posts

export const findPositionRoles = async (tx: Tx, agency: string, position: string) =>
  (
    await tx.find<{ roles: string[] }>(
      sql`select p.roles from identity.position p where p.agency = ${agency} and p.id = ${position} and ${runs(sql`p`, tx)}`,
    )
  )?.roles

/** Own holdings, then delegations that run, whose giver still holds the position and whose receiver has a place in the agency. */
const postsOf = (subject: Sql, tx: Tx): Sql => sql`
  with own as (
    select h.agency, h.position from identity.holding h where h.subject = ${subject} and ${runs(sql`h`, tx)}
  ), held as (
    select own.agency, own.position, null::text as delegated_by, null::uuid as giver from own
    union all
    select d.agency, d.position, d.from_name, d.from_subject from identity.delegation d
    where d.to_subject = ${subject} and d.from_at <= ${tx.now} and d.until_at > ${tx.now} and d.ended_at is null
      and d.agency in (select own.agency from own)
      and (d.agency, d.position) not in (select own.agency, own.position from own)
      and exists (select 1 from identity.holding g where g.agency = d.agency and g.position = d.position
                    and g.subject = d.from_subject and ${runs(sql`g`, tx)})
  )
  select distinct on (held.delegated_by is not null, p.agency, p.id)
    p.agency, a.name as "agencyName", p.id as position, p.name as "positionName", p.unit, p.roles, held.delegated_by as "delegatedBy",
    held.giver as "delegatedBySubject"
  from held join identity.position p on p.agency = held.agency and p.id = held.position
  join identity.agency a on a.id = p.agency
  where ${runs(sql`p`, tx)} and ${runs(sql`a`, tx)}
  order by held.delegated_by is not null, p.agency, p.id, held.delegated_by`

export const findPosts = (tx: Tx, subject: string) => tx.rows<Post>(postsOf(sql`${subject}::uuid`, tx))

// Accounts

export const findAccountsOfLogin = (tx: Tx, login: string) =>
  tx.rows<{ id: string; subject: string }>(sql`select id, subject from identity.account where login = ${login} limit 2`)

/** Adds the account and gives its id; when the same person signs in twice at once, the first one's. */
export async function addAccount(
  tx: Tx,
  a: { id: string; subject: string; login: string; name: string; personNumber: Buffer },
): Promise<string> {
  await tx.run(sql`
    insert into identity.account (subject, id, login, name, person_number, created_at, signed_in_at)
    values (${a.subject}, ${a.id}, ${a.login}, ${a.name}, ${a.personNumber}, ${tx.now}, ${tx.now})
    on conflict (subject, login) do nothing`)
  const row = await tx.get<{ id: string }>(
    sql`select id from identity.account where subject = ${a.subject} and login = ${a.login}`,
  )
  return row.id
}

export const noteSignedIn = (tx: Tx, a: { subject: string; id: string; name: string }) =>
  tx.run(
    sql`update identity.account set name = ${a.name}, signed_in_at = ${tx.now} where subject = ${a.subject} and id = ${a.id}`,
  )

export const findSealedNumber = async (tx: Tx, id: string) =>
  (await tx.find<{ n: Buffer }>(sql`select person_number as n from identity.account where id = ${id}`))?.n

// Sessions

export interface SessionRow {
  readonly id: string
  readonly subject: string
  readonly account: string
  readonly name: string
  readonly csrfSecret: Buffer
  readonly actingAgency: string | null
  readonly actingPosition: string | null
  readonly authAt: Date
  readonly acr: string
  readonly createdAt: Date
  readonly seenAt: Date
  readonly posts: readonly Post[]
}

export const findLivingSession = (tx: Tx, tokenHash: Buffer, old: Oldest) =>
  tx.find<SessionRow>(sql`
    select s.id, s.subject, s.account, a.name, s.csrf_secret as "csrfSecret", s.acting_agency as "actingAgency",
      s.acting_position as "actingPosition", s.auth_at as "authAt", s.acr, s.created_at as "createdAt", s.seen_at as "seenAt",
      (select coalesce(json_agg(post), '[]') from (${postsOf(sql`s.subject`, tx)}) post) as posts
    from identity.session s join identity.account a on a.subject = s.subject and a.id = s.account
    where s.token_hash = ${tokenHash}
      and s.seen_at > case when s.acting_agency is null then ${old.personSeen}::timestamptz else ${old.officialSeen}::timestamptz end
      and s.created_at > case when s.acting_agency is null then ${old.personCreated}::timestamptz
                              else ${old.officialCreated}::timestamptz end`)

export const touchSession = (tx: Tx, subject: string, id: string) =>
  tx.run(sql`update identity.session set seen_at = ${tx.now} where subject = ${subject} and id = ${id}`)

export interface NewSession {
  readonly id: string
  readonly subject: string
  readonly account: string
  readonly tokenHash: Buffer
  readonly csrfSecret: Buffer
  readonly actAs: ActAs
  readonly authAt: Date
  readonly acr: string
  readonly idToken: Buffer | null
}

export const addSession = (tx: Tx, s: NewSession) =>
  tx.run(sql`
    insert into identity.session (subject, id, account, token_hash, csrf_secret, acting_agency, acting_position,
      auth_at, acr, id_token, created_at, seen_at)
    values (${s.subject}, ${s.id}, ${s.account}, ${s.tokenHash}, ${s.csrfSecret}, ${agencyOfPost(s.actAs)}, ${positionOfPost(s.actAs)},
      ${s.authAt}, ${s.acr}, ${s.idToken}, ${tx.now}, ${tx.now})`)

export const replaceToken = (tx: Tx, s: Pick<NewSession, "subject" | "id" | "tokenHash" | "actAs">) =>
  tx.run(sql`
    update identity.session set token_hash = ${s.tokenHash}, acting_agency = ${agencyOfPost(s.actAs)},
      acting_position = ${positionOfPost(s.actAs)}, seen_at = ${tx.now}
    where subject = ${s.subject} and id = ${s.id}`)

const agencyOfPost = (actAs: ActAs) => (actAs.kind === "official" ? actAs.agency : null)
const positionOfPost = (actAs: ActAs) => (actAs.kind === "official" ? actAs.position : null)

export const deleteSession = (tx: Tx, tokenHash: Buffer) =>
  tx.find<{ id: string; idToken: Buffer | null }>(
    sql`delete from identity.session where token_hash = ${tokenHash} returning id, id_token as "idToken"`,
  )

export const deleteSessionsOf = (tx: Tx, subject: string) => tx.run(sql`delete from identity.session where subject = ${subject}`)

/** Deletes some of the sessions that have idled out; who signs in clears a few away. */
export const deleteDeadSessions = (tx: Tx, old: Oldest) =>
  tx.run(sql`
    delete from identity.session where (subject, id) in (
      select subject, id from identity.session where seen_at <= ${old.personSeen} limit 20 for update skip locked)`)

// Sign-ins under way

export const addAttempt = (tx: Tx, a: { cookieHash: Buffer; returnTo: string; fresh: boolean }) =>
  tx.run(sql`
    insert into identity.sign_in_attempt (cookie_hash, return_to, fresh, started_at)
    values (${a.cookieHash}, ${a.returnTo}, ${a.fresh}, ${tx.now})`)

export const takeAttempt = (tx: Tx, cookieHash: Buffer, oldestStart: Date) =>
  tx.find<{ returnTo: string; fresh: boolean }>(sql`
    delete from identity.sign_in_attempt where cookie_hash = ${cookieHash} and started_at > ${oldestStart}
    returning return_to as "returnTo", fresh`)

export const deleteOldAttempts = (tx: Tx, oldestStart: Date) =>
  tx.run(sql`
    delete from identity.sign_in_attempt where cookie_hash in (
      select cookie_hash from identity.sign_in_attempt where started_at <= ${oldestStart} limit 100 for update skip locked)`)

// Delegations

const DELEGATIONS_LISTED_MAX = 200

export interface DelegationRow {
  readonly id: string
  readonly agency: string
  readonly position: string
  readonly fromSubject: string
  readonly fromName: string
  readonly toSubject: string
  readonly toName: string
  readonly reason: string
  readonly fromAt: Date
  readonly untilAt: Date
  /** Account of who granted it. */
  readonly grantedBy: string
  readonly endedAt: Date | null
}

const delegationColumns = sql`d.id, d.agency, d.position, d.from_subject as "fromSubject", d.from_name as "fromName", d.to_subject as "toSubject",
  d.to_name as "toName", d.reason, d.from_at as "fromAt", d.until_at as "untilAt", d.granted_by as "grantedBy", d.ended_at as "endedAt"`

export const addDelegation = (tx: Tx, d: DelegationRow) =>
  tx.run(sql`
    insert into identity.delegation (agency, id, position, from_subject, from_name, to_subject, to_name, reason, from_at, until_at,
      granted_at, granted_by)
    values (${d.agency}, ${d.id}, ${d.position}, ${d.fromSubject}, ${d.fromName}, ${d.toSubject}, ${d.toName}, ${d.reason},
      ${d.fromAt}, ${d.untilAt}, ${tx.now}, ${d.grantedBy})`)

export const findDelegation = (tx: Tx, agency: string, id: string) =>
  tx.find<DelegationRow>(sql`select ${delegationColumns} from identity.delegation d where d.agency = ${agency} and d.id = ${id}`)

export const findDelegations = (tx: Tx, agency: string) =>
  tx.rows<DelegationRow>(sql`
    select ${delegationColumns} from identity.delegation d where d.agency = ${agency}
    order by d.granted_at desc, d.id desc limit ${DELEGATIONS_LISTED_MAX}`)

export const endDelegation = (tx: Tx, d: { agency: string; id: string; by: string }) =>
  tx.run(sql`
    update identity.delegation set ended_at = ${tx.now}, ended_by = ${d.by}
    where agency = ${d.agency} and id = ${d.id} and ended_at is null`)

// Agencies, units, positions and holders as the pack declares them; each statement is one round trip.

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
