// Delegation: a position held for somebody else between two times, never with more than the giver has.

import { countryOf } from "#country"
import { isDay } from "#engines/calendar"
import type { Actor, Tx } from "#platform/db"
import { isId, newId } from "#platform/ids"
import { problem } from "#problems"
import type { Colleague } from "./agencies.ts"
import { noteDelegated, noteDelegationEnded } from "./book.ts"
import { dayAfter, startOfDay } from "./days.ts"
import {
  addDelegation,
  type DelegationRow,
  endDelegation,
  findColleagues,
  findDelegation,
  findDelegations,
  findPositionRoles,
} from "./store.ts"

/** The longest time that a position may be held for somebody else in one grant. */
const DELEGATION_MAX_DAYS = 180
const REASON_MAX_CHARS = 500
const DAY_MS = 86_400_000
const LEADER = "leader"

export type Delegation = DelegationRow

export interface DelegationWish {
  /** A position of the actor's own agency. */
  readonly position: string
  /** Subject of the colleague who will hold it. */
  readonly toSubject: string
  /** Subject of the colleague for whom it is held; needed when several hold the position, else found. */
  readonly fromSubject?: string
  readonly from: Date
  readonly until: Date
  readonly reason: string
}

type Official = Extract<Actor, { kind: "official" }>

/**
 * Lets a colleague of the same agency hold a position for a while. Only who holds the position, or a leader of the agency, may grant it;
 * in both cases only with roles that the actor's own position has, and never from a position that is itself delegated.
 * Throws `not-allowed`, `delegation-beyond-own`, `delegation-dates`, `delegation-reason`, `delegation-people`.
 */
export async function delegate(tx: Tx, wish: DelegationWish): Promise<Delegation> {
  const actor = officialIn(tx)
  const reason = checkedWish(tx, wish)
  const roles = await findPositionRoles(tx, actor.agency, wish.position)
  if (!roles) throw problem("delegation-people")
  requireGrant(actor, wish.position, roles)
  const { from, to } = await people(tx, actor, wish)
  const delegation = {
    id: newId(tx.now),
    agency: actor.agency,
    position: wish.position,
    fromSubject: from.subject,
    fromName: from.name,
    toSubject: to.subject,
    toName: to.name,
    reason,
    fromAt: wish.from,
    untilAt: wish.until,
    grantedBy: actor.accountId,
    endedAt: null,
  }
  await addDelegation(tx, delegation)
  noteDelegated(tx, delegation)
  return delegation
}

export interface DelegationChoices {
  /** Positions with their holders that the actor may give to somebody else for a while. */
  readonly grantable: readonly Colleague[]
  /** Who could hold one: everybody with a position in the agency, once each. */
  readonly receivers: readonly Pick<Colleague, "subject" | "name">[]
}

/** What the actor can choose from; empty for who may give nothing. Throws `not-allowed` for who acts in no agency. */
export async function delegationChoices(tx: Tx): Promise<DelegationChoices> {
  const actor = officialIn(tx)
  const colleagues = await findColleagues(tx, actor.agency)
  const grantable = colleagues.filter((c) => mayGrant(actor, c.position) && isWithinOwn(actor, c.roles))
  const receivers = new Map(colleagues.map(({ subject, name }) => [subject, { subject, name }]))
  return { grantable, receivers: [...receivers.values()] }
}

/** The span of whole days of the country's calendar, both included, as moments; a day that isn't one gives an invalid Date. */
export function wholeDays(tx: Tx, fromDay: string, untilDay: string): { from: Date; until: Date } {
  const { timeZone } = countryOf(tx)
  const from = isDay(fromDay) ? startOfDay(fromDay, timeZone) : null
  const until = isDay(untilDay) ? startOfDay(dayAfter(untilDay), timeZone) : null
  const never = new Date(Number.NaN)
  return { from: from ?? never, until: until ?? never }
}

/** Ends a delegation at once; who may grant it may end it. Throws `not-found` (also for another agency's) and `not-allowed`. */
export async function revokeDelegation(tx: Tx, id: string): Promise<void> {
  const actor = officialIn(tx)
  const delegation = isId(id) ? await findDelegation(tx, actor.agency, id) : undefined
  if (!delegation) throw problem("not-found")
  if (!mayGrant(actor, delegation.position)) throw problem("not-allowed")
  if (delegation.endedAt) return
  await endDelegation(tx, { agency: actor.agency, id, by: actor.accountId })
  noteDelegationEnded(tx, delegation)
}

/** The delegations of the actor's agency, newest first, ended ones included. Throws `not-allowed` for who acts in no agency. */
export async function listDelegations(tx: Tx): Promise<Delegation[]> {
  return findDelegations(tx, officialIn(tx).agency)
}

function officialIn(tx: Tx): Official {
  const { actor } = tx
  if (actor.kind !== "official" || actor.agency === "") throw problem("not-allowed")
  return actor
}

function checkedWish(tx: Tx, wish: DelegationWish): string {
  const reason = wish.reason.normalize("NFC").trim()
  if (!reason || reason.length > REASON_MAX_CHARS) throw problem("delegation-reason", { charsMax: REASON_MAX_CHARS })
  const days = (wish.until.getTime() - wish.from.getTime()) / DAY_MS
  const inOrder = days > 0 && days <= DELEGATION_MAX_DAYS && wish.until > tx.now
  if (!inOrder) throw problem("delegation-dates", { daysMax: DELEGATION_MAX_DAYS })
  return reason
}

/** Positions of the actor's own; what was delegated to them they can't hand on. */
const ownPositions = (actor: Official) => actor.positions.filter((p) => p.delegatedBy === undefined)

const mayGrant = (actor: Official, position: string) =>
  ownPositions(actor).some((p) => p.id === position || p.roles.includes(LEADER))

function requireGrant(actor: Official, position: string, roles: readonly string[]): void {
  if (!mayGrant(actor, position)) throw problem("not-allowed")
  if (!isWithinOwn(actor, roles)) throw problem("delegation-beyond-own")
}

function isWithinOwn(actor: Official, roles: readonly string[]): boolean {
  const own = new Set(ownPositions(actor).flatMap((p) => p.roles))
  return roles.every((role) => own.has(role))
}

/** Giver and receiver: two people, both with a position in the agency today, the giver with this one. */
async function people(tx: Tx, actor: Official, wish: DelegationWish) {
  const colleagues = await findColleagues(tx, actor.agency)
  const holders = colleagues.filter((c) => c.position === wish.position)
  const from = wish.fromSubject === undefined ? onlyOne(holders) : holders.find((c) => c.subject === wish.fromSubject)
  const to = colleagues.find((c) => c.subject === wish.toSubject)
  if (!from || !to || holders.some((c) => c.subject === to.subject)) throw problem("delegation-people")
  return { from, to }
}

const onlyOne = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)
