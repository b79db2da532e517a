// Statements on delegations; row-level security keeps them inside the agency.
import { sql, type Tx } from "#platform/db"

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

const columns = sql`d.id, d.agency, d.position, d.from_subject as "fromSubject", d.from_name as "fromName", d.to_subject as "toSubject",
  d.to_name as "toName", d.reason, d.from_at as "fromAt", d.until_at as "untilAt", d.granted_by as "grantedBy", d.ended_at as "endedAt"`

export const addDelegation = (tx: Tx, d: DelegationRow) =>
  tx.run(sql`
    insert into identity.delegation (agency, id, position, from_subject, from_name, to_subject, to_name, reason, from_at, until_at,
      granted_at, granted_by)
    values (${d.agency}, ${d.id}, ${d.position}, ${d.fromSubject}, ${d.fromName}, ${d.toSubject}, ${d.toName}, ${d.reason},
      ${d.fromAt}, ${d.untilAt}, ${tx.now}, ${d.grantedBy})`)

export const findDelegation = (tx: Tx, agency: string, id: string) =>
  tx.find<DelegationRow>(sql`select ${columns} from identity.delegation d where d.agency = ${agency} and d.id = ${id}`)

export const findDelegations = (tx: Tx, agency: string) =>
  tx.rows<DelegationRow>(sql`
    select ${columns} from identity.delegation d where d.agency = ${agency}
    order by d.granted_at desc, d.id desc limit ${DELEGATIONS_LISTED_MAX}`)

export const endDelegation = (tx: Tx, d: { agency: string; id: string; by: string }) =>
  tx.run(sql`
    update identity.delegation set ended_at = ${tx.now}, ended_by = ${d.by}
    where agency = ${d.agency} and id = ${d.id} and ended_at is null`)
