// One request on the exchange: authorised against the rights of the pack, answered by the register, logged whatever comes of it.
import { createHash } from "node:crypto"
import { type AccessRight, countryOf } from "#country"
import type { Actor, Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { getRecordType, type RecordType, type RegisterEntry, readRecords, type WrittenRecord, writeRecord } from "#registers"
import { insertMessage, type MessageRow } from "./store.ts"

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
  /** Today where the agency is: `2026-03-09`. */
  readonly today: string
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
  | { readonly outcome: "empty"; readonly message: string }
  | { readonly outcome: "refused"; readonly message: string; readonly refusal: Refusal }

/** Why a request was refused. */
export type Refusal = "no-right" | "purpose-unknown" | "requester-unknown"

/**
 * Asks a register. A refusal is an answer, not an exception, so that its log row stays; a likely duplicate and other problems of a write
 * are thrown. Values outside the fields of the right never leave the register.
 */
export async function request(tx: Tx, asked: ExchangeRequest): Promise<ExchangeAnswer> {
  const [typeName, deed] = asked.service.split(".") as [string, string]
  const type = getRecordType(tx, typeName)
  const message = newId(tx.now)
  const right = rightFor(tx, type, deed, asked)
  if (typeof right === "string") {
    await log(tx, type, asked, message, { outcome: "refused", refusal: right, fields: [] })
    return { outcome: "refused", message, refusal: right }
  }
  return deed === "write" ? write(tx, type, asked, message, right) : read(tx, type, asked, message, right)
}

async function read(
  tx: Tx,
  type: RecordType,
  asked: ExchangeRequest,
  message: string,
  right: AccessRight,
): Promise<ExchangeAnswer> {
  const fields = type.record.fields.map((f) => f.id).filter((id) => right.fields.includes("*") || right.fields.includes(id))
  const subject = tx.site.keys.subjectOf(asked.number ?? "")
  const found = await readRecords(tx, type.name, subject, asked.today, asked.validOn ? { validOn: asked.validOn } : {})
  const entries = found.map((entry) => ({ ...entry, data: only(entry.data, fields) }))
  const first = entries[0]
  if (!first) {
    await log(tx, type, asked, message, { outcome: "empty", fields: [], ground: right })
    return { outcome: "empty", message }
  }
  await log(tx, type, asked, message, { outcome: "answered", fields, ground: right, answer: entries })
  return { outcome: "answered", message, entries, source: sourceOf(tx, type, first.record, message) }
}

async function write(
  tx: Tx,
  type: RecordType,
  asked: ExchangeRequest,
  message: string,
  right: AccessRight,
): Promise<ExchangeAnswer> {
  const { data = {}, validFrom = asked.today, record, duplicateCleared } = asked.write ?? {}
  const fields = Object.keys(data)
  if (!right.fields.includes("*") && fields.some((id) => !right.fields.includes(id))) {
    await log(tx, type, asked, message, { outcome: "refused", refusal: "no-right", fields: [] })
    return { outcome: "refused", message, refusal: "no-right" }
  }
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
  await log(tx, type, { ...asked, number: written.number }, message, {
    outcome: "answered",
    fields,
    ground: right,
    answer: written,
  })
  return { outcome: "written", message, written, source: sourceOf(tx, type, written.record, message) }
}

/** The right under which the request may be made, or why there is none. */
function rightFor(tx: Tx, type: RecordType, deed: string, asked: ExchangeRequest): AccessRight | Refusal {
  const country = countryOf(tx)
  const requester = country.agencies.get(asked.requester)
  if (!requester) return "requester-unknown"
  if (!Object.hasOwn(country.vocabulary.purposes, asked.purpose)) return "purpose-unknown"
  const { actor } = tx
  const isSelf = actor.kind === "person" && asked.number !== undefined && actor.subject === tx.site.keys.subjectOf(asked.number)
  const may = ({ who }: AccessRight) =>
    (who.self === true && isSelf) || who.agency === requester.id || (who.kind !== undefined && who.kind === requester.kind)
  return type.record.access.find((r) => r.may === deed && r.purpose === asked.purpose && may(r)) ?? "no-right"
}

interface Logged {
  readonly outcome: MessageRow["outcome"]
  readonly refusal?: Refusal
  readonly fields: readonly string[]
  readonly ground?: AccessRight
  readonly answer?: unknown
}

async function log(tx: Tx, type: RecordType, asked: ExchangeRequest, id: string, what: Logged): Promise<void> {
  const { actor } = tx
  const purpose = countryOf(tx).vocabulary.purposes[asked.purpose]
  const ground = what.ground?.ground ?? purpose?.law[0]
  await insertMessage(tx, {
    subject: tx.site.keys.subjectOf(asked.number ?? ""),
    id,
    service: asked.service,
    provider: type.register.owner,
    requester: asked.requester,
    actor_kind: actor.kind,
    actor_name: nameOf(actor),
    actor_position: actor.kind === "official" ? (actor.positions[0]?.id ?? null) : null,
    case_id: asked.caseId ?? null,
    purpose: asked.purpose,
    legal_ground: ground ? [ground.ref, ground.article].filter(Boolean).join(", ") : "-",
    outcome: what.outcome,
    refusal: what.refusal ?? null,
    fields: what.fields,
    request_digest: digest({ ...asked, today: undefined }),
    answer_digest: what.answer === undefined ? null : digest(what.answer),
    requested_at: tx.now,
  })
}

const nameOf = (actor: Actor): string => (actor.kind === "public" ? "public" : actor.name)

const digest = (content: unknown): string => createHash("sha256").update(JSON.stringify(content)).digest("hex")

const only = (data: Readonly<Record<string, unknown>>, fields: readonly string[]) =>
  Object.fromEntries(fields.filter((id) => data[id] !== undefined && data[id] !== null).map((id) => [id, data[id]]))

function sourceOf(tx: Tx, type: RecordType, record: string, message: string): Provenance {
  return { register: type.name, record, asOf: tx.now.toISOString(), message }
}
