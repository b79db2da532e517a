// What a person has agreed to, with what became of it and every use.
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { type Artefact, said } from "./artefact.ts"
import { personOf } from "./give-consent.ts"
import { type ConsentRow, findConsentRow, selectConsentsOf, selectUses } from "./store.ts"

export type ConsentState = "active" | "expired" | "revoked"

export interface MyConsent {
  readonly id: string
  readonly artefact: Artefact
  readonly state: ConsentState
  readonly revokedAt: Date | null
  /** Newest first, at most USES_SHOWN_MAX of all consents that are listed. */
  readonly uses: readonly { readonly message: string; readonly usedAt: Date }[]
  /** The signed document itself. */
  readonly jws: string
}

export const CONSENTS_SHOWN_MAX = 100
export const USES_SHOWN_MAX = 500

/** The acting person's consents, newest first. Throws `not-signed-in`. */
export async function listMyConsents(tx: Tx): Promise<MyConsent[]> {
  const rows = await selectConsentsOf(tx, personOf(tx).subject, CONSENTS_SHOWN_MAX)
  return withUses(tx, rows)
}

/** One of them. Throws `not-signed-in`, `not-found`. */
export async function getMyConsent(tx: Tx, id: string): Promise<MyConsent> {
  const { subject } = personOf(tx)
  const row = await findConsentRow(tx, id)
  if (row?.subject !== subject) throw problem("not-found")
  return (await withUses(tx, [row]))[0]!
}

async function withUses(tx: Tx, rows: readonly ConsentRow[]): Promise<MyConsent[]> {
  const uses =
    rows.length === 0
      ? []
      : await selectUses(
          tx,
          rows.map(({ id }) => id),
          USES_SHOWN_MAX,
        )
  return rows.map((row) => ({
    ...{ id: row.id, artefact: said(row.artefact), jws: row.artefact, state: stateOf(row, tx.now), revokedAt: row.revokedAt },
    uses: uses.filter(({ consent }) => consent === row.id),
  }))
}

const stateOf = ({ revokedAt, until }: ConsentRow, now: Date): ConsentState =>
  revokedAt ? "revoked" : until <= now ? "expired" : "active"
