// Answers other sites for the registers of this one: authorised by the same rights as a request from here, and logged here too.
import { Compile } from "typebox/compile"
import { countryOf } from "#country"
import type { Handler, HandlerRequest } from "#line"
import type { Actor, Db, Tx } from "#platform/db"
import { Problem } from "#platform/problem"
import type { Site } from "#platform/site"
import { problem } from "#problems"
import { answerCollection } from "./answer-collection.ts"
import { duplicateOf } from "./find-duplicate.ts"
import { digest, logMessage } from "./log-message.ts"
import { isHere, memberCodeOf } from "./other-sites.ts"
import { type Authorised, answerHere, authorise, type ExchangeRequest, type Refusal } from "./request.ts"
import { findDelivery, insertDelivery } from "./store.ts"
import { coveredHere } from "./under-consent.ts"
import { SILENT, type Taken, type WireAnswer, WireRequest, type Written, wirePaths } from "./wire.ts"

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** What a delivery may meet of the same delivery that was quicker: its row (SQLSTATE), or its record. */
const OVERTAKEN: readonly unknown[] = ["23505", "record-likely-duplicate", "record-exists"]
const NOBODY = "00000000-0000-8000-8000-000000000000"

const check = Compile(WireRequest)

/** What the line gives requests for services of type REGISTER to. */
export const answerRegister =
  (site: Site, db: Db): Handler =>
  async (asked) => {
    const wire = parsed(asked.body)
    if (asked.path === wirePaths.collection) return answerCollection(db, asked, wire)
    if (!check.Check(wire) || !isSpeltRightly(asked, wire)) return { status: 400, json: { error: "the request can't be read" } }
    const deed = (tx: Tx) => (asked.path === wirePaths.duplicate ? findDuplicateFor(tx, asked, wire) : answerFor(tx, asked, wire))
    const run = () => db.tx(actorOf(site, wire), deed)
    try {
      // Of two deliveries of the same write at once the second finds what the first has left.
      const json = await run().catch((fault: { code?: unknown }) =>
        OVERTAKEN.includes(fault.code) ? run() : Promise.reject(fault),
      )
      return { status: 200, json }
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault
      const told: WireAnswer = { outcome: "problem", code: fault.code, params: { ...fault.params } as Record<string, string> }
      return { status: fault.status, json: told }
    }
  }

/** The purpose stands in the header too, because the contract was chosen by it. */
const isSpeltRightly = ({ method, path, purpose, requestId }: HandlerRequest, wire: WireRequest): boolean =>
  method === "POST" &&
  (path === wirePaths.request || (path === wirePaths.duplicate && wire.write !== undefined)) &&
  UUID.test(requestId) &&
  (purpose === undefined || purpose === wire.purpose)

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8")) as unknown
  } catch {
    return undefined
  }
}

/**
 * Under whom row-level security sees the deed: somebody of the requesting agency, without a role, or the person whom it is about. Their
 * own site has signed them in and vouches for them.
 */
function actorOf({ keys }: Site, { by, requester, number }: WireRequest): Actor {
  const { name } = by
  if (by.kind === "person")
    return { kind: "person", accountId: "", subject: by.isSubject && number ? keys.subjectOf(number) : NOBODY, name }
  const positions = by.position === undefined ? [] : [{ id: by.position, unit: "", roles: [] }]
  return { kind: "official", accountId: "", subject: NOBODY, name, agency: requester, positions }
}

/** As `authorise`, and: the register is of the agency whose service was asked, and the requester of the member that asked. */
async function authoriseFor(tx: Tx, asked: HandlerRequest, wire: WireRequest) {
  const { consumer, service, requestId } = asked
  const { agencies } = countryOf(tx)
  const found = authorise(tx, wire)
  const refuse = async (refusal: Refusal, provider: string): Promise<{ refusal: Refusal }> => {
    await logMessage(tx, provider, wire, requestId, { outcome: "refused", refusal, fields: [], by: wire.by })
    return { refusal }
  }
  if (agencies.get(wire.requester)?.code !== memberCodeOf(consumer))
    return refuse("requester-foreign", "refusal" in found ? found.provider : found.type.register.owner)
  if ("refusal" in found) return refuse(found.refusal, found.provider)
  const { owner } = found.type.register
  const isOwners = isHere(tx, owner) && agencies.get(owner)?.code === memberCodeOf(service)
  if (!isOwners) return refuse("service-unknown", owner)
  const covered = await coveredHere(tx, asked, wire, found)
  return "refusal" in covered ? refuse(covered.refusal, owner) : covered
}

async function answerFor(tx: Tx, asked: HandlerRequest, wire: WireRequest): Promise<WireAnswer> {
  const found = await authoriseFor(tx, asked, wire)
  if ("refusal" in found) return { outcome: "refused", refusal: found.refusal }
  return found.deed === "read" ? answerOf(tx, asked, wire, found) : deliver(tx, asked, wire, found)
}

async function answerOf(tx: Tx, { requestId }: HandlerRequest, wire: WireRequest, found: Authorised): Promise<WireAnswer> {
  const answer = await answerHere(tx, asExchangeRequest(wire), requestId, found, wire.by)
  switch (answer.outcome) {
    case "answered": {
      const entries = answer.entries.map((entry) => ({
        ...{ type: entry.type, record: entry.record, version: entry.version, data: { ...entry.data } },
        ...{ validFrom: entry.validFrom, recordedAt: entry.recordedAt.toISOString() },
      }))
      return { outcome: "answered", entries, source: sourceOf(answer.source) }
    }
    case "written": {
      const { record, version, number } = answer.written
      return { outcome: "written", written: { record, version, number }, source: sourceOf(answer.source) }
    }
    case "taken":
      return { outcome: "taken", correction: wire.correction!.id }
    case "empty":
      return { outcome: "empty" }
    case "refused":
      return { outcome: "refused", refusal: answer.refusal }
    case "silent":
      return { outcome: "problem", code: SILENT, params: { service: wire.service } }
  }
}

const sourceOf = ({ register, record, asOf }: Written["source"]): Written["source"] => ({ register, record, asOf })

/** A write or a correction with a key: done once, and answered as the first time whenever it comes again. */
async function deliver(tx: Tx, asked: HandlerRequest, wire: WireRequest, found: Authorised): Promise<WireAnswer> {
  const { requester, key, service, number, purpose, write, correction } = wire
  if (key === undefined) throw problem("record-invalid", { register: found.type.name, field: "key" })
  // Not the day: a job that is tried again after midnight asks for the same write.
  const content = digest(tx, { service, number, purpose, data: write?.data, record: write?.record, correction })
  const before = await findDelivery(tx, requester, key)
  if (before) {
    if (before.digest !== content) throw problem("delivery-differs")
    const answer = before.answer as Written | Taken
    const about = answer.outcome === "written" ? { ...wire, number: answer.written.number } : wire
    const fields = correction ? [correction.field] : Object.keys(write?.data ?? {})
    const given = answer.outcome === "written" ? { answer: answer.written } : {}
    await logMessage(tx, found.type.register.owner, about, asked.requestId, {
      ...{ outcome: "answered", fields, ground: found.right, by: wire.by, consent: found.consent, ...given },
    })
    return answer
  }
  const answer = await answerOf(tx, asked, wire, found)
  if (answer.outcome !== "written" && answer.outcome !== "taken") return answer
  insertDelivery(tx, { requester, key, digest: content, answer, deliveredAt: tx.now })
  return answer
}

async function findDuplicateFor(tx: Tx, asked: HandlerRequest, wire: WireRequest): Promise<WireAnswer> {
  const found = await authoriseFor(tx, asked, wire)
  if ("refusal" in found) return { outcome: "refused", refusal: found.refusal }
  const like = await duplicateOf(tx, asExchangeRequest(wire), asked.requestId, found, wire.by)
  return like
    ? { outcome: "duplicate", register: like.register, recordedAt: like.recordedAt.toISOString() }
    : { outcome: "empty" }
}

const asExchangeRequest = ({ by: _, consent: __, ...asked }: WireRequest): ExchangeRequest => asked
