// Consents, revocations, uses, and what other sites have still to be told.
import { sql, type Tx } from "#platform/db"

/** Stands for a person whom this site need not know. */
export const UNKNOWN = "00000000-0000-8000-8000-000000000001"

export interface ConsentRow {
  /** This site's pseudonym of the person; UNKNOWN where the consent came from another site. */
  readonly subject: string
  readonly id: string
  /** Hash of the contract. */
  readonly contract: string
  /** Site that has signed it. */
  readonly signer: string
  readonly artefact: string
  readonly salt: string
  readonly issuedAt: Date
  readonly until: Date
  readonly revocation: string | null
  readonly revokedAt: Date | null
}

const columns = sql`c.subject, c.id, c.contract, c.signer, c.artefact, c.salt, c.issued_at as "issuedAt", c.until_at as until, r.revocation,
  r.revoked_at as "revokedAt"`
const from = sql`from consents.consent c left join consents.revocation r on r.consent = c.id and r.subject = c.subject`

/** False when it is known. */
export const insertConsent = async (tx: Tx, c: Omit<ConsentRow, "revocation" | "revokedAt">): Promise<boolean> =>
  (await tx.run(sql`
    insert into consents.consent (id, subject, contract, signer, artefact, salt, issued_at, until_at, taken_at)
    values (${c.id}, ${c.subject}, ${c.contract}, ${c.signer}, ${c.artefact}, ${c.salt}, ${c.issuedAt}, ${c.until}, ${tx.now})
    on conflict do nothing`)) === 1

/** A consent by its id, opened to this transaction with its uses. */
export function findConsentRow(tx: Tx, id: string): Promise<ConsentRow | undefined> {
  tx.send(sql`select set_config('motlan.consent', ${id}, true)`)
  return tx.find<ConsentRow>(sql`select ${columns} ${from} where c.id = ${id}`)
}

/** The newest that a person has agreed to under one contract: others are over long since. */
const LOOKED_AT_MAX = 20

/** What a person has agreed to under a contract, opened to this transaction; newest first, at most LOOKED_AT_MAX. */
export function selectConsentsUnder(tx: Tx, subject: string, contract: string): Promise<ConsentRow[]> {
  tx.send(sql`select set_config('motlan.consents_of', ${subject}, true)`)
  return tx.rows<ConsentRow>(sql`
    select ${columns} ${from} where c.subject = ${subject} and c.contract = ${contract} order by c.issued_at desc, c.id desc limit ${LOOKED_AT_MAX}`)
}

/** What a person has agreed to: their own, newest first (row-level security). */
export const selectConsentsOf = (tx: Tx, subject: string, limit: number): Promise<ConsentRow[]> =>
  tx.rows<ConsentRow>(sql`
    select ${columns} ${from} where c.subject = ${subject} order by c.issued_at desc, c.id desc limit ${limit}`)

/** False when it was taken back before. */
export const insertRevocation = async (
  tx: Tx,
  { id, subject }: Pick<ConsentRow, "id" | "subject">,
  revocation: string,
  revokedAt: Date,
): Promise<boolean> =>
  (await tx.run(sql`
    insert into consents.revocation (consent, subject, revocation, revoked_at) values (${id}, ${subject}, ${revocation}, ${revokedAt})
    on conflict do nothing`)) === 1

/** Who uses one consent at the same time waits here until the end of the other's deed. */
export const lockUses = (tx: Tx, id: string): void =>
  tx.send(sql`select pg_advisory_xact_lock(hashtextextended('consents.use ' || ${id}, 0))`)

/** How often it was used after `since`, not counting the exchange `message` itself. */
export const countUses = async (tx: Tx, id: string, since: Date, message: string): Promise<number> =>
  (
    await tx.get<{ n: number }>(sql`
      select count(*)::int as n from consents.use where consent = ${id} and used_at > ${since} and message <> ${message}`)
  ).n

export const insertUse = (tx: Tx, { id, subject }: Pick<ConsentRow, "id" | "subject">, message: string): void =>
  tx.send(sql`
    insert into consents.use (consent, message, subject, used_at) values (${id}, ${message}, ${subject}, ${tx.now}) on conflict do nothing`)

export interface Use {
  readonly consent: string
  /** Id of the exchange. */
  readonly message: string
  readonly usedAt: Date
}

/** Uses of some consents, newest first (row-level security). */
export const selectUses = (tx: Tx, consents: readonly string[], limit: number): Promise<Use[]> =>
  tx.rows<Use>(sql`
    select consent, message, used_at as "usedAt" from consents.use where consent = any(${consents}) order by used_at desc limit ${limit}`)

export interface ErrandRow {
  readonly site: string
  readonly consent: string
  readonly changedAt: Date
  readonly tries: number
}

export const putErrand = (tx: Tx, site: string, consent: string): void =>
  tx.send(sql`
    insert into consents.errand (site, consent, changed_at, next_at) values (${site}, ${consent}, ${tx.now}, ${tx.now})
    on conflict (site, consent) do update set changed_at = excluded.changed_at, next_at = excluded.next_at, tries = 0`)

/** Claims what is due: nobody else takes it before `until`. */
export const claimErrands = (tx: Tx, limit: number, until: Date): Promise<ErrandRow[]> =>
  tx.rows<ErrandRow>(sql`
    update consents.errand set next_at = ${until} where (site, consent) in (
      select site, consent from consents.errand where next_at <= ${tx.now} order by next_at limit ${limit} for update skip locked)
    returning site, consent, changed_at as "changedAt", tries`)

/** Done, unless there was news meanwhile. */
export const dropErrand = (tx: Tx, { site, consent, changedAt }: ErrandRow) =>
  tx.run(sql`delete from consents.errand where site = ${site} and consent = ${consent} and changed_at = ${changedAt}`)

export const putOffErrand = (tx: Tx, { site, consent, changedAt }: ErrandRow, nextAt: Date) =>
  tx.run(sql`
    update consents.errand set tries = tries + 1, next_at = ${nextAt}
    where site = ${site} and consent = ${consent} and changed_at = ${changedAt}`)
