// Calls as the evidence has them: for the log of the systems, where a program was killed before it had written them there.
import { type EvidenceRecord, type RecentSpan, readRecent } from "#evidence"
import type { Db } from "#platform/db"
import { timeOfId } from "#platform/ids"
import { type FigureSide, servicePart } from "./figures.ts"
import { isRoadClosed } from "./refused.ts"
import type { Ending, SystemCall } from "./system-calls.ts"

/** A call that the evidence tells of. Its headers stand there as a digest alone: what purpose it named is not known any more. */
export interface PastCall extends SystemCall {
  /** Hash of the contract that it was made under; "-" where none covered it. */
  readonly contract: string
  /** Below the service. */
  readonly path: string
}

/** What the records of one exchange say of one side. */
interface Told {
  readonly side: FigureSide
  readonly message: string
  /** Its signature base. */
  request?: string
  status?: string
  /** With which code of the road the peer has refused it. */
  error?: string
}

/** Calls of which a site has evidence, the newest first, at most `max` and those of their batch. What the site itself has asked is among them. */
export async function pastCalls(db: Db, book: string, span: RecentSpan, max: number): Promise<PastCall[]> {
  const told = new Map<string, Told>()
  for await (const records of readRecent(db, book, span)) {
    for (const record of records) hear(told, record)
    if (told.size >= max) break
  }
  return [...told.values()].flatMap((one) => (one.request ? [callOf(one, one.request)] : []))
}

/** What this site has sent as a request it asks, what it has sent as an answer it was asked; of what it got the reverse. */
function hear(told: Map<string, Told>, { kind, message, text, of }: EvidenceRecord): void {
  if (kind === "refused") {
    about(told, "consumer", message).error = errorIn(text)
    return
  }
  for (const one of of?.messages ?? [{ message, text }]) {
    const status = STATUS.exec(one.text)?.[1]
    const isRequest = status === undefined
    const known = about(told, isRequest === (kind === "sent") ? "consumer" : "provider", one.message)
    if (isRequest) known.request = one.text
    else known.status = status
  }
}

function about(told: Map<string, Told>, side: FigureSide, message: string): Told {
  const key = `${side} ${message}`
  const known = told.get(key) ?? { side, message }
  told.set(key, known)
  return known
}

/** An answer's base begins with it. */
const STATUS = /^"@status": (\d+)\n/
const COMPONENT = /^"([^"]+)": (.*)$/gm

/** The components of a signature base (RFC 9421 section 2.5), one on each line. */
const readBase = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(COMPONENT)].map(([, name, value]) => [name!, value!]))

function callOf(told: Told, text: string): PastCall {
  const { side, message } = told
  const request = readBase(text)
  const url = request.get("@path") ?? ""
  const part = servicePart(url)
  const contract = request.get("x-motlan-contract") ?? "-"
  return {
    ...{ side, message, part, path: url.slice(part.length), contract, client: request.get("x-road-client") },
    ...{ protocol: request.has("x-motlan-protocol") ? "soap" : "rest", purpose: undefined },
    ...{ at: timeOfId(message)?.getTime() ?? createdIn(request), ending: endingOf(told, contract) },
  }
}

const createdIn = (base: ReadonlyMap<string, string>): number =>
  Number(/;created=(\d+)/.exec(base.get("@signature-params") ?? "")?.[1] ?? 0) * 1_000

/** Why the provider's side has not answered stands in no record: without a contract it refused, else it is taken as silent. */
function endingOf({ status, error }: Told, contract: string): Ending {
  if (status !== undefined) return status === "404" ? "empty" : "answered"
  if (error !== undefined) return isRoadClosed(error) ? "refused" : "silent"
  return contract === "-" ? "refused" : "silent"
}

function errorIn(text: string): string {
  try {
    return String((JSON.parse(text) as { error?: unknown }).error)
  } catch {
    return ""
  }
}
