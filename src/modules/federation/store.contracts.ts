// The statements of contracts, their signatures, and the errands that carry them.
import { sql, type Tx } from "#platform/db"
import type { ContractParty, SignatureType } from "./contract.ts"

export interface ContractRow {
  readonly hash: string
  readonly content: string
  readonly takenAt: Date
}

export interface SignatureRow {
  readonly hash: string
  readonly site: string
  readonly type: SignatureType
  readonly parties: readonly ContractParty[]
  readonly jws: string
  readonly certificate: Buffer
  readonly signedAt: Date
}

export interface ErrandRow {
  readonly site: string
  readonly hash: string
  readonly changedAt: Date
  readonly tries: number
}

/** False when it is there already. */
export const insertContract = async (tx: Tx, hash: string, id: string, content: string): Promise<boolean> =>
  (await tx.run(sql`
    insert into federation.contract (hash, id, content, taken_at) values (${hash}, ${id}, ${content}, ${tx.now})
    on conflict do nothing`)) > 0

export const findContract = (tx: Tx, hash: string) =>
  tx.find<ContractRow>(sql`select hash, content, taken_at as "takenAt" from federation.contract where hash = ${hash}`)

export const readContracts = (tx: Tx, limit: number) =>
  tx.rows<ContractRow>(sql`
    select hash, content, taken_at as "takenAt" from federation.contract order by taken_at desc, hash limit ${limit}`)

export const insertSignature = async (tx: Tx, row: SignatureRow): Promise<boolean> =>
  (await tx.run(sql`
    insert into federation.contract_signature (hash, site, type, parties, jws, certificate, signed_at, taken_at)
    values (${row.hash}, ${row.site}, ${row.type}, ${row.parties}::text[], ${row.jws}, ${row.certificate}, ${row.signedAt}, ${tx.now})
    on conflict do nothing`)) > 0

/** The signatures under one contract, in the order in which they were made. */
export const readSignatures = (tx: Tx, hash: string) =>
  tx.rows<SignatureRow>(sql`
    select hash, site, type, parties, jws, certificate, signed_at as "signedAt"
    from federation.contract_signature where hash = ${hash} order by signed_at, site, type`)

/** Types and parties of all signatures: what decides the state of each contract. */
export const readAllSignatures = (tx: Tx) =>
  tx.rows<Pick<SignatureRow, "hash" | "site" | "type" | "parties" | "signedAt">>(sql`
    select hash, site, type, parties, signed_at as "signedAt" from federation.contract_signature order by hash, signed_at, site, type`)

/** Contracts that a site has signed and this one has not answered. */
export const countOpenProposals = async (tx: Tx, from: string, own: string): Promise<number> =>
  (
    await tx.get<{ n: number }>(sql`
      select count(distinct s.hash)::int as n from federation.contract_signature s
      where s.site = ${from} and not exists (
        select from federation.contract_signature o where o.hash = s.hash and (o.site = ${own} or o.type <> 'accept'))`)
  ).n

export const putErrand = (tx: Tx, site: string, hash: string) =>
  tx.run(sql`
    insert into federation.errand (site, hash, changed_at, next_at) values (${site}, ${hash}, ${tx.now}, ${tx.now})
    on conflict (site, hash) do update set changed_at = excluded.changed_at, next_at = excluded.next_at, tries = 0`)

export const readErrands = (tx: Tx, limit: number) =>
  tx.rows<ErrandRow>(sql`
    select site, hash, changed_at as "changedAt", tries from federation.errand where next_at <= ${tx.now}
    order by next_at, site, hash limit ${limit}`)

/** Done, unless there was news meanwhile. */
export const dropErrand = (tx: Tx, { site, hash, changedAt }: ErrandRow) =>
  tx.run(sql`delete from federation.errand where site = ${site} and hash = ${hash} and changed_at = ${changedAt}`)

export const putOffErrand = (tx: Tx, { site, hash }: ErrandRow, nextAt: Date) =>
  tx.run(sql`update federation.errand set tries = tries + 1, next_at = ${nextAt} where site = ${site} and hash = ${hash}`)
