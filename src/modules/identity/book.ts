// What identity writes into the book, and into whose: an official's deeds into their agency's, a citizen's into the site's own.
import { append } from "#audit"
import type { Tx } from "#platform/db"
import type { FoundSession } from "./session.ts"
import type { DelegationRow } from "./store.ts"

/** The book of what belongs to no agency: citizens' sessions, the technical administrator's. */
export const SITE_BOOK = "site"

const METHOD = "openid-connect"

const bookOf = ({ session }: FoundSession) => (session.actingAs.kind === "official" ? session.actingAs.agency : SITE_BOOK)

export function noteSignIn(tx: Tx, found: FoundSession): void {
  const { subject, acr } = found.session
  append(tx, { agency: bookOf(found), event: "signed-in", subject, details: { method: METHOD, level: acr } })
}

export function noteAccountOpened(tx: Tx, account: { id: string; subject: string }): void {
  append(tx, { agency: SITE_BOOK, event: "account-opened", subject: account.subject, details: { account: account.id } })
}

export function noteSignOut(tx: Tx, found: FoundSession): void {
  append(tx, { agency: bookOf(found), event: "signed-out", subject: found.session.subject })
}

/** A session ended by a rule: another sign-in on the same browser, or its holder's wish from another device. */
export function noteRevoked(tx: Tx, found: FoundSession, reason: "replaced" | "everywhere"): void {
  const { subject, accountId } = found.session
  append(tx, { agency: bookOf(found), event: "session-revoked", subject, details: { account: accountId, reason } })
}

export function noteSwitch(tx: Tx, found: FoundSession): void {
  const { subject, actingAs } = found.session
  const position = actingAs.kind === "official" ? actingAs.position : null
  append(tx, { agency: bookOf(found), event: "acting-switched", subject, details: { as: actingAs.kind, position } })
}

/**
 * Notes that a sign-in was refused; `reason` is a code of ours or of the provider, never its text. In a transaction of its own,
 * for the refused one left nothing.
 */
export function noteRefusedSignIn(tx: Tx, reason: string): void {
  append(tx, { agency: SITE_BOOK, event: "sign-in-refused", details: { method: METHOD, reason } })
}

interface Held {
  readonly agency: string
  readonly position: string
  readonly subject: string
  readonly fromAt: Date
  readonly untilAt: Date | null
}

export function notePositionGiven(tx: Tx, held: Held): void {
  const { agency, position, subject } = held
  const span = { from: held.fromAt.toISOString(), to: held.untilAt?.toISOString() ?? null }
  append(tx, { agency, event: "position-given", subject, details: { position, ...span } })
}

export function notePositionTaken(tx: Tx, held: Held): void {
  append(tx, { agency: held.agency, event: "position-taken", subject: held.subject, details: { position: held.position } })
}

export function noteDelegated(tx: Tx, d: DelegationRow): void {
  const span = { from: d.fromAt.toISOString(), to: d.untilAt.toISOString() }
  const details = { delegation: d.id, position: d.position, ...span }
  append(tx, { agency: d.agency, event: "delegation-given", subject: d.toSubject, details })
}

export function noteDelegationEnded(tx: Tx, d: DelegationRow): void {
  const details = { delegation: d.id, position: d.position }
  append(tx, { agency: d.agency, event: "delegation-taken", subject: d.toSubject, details })
}
