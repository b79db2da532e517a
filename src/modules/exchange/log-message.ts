// The log row of a request; what was asked and answered stands in it as digests that only this site can make.
import { createHmac } from "node:crypto"
import { append } from "#audit"
import { type AccessRight, type Country, countryOf } from "#country"
import type { Actor, Tx } from "#platform/db"
import type { ExchangeRequest, Refusal } from "./request.ts"
import { insertMessage, type MessageRow } from "./store.ts"
import type { AskedBy } from "./wire.ts"

/** The book of what no agency of the pack has asked. */
const SITE_BOOK = "site"
const NAME_LENGTH_MAX = 100

/** What came of a request. */
export interface Logged {
  readonly outcome: MessageRow["outcome"]
  readonly refusal?: Refusal
  readonly fields: readonly string[]
  readonly ground?: AccessRight
  readonly answer?: unknown
  /** Who asks, where it is not who acts: somebody of another site, or of a deed that was done before. */
  readonly by?: AskedBy | undefined
  /** Id of the consent of the person that it went under. */
  readonly consent?: string | undefined
  /** Whom it turned out to be about, where the request did not say. */
  readonly subject?: string
}

/** Writes the log row of a request with the id `id`; a refusal stands in the book too. `provider` is the agency that owns the register. */
export async function logMessage(tx: Tx, provider: string, asked: ExchangeRequest, id: string, what: Logged): Promise<void> {
  const { actor } = tx
  const subject = what.subject ?? tx.site.keys.subjectOf(asked.number ?? "")
  if (what.refusal) noteRefusal(tx, asked, id, what.refusal)
  insertMessage(tx, {
    subject,
    id,
    service: asked.service.slice(0, NAME_LENGTH_MAX),
    provider,
    requester: asked.requester.slice(0, NAME_LENGTH_MAX),
    actor_kind: what.by?.kind ?? actor.kind,
    actor_name: what.by?.name ?? nameOf(actor),
    actor_position: what.by?.position ?? (actor.kind === "official" ? (actor.positions[0]?.id ?? null) : null),
    case_id: asked.caseId ?? null,
    purpose: asked.purpose.slice(0, NAME_LENGTH_MAX),
    legal_ground: groundOf(countryOf(tx), asked, what.ground),
    outcome: what.outcome,
    refusal: what.refusal ?? null,
    fields: what.fields,
    request_digest: digest(tx, { ...asked, today: undefined }),
    answer_digest: what.answer === undefined ? null : digest(tx, what.answer),
    requested_at: tx.now,
    consent: what.consent ?? null,
    ...delayedBy(tx, what.ground?.delay),
  })
}

const DAY_MS = 86_400_000

/** A right or a contract for investigations may say that the person sees the lookup later. */
export function delayedBy(tx: Tx, delay: AccessRight["delay"]): Pick<MessageRow, "shown_at" | "delay_ground"> {
  if (!delay) return { shown_at: null, delay_ground: null }
  const { days, ground } = delay
  return { shown_at: new Date(tx.now.getTime() + days * DAY_MS), delay_ground: textOf(ground) }
}

export const textOf = ({ ref, article }: { readonly ref: string; readonly article?: string | undefined }): string =>
  [ref, article].filter(Boolean).join(", ")

/** The law of the right, else that of the purpose; "-" when neither is known. */
function groundOf({ vocabulary }: Country, { purpose }: ExchangeRequest, right: AccessRight | undefined): string {
  const ofPurpose = Object.hasOwn(vocabulary.purposes, purpose) ? vocabulary.purposes[purpose]?.law[0] : undefined
  const ground = right?.ground ?? ofPurpose
  return ground ? textOf(ground) : "-"
}

/** Names that nobody declared stay out of the book. */
function noteRefusal(tx: Tx, { service, requester, purpose, caseId }: ExchangeRequest, message: string, reason: Refusal): void {
  const { agencies, vocabulary } = countryOf(tx)
  append(tx, {
    agency: agencies.has(requester) ? requester : SITE_BOOK,
    event: "request-refused",
    ...(caseId && { caseId }),
    details: {
      message,
      ...(reason !== "service-unknown" && { service }),
      ...(Object.hasOwn(vocabulary.purposes, purpose) && { purpose }),
      reason,
    },
  })
}

/** The name under which an actor stands in the log and in a record. */
export const nameOf = (actor: Actor): string => (actor.kind === "public" ? "public" : actor.name)

/** Keyed: a plain digest would give a personal number away to whoever tries all of them. */
export const digest = (tx: Tx, content: unknown): string =>
  createHmac("sha256", tx.site.keys.secret("exchange-digest")).update(JSON.stringify(content)).digest("hex")
