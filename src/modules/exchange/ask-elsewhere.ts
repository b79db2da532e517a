// A request for a register whose owner works at another site: sent over the line, its answer believed only in the shape that was agreed.
import { createHash } from "node:crypto"
import { Compile } from "typebox/compile"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { type ProblemCode, problem } from "#problems"
import type { Duplicate } from "./find-duplicate.ts"
import { logMessage, nameOf } from "./log-message.ts"
import { memberCodeOf, type OtherSites, otherSites, registersOf, subsystemOf } from "./other-sites.ts"
import type { Authorised, ExchangeAnswer, ExchangeRequest, Refusal } from "./request.ts"
import { noteWritten } from "./request.ts"
import { type AskedBy, WireAnswer, type WireRequest, wirePaths } from "./wire.ts"

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

type Heard = WireAnswer | { readonly outcome: "silent" } | { readonly outcome: "refused"; readonly refusal: Refusal }

/** Asks the owner of the register; as `request` does. A register that does not answer in time is `silent`. */
export async function requestElsewhere(tx: Tx, asked: ExchangeRequest, found: Authorised): Promise<ExchangeAnswer> {
  const message = newId(tx.now)
  const { type, right, deed } = found
  const provider = type.register.owner
  const heard = await ask(tx, wirePaths.request, asked, message, found)
  const log = (
    what: Partial<Parameters<typeof logMessage>[4]> & Pick<Parameters<typeof logMessage>[4], "outcome">,
    about = asked,
  ) => logMessage(tx, provider, about, message, { fields: [], ground: right, ...what })
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
    case "refused":
      await log({ outcome: "refused", refusal: heard.refusal })
      return { outcome: "refused", message, refusal: heard.refusal }
    case "problem":
      throw problemTold(heard, asked.service)
    case "empty":
      if (deed === "write") break
      await log({ outcome: "empty" })
      return { outcome: "empty", message }
  }
  await log({ outcome: "silent" })
  return { outcome: "silent", message }
}

/** As `findDuplicate`; throws `register-silent`, for silence is no leave to write. */
export async function findDuplicateElsewhere(tx: Tx, asked: ExchangeRequest, found: Authorised): Promise<Duplicate | undefined> {
  const message = newId(tx.now)
  const { type, right } = found
  const heard = await ask(tx, wirePaths.duplicate, asked, message, found)
  if (heard.outcome === "silent" || heard.outcome === "answered" || heard.outcome === "written")
    throw problem("register-silent", { service: asked.service })
  if (heard.outcome === "problem") throw problemTold(heard, asked.service)
  const isFound = heard.outcome === "duplicate"
  await logMessage(tx, type.register.owner, { ...asked, service: `${type.name}.read` }, message, {
    outcome: isFound ? "answered" : heard.outcome === "refused" ? "refused" : "empty",
    ...(heard.outcome === "refused" && { refusal: heard.refusal }),
    fields: isFound ? [...new Set((type.record.duplicates ?? []).flat())] : [],
    ground: right,
  })
  return isFound ? { register: type.name, recordedAt: new Date(heard.recordedAt), message } : undefined
}

const problemTold = ({ code, params }: Extract<WireAnswer, { outcome: "problem" }>, service: string) =>
  TOLD.includes(code) ? problem(code as ProblemCode, params) : problem("register-silent", { service })

interface Silence {
  readonly until: number
  /** Somebody is asking again right now. */
  isTried: boolean
}

const silences = new WeakMap<OtherSites, Map<string, Silence>>()
const check = Compile(WireAnswer)

async function ask(tx: Tx, path: string, asked: ExchangeRequest, message: string, { type, deed }: Authorised): Promise<Heard> {
  const others = otherSites(tx)!
  const service = registersOf(tx, others, type.register.owner)
  const consumer = subsystemOf(others, asked.requester)
  const silent = (code: string): Heard => {
    tx.site.log.warn(
      { service: asked.service, member: service && memberCodeOf(service), code },
      "a register of another site is silent",
    )
    return { outcome: "silent" }
  }
  if (!consumer) return { outcome: "refused", refusal: "requester-foreign" }
  if (!service) return silent("NoService")
  const known = silences.get(others) ?? new Map<string, Silence>()
  silences.set(others, known)
  const before = known.get(service)
  if (deed !== "write" && before && (before.isTried || now(tx) < before.until)) return silent("StillSilent")
  if (before) before.isTried = true
  let isSilent = true
  try {
    const told = await others.ask({
      ...{ consumer, service, path, purpose: asked.purpose, requestId: message, json: wireOf(tx, asked, deed) },
      waitMaxMs: deed === "write" && path === wirePaths.request ? WRITE_WAIT_MAX_MS : READ_WAIT_MAX_MS,
    })
    if (told.kind === "silent") return silent(told.code)
    if (told.kind === "answer" && !check.Check(told.json)) return silent(`status ${told.status}`)
    isSilent = false
    if (told.kind === "answer") return told.json as WireAnswer
    tx.site.log.warn({ service: asked.service, code: told.code }, "another site lets this one ask nothing")
    return { outcome: "refused", refusal: "no-right" }
  } finally {
    if (isSilent) known.set(service, { until: now(tx) + SILENCE_MS, isTried: false })
    else known.delete(service)
  }
}

/** Not the time of the deed: it has waited. */
const now = (tx: Tx): number => tx.site.clock().getTime()

function wireOf(tx: Tx, asked: ExchangeRequest, deed: string): WireRequest {
  const { service, requester, number, purpose, caseId, validOn, today, write } = asked
  return {
    ...{ service, requester, purpose, today, by: askedBy(tx, number) },
    ...(number !== undefined && { number }),
    ...(caseId !== undefined && { caseId }),
    ...(validOn !== undefined && { validOn }),
    ...(write && { write: { ...write, data: { ...write.data } } }),
    ...(deed === "write" && { key: asked.key ?? contentKey(asked) }),
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
