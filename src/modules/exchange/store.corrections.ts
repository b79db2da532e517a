// Corrections: what a person says is wrong in a register, and what came of it.
import { sql, type Tx } from "#platform/db"

export interface Correction {
  /** Whose record it is: this site's pseudonym. */
  readonly subject: string
  readonly id: string
  /** Agency that keeps the register, and agency through which it was said. */
  readonly owner: string
  readonly requester: string
  readonly number: string
  /** `population/person` */
  readonly register: string
  readonly record: string
  readonly field: string
  readonly registered: unknown
  readonly claimed: unknown
  readonly purpose: string
  readonly caseId: string | null
  /** Field of the case's form, at the site of the claim. */
  readonly place: string | null
  /** Who said so, where they have an account at this site. */
  readonly claimant: string | null
  readonly claimedBy: string
  readonly claimedAt: Date
  readonly state: "open" | "accepted" | "refused"
  readonly reason: string | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
}

const columns = sql`subject, id, owner, requester, number, register, record, field, registered, claimed, purpose, case_id as "caseId", place,
  claimant, claimed_by as "claimedBy", claimed_at as "claimedAt", state, reason, decided_by as "decidedBy", decided_at as "decidedAt"`

export type NewCorrection = Omit<Correction, "claimedAt" | "state" | "reason" | "decidedBy" | "decidedAt">

/** The same claim twice is one. */
export const insertCorrection = (tx: Tx, c: NewCorrection) =>
  tx.run(sql`
    insert into exchange.correction (subject, id, owner, requester, number, register, record, field, registered, claimed, purpose, case_id,
      place, claimant, claimed_by, claimed_at, state)
    values (${c.subject}, ${c.id}, ${c.owner}, ${c.requester}, ${c.number}, ${c.register}, ${c.record}, ${c.field},
      ${JSON.stringify(c.registered ?? null)}, ${JSON.stringify(c.claimed ?? null)}, ${c.purpose}, ${c.caseId}, ${c.place}, ${c.claimant},
      ${c.claimedBy}, ${tx.now}, 'open')
    on conflict do nothing`)

export const findCorrection = (tx: Tx, id: string): Promise<Correction | undefined> =>
  tx.find<Correction>(sql`select ${columns} from exchange.correction where id = ${id}`)

/** The correction, held until the transaction ends. */
export const lockCorrection = (tx: Tx, id: string): Promise<Correction | undefined> =>
  tx.find<Correction>(sql`select ${columns} from exchange.correction where id = ${id} for update`)

/** Those that the owner has not decided first, the oldest before the others. */
export const selectCorrectionsAt = (tx: Tx, owner: string, limit: number): Promise<Correction[]> =>
  tx.rows<Correction>(sql`
    select ${columns} from exchange.correction where owner = ${owner}
    order by (state = 'open') desc, case when state = 'open' then claimed_at end, decided_at desc limit ${limit}`)

export const selectCorrectionsOf = (tx: Tx, subject: string, limit: number): Promise<Correction[]> =>
  tx.rows<Correction>(sql`
    select ${columns} from exchange.correction where subject = ${subject} or claimant = ${subject}
    order by claimed_at desc, id desc limit ${limit}`)

export const countOpenCorrections = async (tx: Tx, owner: string): Promise<number> =>
  (await tx.get<{ n: number }>(sql`select count(*)::int as n from exchange.correction where owner = ${owner} and state = 'open'`))
    .n

/** False when it was decided before. */
export const updateCorrection = async (
  tx: Tx,
  id: string,
  { state, reason, decidedBy, decidedAt }: Pick<Correction, "state" | "reason" | "decidedBy"> & { readonly decidedAt: Date },
): Promise<boolean> =>
  (await tx.run(sql`
    update exchange.correction set state = ${state}, reason = ${reason}, decided_by = ${decidedBy}, decided_at = ${decidedAt}
    where id = ${id} and state = 'open'`)) === 1
