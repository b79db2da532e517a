// A request for a register whose owner works at another site: sent over the line, its answer believed only in the shape that was agreed.
import { createHash } from "node:crypto"
import { Compile } from "typebox/compile"
import { noteUse } from "#consents"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { type ProblemCode, problem } from "#problems"
import type { Duplicate } from "./find-duplicate.ts"
import { logMessage, nameOf } from "./log-message.ts"
import {
  type At,
  contractUnderConsent,
  memberCodeOf,
  type OtherSites,
  otherSites,
  registersOf,
  subsystemOf,
} from "./other-sites.ts"
import type { Authorised, ExchangeAnswer, ExchangeRequest, Refusal } from "./request.ts"
import { noteWritten } from "./request.ts"
import { type Covered, withConsent } from "./under-consent.ts"
import { type AskedBy, SILENT, WireAnswer, type WireRequest, wirePaths } from "./wire.ts"

/** A person waits for what is read; a job for what is written. */
const READ_WAIT_MAX_MS = 5_000
const WRITE_WAIT_MAX_MS = 20_000
/** A register that was silent is not read again for so long, and then by one at a time until it answers: nobody else waits for it. */
const SILENCE_MS = 3_000

/** Problems of a write that another site may tell; any other is a fault of its own. */
const TOLD: readonly string[] = [
  "record-invalid",
  "record-exists",
  "record-likely-duplicate",
  "number-not-assigned",
  "delivery-differs",
  "not-found",
] satisfies ProblemCode[]

/** What came over the line; `isOfRoad` when not the register said no but the road to it. */
export type Heard =
  | WireAnswer
  | { readonly outcome: "silent" }
  | { readonly outcome: "refused"; readonly refusal: Refusal; readonly isOfRoad: true }

/** Asks the owner of the register; as `request` does. A register that does not answer in time is `silent`. */
export async function requestElsewhere(tx: Tx, asked: ExchangeRequest, found: Authorised): Promise<ExchangeAnswer> {
  const message = newId(tx.now)
  const { heard, consent } = await ask(tx, wirePaths.request, asked, message, found)
  return settle(tx, asked, { ...found, ...(consent && { consent }) }, message, heard)
}

/**
 * Logs what was heard and gives it as the answer of the exchange. Throws the problems of a write that the other site tells;
 * `register-silent` for those that it should not have.
 */
export async function settle(
  tx: Tx,
  asked: ExchangeRequest,
  { type, right, by, consent }: Pick<Authorised, "type"> & Partial<Authorised> & { readonly by?: AskedBy },
  message: string,
  heard: Heard,
): Promise<ExchangeAnswer> {
  const provider = type.register.owner
  const log = (
    what: Partial<Parameters<typeof logMessage>[4]> & Pick<Parameters<typeof logMessage>[4], "outcome">,
    about = asked,
  ) => logMessage(tx, provider, about, message, { fields: [], by, consent, ...(right && { ground: right }), ...what })
  if (consent !== undefined && isUse(heard)) await noteUse(tx, consent, message)
  switch (heard.outcome) {
    case "answered": {
      const entries = heard.entries.map((entry) => ({ ...entry, recordedAt: new Date(entry.recordedAt) }))
      const fields = [...new Set(entries.flatMap(({ data }) => Object.keys(data)))]
      await log({ outcome: "answered", fields, answer: entries })
      return { outcome: "answered", message, entries, source: { ...heard.source, message } }
    }
    case "written": {
      const written = { ...heard.written, subject: tx.site.keys.subjectOf(heard.written.number) }
      const fields = Object.keys(asked.write?.data ?? {})
      await log({ outcome: "answered", fields, answer: written }, { ...asked, number: written.number })
      noteWritten(tx, asked, type.name, written)
      return { outcome: "written", message, written, source: { ...heard.source, message } }
    }
    case "taken":
      await log({ outcome: "answered", fields: asked.correction ? [asked.correction.field] : [] })
      return { outcome: "taken", message }
    case "refused":
      await log({ outcome: "refused", refusal: heard.refusal })
      return { outcome: "refused", message, refusal: heard.refusal }
    case "problem":
      throw problemTold(heard, asked.service)
    case "empty":
      if (asked.write || asked.correction) break
      await log({ outcome: "empty" })
      return { outcome: "empty", message }
  }
  await log({ outcome: "silent" })
  return { outcome: "silent", message }
}

/** Silence and refusals are no use of a consent; what the other side counts, it counts by itself. */
const isUse = ({ outcome }: Heard): boolean => !["silent", "refused", "problem"].includes(outcome)

/** As `findDuplicate`; throws `register-silent`, for silence is no leave to write. */
export async function findDuplicateElsewhere(tx: Tx, asked: ExchangeRequest, found: Authorised): Promise<Duplicate | undefined> {
  const message = newId(tx.now)
  const { type, right } = found
  const { heard, consent } = await ask(tx, wirePaths.duplicate, asked, message, found)
  if (heard.outcome !== "duplicate" && heard.outcome !== "empty" && heard.outcome !== "refused" && heard.outcome !== "problem")
    throw problem("register-silent", { service: asked.service })
  if (heard.outcome === "problem") throw problemTold(heard, asked.service)
  if (consent !== undefined && isUse(heard)) await noteUse(tx, consent, message)
  const isFound = heard.outcome === "duplicate"
  await logMessage(tx, type.register.owner, { ...asked, service: `${type.name}.read` }, message, {
    outcome: isFound ? "answered" : heard.outcome === "refused" ? "refused" : "empty",
    ...(heard.outcome === "refused" && { refusal: heard.refusal }),
    fields: isFound ? [...new Set((type.record.duplicates ?? []).flat())] : [],
    ground: right,
    consent,
  })
  return isFound ? { register: type.name, recordedAt: new Date(heard.recordedAt), message } : undefined
}

/** Is this a mistake of the write itself, which no further try will mend? */
export const isMistake = (heard: Heard): heard is Extract<WireAnswer, { outcome: "problem" }> =>
  heard.outcome === "problem" && TOLD.includes(heard.code)

const problemTold = ({ code, params }: Extract<WireAnswer, { outcome: "problem" }>, service: string) =>
  TOLD.includes(code) ? problem(code as ProblemCode, params) : problem("register-silent", { service })

interface Silence {
  readonly until: number
  /** Somebody is asking again right now. */
  isTried: boolean
}

const silences = new WeakMap<OtherSites, Map<string, Silence>>()
const check = Compile(WireAnswer)

interface HeardUnder {
  readonly heard: Heard
  /** Id of the consent that it was asked under. */
  readonly consent?: string | undefined
}

async function ask(tx: Tx, path: string, asked: ExchangeRequest, message: string, { type }: Authorised): Promise<HeardUnder> {
  const { owner } = type.register
  return postUnderConsent(tx, path, owner, await withConsent(tx, path, owner, wireOf(tx, asked), message), message)
}

/** Posts what the person's consent covers, or what needs none. */
export async function postUnderConsent(
  at: At,
  path: string,
  owner: string,
  covered: Covered,
  message: string,
): Promise<HeardUnder> {
  if ("refusal" in covered) return { heard: { outcome: "refused", refusal: covered.refusal, isOfRoad: true } }
  return { heard: await post(at, path, owner, covered.wire, message), consent: covered.consent?.id }
}

/** Posts a request to the owner of a register at another site. Never throws for what lies beyond this one. */
async function post(at: At, path: string, owner: string, wire: WireRequest, message: string): Promise<Heard> {
  const others = otherSites(at)
  const service = others && registersOf(at, others, owner)
  const consumer = others && subsystemOf(others, wire.requester)
  const silent = (code: string): Heard => {
    at.site.log.warn(
      { service: wire.service, member: service && memberCodeOf(service), code },
      "a register of another site is silent",
    )
    return { outcome: "silent" }
  }
  if (!others) return silent("NoFederation")
  if (!consumer) return { outcome: "refused", refusal: "requester-foreign", isOfRoad: true }
  if (!service) return silent("NoService")
  if (!wire.consent && contractUnderConsent(at, others, { consumer, service, path, purpose: wire.purpose }))
    return { outcome: "refused", refusal: "consent-missing", isOfRoad: true }
  const isPatient = wire.key !== undefined && path === wirePaths.request
  const known = silences.get(others) ?? new Map<string, Silence>()
  silences.set(others, known)
  const before = known.get(service)
  if (!isPatient && before && (before.isTried || now(at) < before.until)) return silent("StillSilent")
  if (before) before.isTried = true
  let isSilent = true
  try {
    const told = await others.ask({
      ...{ consumer, service, path, purpose: wire.purpose, requestId: message, json: wire },
      waitMaxMs: isPatient ? WRITE_WAIT_MAX_MS : READ_WAIT_MAX_MS,
    })
    if (told.kind === "silent") return silent(told.code)
    if (told.kind === "answer" && !check.Check(told.json)) return silent(`status ${told.status}`)
    isSilent = false
    if (told.kind === "answer") return isSilence(told.json as WireAnswer) ? silent("Source") : (told.json as WireAnswer)
    at.site.log.warn({ service: wire.service, code: told.code }, "another site lets this one ask nothing")
    return { outcome: "refused", refusal: "no-right", isOfRoad: true }
  } finally {
    if (isSilent) known.set(service, { until: now(at) + SILENCE_MS, isTried: false })
    else known.delete(service)
  }
}

/** The site answers, and one of its systems does not: its other registers are asked as before. */
const isSilence = (heard: WireAnswer): boolean => heard.outcome === "problem" && heard.code === SILENT

/** Not the time of the deed: it has waited. */
const now = ({ site }: At): number => site.clock().getTime()

/** A request as it travels, with who asks. */
export function wireOf(tx: Tx, asked: ExchangeRequest): WireRequest {
  const { service, requester, number, purpose, caseId, validOn, today, write, correction } = asked
  return {
    ...{ service, requester, purpose, today, by: askedBy(tx, number) },
    ...(number !== undefined && { number }),
    ...(caseId !== undefined && { caseId }),
    ...(validOn !== undefined && { validOn }),
    ...(write && { write: { ...write, data: { ...write.data } } }),
    ...(correction && { correction }),
    ...((write || correction) && { key: asked.key ?? contentKey(asked) }),
  }
}

function askedBy({ actor, site }: Tx, number: string | undefined): AskedBy {
  const name = nameOf(actor)
  if (actor.kind === "system" || actor.kind === "public") return { kind: "system", name }
  if (actor.kind === "person") {
    const isSubject = number !== undefined && actor.subject === site.keys.subjectOf(number)
    return { kind: "person", name, isSubject }
  }
  const position = actor.positions[0]?.id
  return { kind: "official", name, ...(position !== undefined && { position }) }
}

/** What is entered by hand has no case: the same content is the same write. */
const contentKey = ({ service, number, write }: ExchangeRequest): string =>
  `sha256:${createHash("sha256")
    .update(JSON.stringify([service, number, write]))
    .digest("base64url")}`
