// The statements of the book.
import { GENESIS } from "#engines/ledger"
import { type Sql, sql, type Tx } from "#platform/db"
import type { EntryContent } from "./entry.ts"
import type { BookFilter } from "./list-book.ts"

export interface Head {
  readonly agency: string
  readonly seq: number
  readonly hash: Buffer
}

/** An entry on its way into the book: the how-manieth of its agency in this deed (from 1), and the digest of its content. */
export interface ChainedEntry extends EntryContent {
  readonly nth: number
  readonly digest: Buffer
}

export interface EntryRow extends EntryContent {
  readonly seq: number
  readonly hash: Buffer
}

/** Makes the heads of agencies that have none; gives how many were new. Heads that are there are not locked. */
export const ensureHeads = (tx: Tx, agencies: readonly string[]): Promise<number> =>
  tx.run(sql`
    insert into audit.head (agency, seq, hash) select agency, 0, ${GENESIS} from unnest(${agencies}::text[]) as fresh (agency)
    on conflict (agency) do nothing`)

/**
 * Locks the heads of all agencies of a deed in sorted order (two deeds must not wait for each other), links the entries to them in the order
 * given, stores them and moves the heads: one statement, so that the lock is held for it and the commit alone. The hash of a link is that of
 * `linkHash`. It fails where a head is missing: the entry then has no place, which its table demands.
 */
export function chainEntries(agencies: readonly string[], entries: readonly ChainedEntry[]): Sql {
  if (agencies.length > 1 || entries.length > FEW) return chainMany(agencies, entries)
  return entries.length === 1 ? chainOne(entries[0]!) : chainFew(agencies[0]!, entries)
}

function chainOne({ agency, at, event, actor, subject, caseId, details, digest }: ChainedEntry): Sql {
  return sql`
    with head as (
      update audit.head set seq = seq + 1, hash = sha256('\\x02'::bytea || hash || int8send(seq + 1) || ${digest}::bytea)
      where agency = ${agency} returning seq, hash
    )
    insert into audit.entry (agency, seq, at, event, actor, subject, case_id, details, hash)
    values (${agency}, (select seq from head), ${at}, ${event}, ${JSON.stringify(actor)}, ${subject}, ${caseId},
      ${JSON.stringify(details)}, (select hash from head))`
}

/** Most deeds write so many entries or fewer, into one book; a statement without recursion takes a third of the time. */
const FEW = 4

function chainFew(agency: string, entries: readonly ChainedEntry[]): Sql {
  const links = entries.map(({ digest }, i) => {
    const [name, before] = [LINKS[i + 1]!, LINKS[i]!]
    return sql`${name} as materialized (
      select seq + 1 as seq, sha256('\\x02'::bytea || hash || int8send(seq + 1) || ${digest}::bytea) as hash from ${before})`
  })
  const rows = entries.map(({ at, event, actor, subject, caseId, details }, i) => {
    const link = LINKS[i + 1]!
    return sql`(${agency}, (select seq from ${link}), ${at}::timestamptz, ${event}, ${JSON.stringify(actor)}::jsonb, ${subject}::uuid,
      ${caseId}::uuid, ${JSON.stringify(details)}::jsonb, (select hash from ${link}))`
  })
  const last = LINKS[entries.length]!
  return sql`
    with l0 as materialized (select seq, hash from audit.head where agency = ${agency} for update), ${listed(links)},
    moved as (update audit.head set seq = ${last}.seq, hash = ${last}.hash from ${last} where agency = ${agency})
    insert into audit.entry (agency, seq, at, event, actor, subject, case_id, details, hash) values ${listed(rows)}`
}

/** Names of the links: l0 is the head as it was found. */
const LINKS = [sql`l0`, sql`l1`, sql`l2`, sql`l3`, sql`l4`]

const listed = (parts: readonly Sql[]): Sql => parts.reduce((all, part) => sql`${all}, ${part}`)

function chainMany(agencies: readonly string[], entries: readonly ChainedEntry[]): Sql {
  const column = <K extends keyof ChainedEntry>(key: K) => entries.map((entry) => entry[key])
  const json = (key: "actor" | "details") => entries.map((entry) => JSON.stringify(entry[key]))
  return sql`
    with recursive given as materialized (
      select * from unnest(
        ${column("agency")}::text[], ${column("nth")}::bigint[], ${column("at")}::timestamptz[], ${column("event")}::text[],
        ${json("actor")}::jsonb[], ${column("subject")}::uuid[], ${column("caseId")}::uuid[], ${json("details")}::jsonb[],
        ${column("digest")}::bytea[]
      ) as given (agency, nth, at, event, actor, subject, case_id, details, digest)
    ), locked as materialized (
      select agency, seq, hash from audit.head where agency = any(${agencies}::text[]) order by agency for update
    ), linked (agency, base, nth, hash) as (
      select agency, seq, 0::bigint, hash from locked
      union all
      select l.agency, l.base, g.nth, sha256('\\x02'::bytea || l.hash || int8send(l.base + g.nth) || g.digest)
      from linked l join given g on g.agency = l.agency and g.nth = l.nth + 1
    ), stored as (
      insert into audit.entry (agency, seq, at, event, actor, subject, case_id, details, hash)
      select g.agency, l.base + g.nth, g.at, g.event, g.actor, g.subject, g.case_id, g.details, l.hash
      from given g left join linked l on l.agency = g.agency and l.nth = g.nth
    )
    update audit.head set seq = last.base + last.nth, hash = last.hash
    from (select distinct on (agency) agency, base, nth, hash from linked order by agency, nth desc) as last
    where head.agency = last.agency`
}

/** Each chain's head with the number of its last stored entry, both of one moment; of one agency or of all. */
export const readHeads = (tx: Tx, agency?: string): Promise<(Head & { last: number })[]> =>
  tx.rows(sql`
    select agency, seq, hash, coalesce((select max(e.seq) from audit.entry e where e.agency = head.agency), 0) as last
    from audit.head
    where agency = ${agency ?? null} or ${agency ?? null}::text is null
    order by agency`)

/** Agencies that have entries and no head. */
export const readHeadless = async (tx: Tx, agency?: string): Promise<string[]> => {
  const rows = await tx.rows<{ agency: string }>(sql`
    with recursive agencies (agency) as (
      (select agency from audit.entry order by agency limit 1)
      union all
      select (select e.agency from audit.entry e where e.agency > agencies.agency order by e.agency limit 1)
      from agencies where agencies.agency is not null
    )
    select agency from agencies
    where agency is not null and not exists (select from audit.head h where h.agency = agencies.agency)
      and (agency = ${agency ?? null} or ${agency ?? null}::text is null)`)
  return rows.map((row) => row.agency)
}

/** The next entries of one chain after `seq`, at most `limit`. */
export const readChain = (tx: Tx, agency: string, seq: number, limit: number): Promise<EntryRow[]> =>
  tx.rows(sql`
    select agency, seq, at, event, actor, subject, case_id as "caseId", details, hash
    from audit.entry where agency = ${agency} and seq > ${seq} order by seq limit ${limit}`)

/** Entries of one agency, newest first. */
export const readBook = (tx: Tx, filter: BookFilter, limit: number): Promise<EntryRow[]> =>
  tx.rows(sql`
    select agency, seq, at, event, actor, subject, case_id as "caseId", details, hash
    from audit.entry
    where agency = ${filter.agency}
      ${filter.before === undefined ? sql`` : sql`and seq < ${filter.before}`}
      ${filter.caseId === undefined ? sql`` : sql`and case_id = ${filter.caseId}`}
      ${filter.subject === undefined ? sql`` : sql`and subject = ${filter.subject}`}
      ${filter.event === undefined ? sql`` : sql`and event = ${filter.event}`}
      ${filter.from === undefined ? sql`` : sql`and at >= ${filter.from}`}
      ${filter.to === undefined ? sql`` : sql`and at < ${filter.to}`}
    order by seq desc limit ${limit}`)
