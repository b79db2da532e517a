// The log of the exchange for the auditors of an agency: every message in which it has asked or was asked, and never what stood in it.
import { append } from "#audit"
import type { Tx } from "#platform/db"
import { isId, timeOfId } from "#platform/ids"
import { problem } from "#problems"
import { type LogWish, selectLog, selectMessage } from "./store.log.ts"
import { findPassed, type PassedRow, selectPassed } from "./store.passages.ts"
import type { MessageRow } from "./store.ts"

/** A message of the log, without the person whom it is about. */
export interface LoggedMessage {
  readonly id: string
  readonly at: Date
  readonly service: string
  readonly provider: string
  readonly requester: string
  readonly byKind: MessageRow["actor_kind"]
  /** The name of an official or a system; a citizen's stays out of it. */
  readonly by?: string
  readonly position?: string
  readonly purpose: string
  readonly legalGround: string
  readonly outcome: MessageRow["outcome"]
  readonly refusal?: string
  /** Names of the fields that were given. */
  readonly fields: readonly string[]
  /** The subsystem that asked, of a message of an information system. */
  readonly consumer?: string
  /** Digests that this site alone can make; what information systems have said is in the evidence. */
  readonly requestDigest?: string
  readonly answerDigest?: string
  readonly isOfCase: boolean
}

export interface LogFilter {
  readonly from: Date
  readonly until: Date
  /** Id of the other party's agency. */
  readonly member?: string | undefined
  /** How the service's name begins: `population/`. */
  readonly service?: string | undefined
  readonly purpose?: string | undefined
  readonly outcome?: MessageRow["outcome"] | undefined
  /** A page's last row: what follows is asked for. */
  readonly before?: { readonly at: Date; readonly id: string } | undefined
}

export interface LogPage {
  readonly messages: readonly LoggedMessage[]
  /** Of the last row, when there are more. */
  readonly next?: { readonly at: Date; readonly id: string }
}

/** Why a person may be looked for in the log. */
export const searchReasons = ["complaint", "request-of-the-person", "incident", "inspection", "court-or-investigation"] as const
export type SearchReason = (typeof searchReasons)[number]

export const LOG_PAGE = 50
/** A person's rows in one search. */
export const PERSON_ROWS_MAX = 200
/** Number of the paper on which a search rests: `12/KN-UBND`. */
const REFERENCE = /^[\p{L}\p{N}][\p{L}\p{N} ./_-]{1,59}$/u
const LONG_NUMBER = /\d{9,}/

/** Newest first, for auditors: messages of their own agency. Throws `not-allowed` for anybody else. */
export async function searchLog(tx: Tx, filter: LogFilter): Promise<LogPage> {
  const agency = auditedAgency(tx)
  const wish = { ...wishOf(filter), subject: null, limit: LOG_PAGE + 1 }
  const [logged, passed] = await Promise.all([selectLog(tx, agency, wish), selectPassed(tx, agency, wish)])
  const found = [...logged.map(messageOf), ...passed.map(passedOf)].sort(newestFirst)
  const messages = found.slice(0, LOG_PAGE)
  const last = messages.at(-1)
  return { messages, ...(found.length > LOG_PAGE && last && { next: { at: last.at, id: last.id } }) }
}

/** One message of the log; undefined where there is none in which the auditor's agency took part. Throws `not-allowed`. */
export async function findLogged(tx: Tx, id: string): Promise<LoggedMessage | undefined> {
  auditedAgency(tx)
  if (!isId(id)) return undefined
  const row = (await selectMessage(tx, id))[0]
  if (row) return messageOf(row)
  const passed = await findPassed(tx, id, ...timeOf(tx, id))
  return passed && passedOf(passed)
}

const AROUND_MS = 5 * 60_000

/** When a message with this id may have passed: ids that sites make begin with their time (RFC 9562, version 7). */
function timeOf(tx: Tx, id: string): [Date, Date] {
  const madeAt = timeOfId(id)?.getTime()
  if (madeAt === undefined) return [new Date(0), tx.now]
  return [new Date(madeAt - AROUND_MS), new Date(madeAt + AROUND_MS)]
}

export interface PersonSearch {
  readonly number: string
  readonly reason: string
  readonly reference: string
  readonly from: Date
  readonly until: Date
}

/**
 * The messages of the agency about one person, newest first, at most PERSON_ROWS_MAX. The search, its reason and the paper it rests on
 * go into the book with the person's pseudonym (Law 91/2025/QH15, article 4: the purpose of each processing is known). Throws
 * `not-allowed`, `search-reason-missing`.
 */
export async function searchPerson(tx: Tx, { number, reason, reference, from, until }: PersonSearch): Promise<LoggedMessage[]> {
  const agency = auditedAgency(tx)
  const isReason = (searchReasons as readonly string[]).includes(reason)
  if (!isReason || !REFERENCE.test(reference) || LONG_NUMBER.test(reference) || number === "")
    throw problem("search-reason-missing")
  const subject = tx.site.keys.subjectOf(number)
  const found = await selectLog(tx, agency, { ...wishOf({ from, until }), subject, limit: PERSON_ROWS_MAX })
  append(tx, { agency, event: "exchange-searched", subject, details: { reason, reference, rows: found.length } })
  return found.map(messageOf)
}

/** The agency whose log the actor may look through. */
function auditedAgency({ actor }: Tx): string {
  const isAuditor = actor.kind === "official" && actor.positions.some(({ roles }) => roles.includes("auditor"))
  if (!isAuditor || actor.agency === "") throw problem("not-allowed")
  return actor.agency
}

const wishOf = ({ from, until, member, service, purpose, outcome, before }: LogFilter): Omit<LogWish, "subject" | "limit"> => ({
  ...{ from, until, member: member || null, service: service || null, purpose: purpose || null, outcome: outcome ?? null },
  before: before ?? null,
})

const newestFirst = (a: LoggedMessage, b: LoggedMessage): number =>
  b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)

const passedOf = ({ consumer, ...row }: PassedRow): LoggedMessage => ({
  ...row,
  ...{ byKind: "system", by: consumer, consumer, fields: [], isOfCase: false },
})

const messageOf = (row: MessageRow): LoggedMessage => ({
  ...{ id: row.id, at: row.requested_at, service: row.service, provider: row.provider, requester: row.requester },
  byKind: row.actor_kind,
  ...(row.actor_kind !== "person" && { by: row.actor_name }),
  ...(row.actor_position !== null && { position: row.actor_position }),
  ...{ purpose: row.purpose, legalGround: row.legal_ground, outcome: row.outcome, fields: row.fields },
  ...(row.refusal !== null && { refusal: row.refusal }),
  requestDigest: row.request_digest,
  ...(row.answer_digest !== null && { answerDigest: row.answer_digest }),
  isOfCase: row.case_id !== null,
})
