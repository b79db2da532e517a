// One request on the exchange: authorised against the rights of the pack, answered by the register, logged whatever comes of it.
import { append } from "#audit"
import type { ConsentFault } from "#consents"
import { type AccessRight, countryOf, findRecord } from "#country"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { getRecordType, type RecordType, type RegisterEntry, readRecords, type WrittenRecord, writeRecord } from "#registers"
import { isAnsweredBySource, readFromSource } from "#sources"
import { announceRecord } from "./announce-record.ts"
import { requestElsewhere } from "./ask-elsewhere.ts"
import { logMessage, nameOf } from "./log-message.ts"
import { isHere } from "./other-sites.ts"
import { takeCorrection } from "./take-correction.ts"
import type { AskedBy } from "./wire.ts"

/** What a person says is wrong in a record, and what they say is right. */
export interface Claim {
  /** Id of the correction at both sites. */
  readonly id: string
  readonly record: string
  readonly field: string
  readonly claimed: unknown
}

export interface ExchangeRequest {
  /** `population/person.read`: record type and deed. */
  readonly service: string
  /** Id of the agency that asks, or on whose case the question is asked. */
  readonly requester: string
  /** Personal number of the subject; left out only for a write in which the register gives the number. */
  readonly number?: string
  readonly caseId?: string
  /** A purpose of the country's vocabulary; its law is the legal ground that the request states. */
  readonly purpose: string
  /** A read for another day than today. */
  readonly validOn?: string
  /** What a write records, and from when it holds. */
  readonly write?: {
    readonly data: Readonly<Record<string, unknown>>
    readonly validFrom: string
    readonly record?: string
    readonly duplicateCleared?: boolean
  }
  /** What a person says is wrong in a record: `population/person.correct`. */
  readonly correction?: Claim
  /** Today where the agency is: `2026-03-09`. */
  readonly today: string
  /** Names a write, so that one which is tried again at another site is done once; its content does when left out. */
  readonly key?: string
}

/** Where an answer came from; stands beside every value that it fills. */
export interface Provenance {
  readonly register: string
  readonly record: string
  /** RFC 3339. */
  readonly asOf: string
  readonly message: string
}

export type ExchangeAnswer =
  | {
      readonly outcome: "answered"
      readonly message: string
      readonly entries: readonly RegisterEntry[]
      readonly source: Provenance
    }
  | { readonly outcome: "written"; readonly message: string; readonly written: WrittenRecord; readonly source: Provenance }
  /** A correction lies with the owner of the register, who will decide. */
  | { readonly outcome: "taken"; readonly message: string }
  | { readonly outcome: "empty"; readonly message: string }
  /** The register is at another site or in a system of the agency, which did not answer in time. A write may have been done: ask again with the same key. */
  | { readonly outcome: "silent"; readonly message: string }
  | { readonly outcome: "refused"; readonly message: string; readonly refusal: Refusal }

/**
 * Why a request was refused. `requester-foreign`: an official asks in the name of another agency than their own, or a site in that of one
 * that works elsewhere. Those of a consent: the contract rests on the person's, and there is none that covers the request.
 */
export type Refusal =
  | "service-unknown"
  | "requester-unknown"
  | "requester-foreign"
  | "purpose-unknown"
  | "no-right"
  | ConsentFault

/**
 * Asks a register. A refusal is an answer, not an exception, so that its log row stays; a likely duplicate and other problems of a write
 * are thrown. Values outside the fields of the right never leave the register.
 */
export async function request(tx: Tx, asked: ExchangeRequest): Promise<ExchangeAnswer> {
  const found = authoriseFromHere(tx, asked)
  if ("type" in found && !isHere(tx, found.type.register.owner)) return requestElsewhere(tx, asked, found)
  const message = newId(tx.now)
  if ("refusal" in found) {
    await logMessage(tx, found.provider, asked, message, { outcome: "refused", refusal: found.refusal, fields: [] })
    return { outcome: "refused", message, refusal: found.refusal }
  }
  return answerHere(tx, asked, message, found)
}

/** Answers from a register of this site what was authorised; `by` is who asks, where it is somebody of another site. */
export const answerHere = (
  tx: Tx,
  asked: ExchangeRequest,
  message: string,
  found: Authorised,
  by?: AskedBy,
): Promise<ExchangeAnswer> => (answers[found.deed] ?? read)(tx, asked, message, found, by)

const answers: Readonly<Record<string, typeof read>> = { write, correct: takeCorrection }

/** As `authorise`, for somebody of this site: an agency that works elsewhere asks from there. */
export function authoriseFromHere(tx: Tx, asked: ExchangeRequest): Authorised | Refused {
  const found = authorise(tx, asked)
  if ("refusal" in found || isHere(tx, asked.requester)) return found
  return { refusal: "requester-foreign", provider: found.type.register.owner }
}

/** A request that may be made, and under which right. */
export interface Authorised {
  readonly type: RecordType
  readonly deed: string
  readonly right: AccessRight
  /** Id of the consent of the person that it goes under, where the contract rests on one. */
  readonly consent?: string
}

interface Refused {
  readonly refusal: Refusal
  /** The owner of the register; "-" when there is no such register. */
  readonly provider: string
}

/** The right under which a request may be made, or why there is none. */
export function authorise(tx: Tx, asked: ExchangeRequest): Authorised | Refused {
  const [name = "", deed = ""] = asked.service.split(".", 2)
  const country = countryOf(tx)
  if (!findRecord(country, name)) return { refusal: "service-unknown", provider: "-" }
  const type = getRecordType(tx, name)
  const refused = (refusal: Refusal): Refused => ({ refusal, provider: type.register.owner })
  const requester = country.agencies.get(asked.requester)
  if (!requester) return refused("requester-unknown")
  if (!Object.hasOwn(country.vocabulary.purposes, asked.purpose)) return refused("purpose-unknown")
  const { actor } = tx
  if (actor.kind === "public") return refused("no-right")
  if (actor.kind === "official" && actor.agency !== requester.id) return refused("requester-foreign")
  const isSelf = actor.kind === "person" && asked.number !== undefined && actor.subject === tx.site.keys.subjectOf(asked.number)
  const may = ({ who }: AccessRight) =>
    (who.self === true && isSelf) || who.agency === requester.id || (who.kind !== undefined && who.kind === requester.kind)
  // Who may read a value may say that it is wrong.
  const needed = deed === "correct" ? "read" : deed
  const right = type.record.access.find((r) => r.may === needed && r.purpose === asked.purpose && may(r))
  // What an old system says can be said to be wrong; who keeps it mends it there.
  const isReadOnly = isAnsweredBySource(tx, name) && deed !== "read" && deed !== "correct"
  return right && !isReadOnly && reaches(right, asked) ? { type, deed, right } : refused("no-right")
}

/** The same with no field beyond those that the person has agreed to; undefined for what brings another one. */
export function narrowed(found: Authorised, asked: ExchangeRequest, fields: readonly string[]): Authorised | undefined {
  const { right } = found
  const both = right.fields.includes("*") ? [...fields] : right.fields.filter((id) => fields.includes(id))
  const less = { ...right, fields: both }
  return reaches(less, asked) ? { ...found, right: less } : undefined
}

/** Does the right reach every field that a write or a correction brings? */
const reaches = ({ fields }: AccessRight, { write, correction }: ExchangeRequest): boolean =>
  fields.includes("*") ||
  [...Object.keys(write?.data ?? {}), ...(correction ? [correction.field] : [])].every((id) => fields.includes(id))

async function read(
  tx: Tx,
  asked: ExchangeRequest,
  message: string,
  { type, right, consent }: Authorised,
  by?: AskedBy,
): Promise<ExchangeAnswer> {
  const provider = type.register.owner
  const fields = type.record.fields.map((f) => f.id).filter((id) => right.fields.includes("*") || right.fields.includes(id))
  const held = await heldRecords(tx, asked, type)
  if (!held) {
    await logMessage(tx, provider, asked, message, { outcome: "silent", fields: [], ground: right, by, consent })
    return { outcome: "silent", message }
  }
  const entries = held.entries.map((entry) => ({ ...entry, data: only(entry.data, fields) }))
  const first = entries[0]
  if (!first) {
    await logMessage(tx, provider, asked, message, { outcome: "empty", fields: [], ground: right, by, consent })
    return { outcome: "empty", message }
  }
  await logMessage(tx, provider, asked, message, { outcome: "answered", fields, ground: right, answer: entries, by, consent })
  return { outcome: "answered", message, entries, source: sourceOf(type, first.record, message, held.asOf) }
}

/** The records that this site keeps, or that a system of the agency answers with (with `isFresh` now, whatever was kept); undefined when that is silent. */
export async function heldRecords(
  tx: Tx,
  { number = "", today, validOn = today, purpose }: Pick<ExchangeRequest, "number" | "today" | "validOn" | "purpose">,
  type: RecordType,
  { isFresh = false } = {},
): Promise<{ readonly entries: readonly RegisterEntry[]; readonly asOf: Date } | undefined> {
  if (!isAnsweredBySource(tx, type.name))
    return { entries: await readRecords(tx, type.name, tx.site.keys.subjectOf(number), today, { validOn }), asOf: tx.now }
  const told = await readFromSource(tx, type, { number, validOn, today, purpose }, { isFresh })
  return told.kind === "silent" ? undefined : { entries: told.entries, asOf: told.askedAt }
}

async function write(
  tx: Tx,
  asked: ExchangeRequest,
  message: string,
  { type, right, consent }: Authorised,
  by?: AskedBy,
): Promise<ExchangeAnswer> {
  const { data = {}, validFrom = asked.today, record, duplicateCleared } = asked.write ?? {}
  const written = await writeRecord(tx, {
    type: type.name,
    ...(asked.number !== undefined && { number: asked.number }),
    data,
    validFrom,
    ...(record !== undefined && { record }),
    recordedBy: nameOf(tx.actor),
    message,
    ...(asked.caseId !== undefined && { caseId: asked.caseId }),
    ...(duplicateCleared && { duplicateCleared }),
  })
  const fields = Object.keys(data)
  const about = { ...asked, number: written.number }
  await announceRecord(tx, type, written, record !== undefined)
  const what = { outcome: "answered", fields, ground: right, answer: written, by, consent } as const
  await logMessage(tx, type.register.owner, about, message, what)
  noteWritten(tx, asked, type.name, written)
  return { outcome: "written", message, written, source: sourceOf(type, written.record, message, tx.now) }
}

/** Notes in the book what an agency has had written. */
export function noteWritten(tx: Tx, asked: ExchangeRequest, register: string, { record, version, subject }: WrittenRecord): void {
  const entry = { agency: asked.requester, subject, ...(asked.caseId && { caseId: asked.caseId }) }
  append(tx, { ...entry, event: "record-written", details: { register, record, version } })
  if (asked.number === undefined) append(tx, { ...entry, event: "number-assigned", details: { register, record } })
}

const only = (data: Readonly<Record<string, unknown>>, fields: readonly string[]) =>
  Object.fromEntries(fields.filter((id) => data[id] !== undefined && data[id] !== null).map((id) => [id, data[id]]))

function sourceOf(type: RecordType, record: string, message: string, asOf: Date): Provenance {
  return { register: type.name, record, asOf: asOf.toISOString(), message }
}
