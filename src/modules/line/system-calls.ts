// Calls of information systems, for the log of the agencies: what is known of each when it is over, and where it goes.
import { type FigureSide, namesIn, servicePart } from "./figures.ts"
import type { Line } from "./line.ts"
import { notAllowed } from "./refusal.ts"
import { notStored } from "./sealed.ts"
import type { Protocol } from "./target.ts"

/** Header by which an information system says whom its call is about: the personal number. */
export const SUBJECT_HEADER = "motlan-subject"
const PURPOSE = "motlan-purpose"

/** empty: what was asked for is not there (404). refused: the road let nobody through. silent: no answer came. */
export type Ending = "answered" | "empty" | "refused" | "silent"

/** A call of an information system that is over; nothing of its content. */
export interface SystemCall {
  readonly side: FigureSide
  /** X-Road-Client as it came. */
  readonly client: string | undefined
  /** The part of its address that names the service. */
  readonly part: string
  readonly protocol: Protocol
  readonly purpose: string | undefined
  /** Hash of its contract, where nothing else is known of its purpose. */
  readonly contract?: string
  /** Names the exchange at both sites. */
  readonly message: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly ending: Ending
}

/** Where calls are noted. */
export interface SystemsLog {
  /** Notes a call, without waiting: this is done for each. */
  note(call: SystemCall): void
  /** Notes a call that is about the person with this number; nothing is answered before it stands. */
  noteSubject(call: SystemCall, number: string): Promise<void>
}

/** Who asked for what: `I/C/M/S` and `I/C/M/S/SERVICE`; "-" for what names none. */
export const partiesOfCall = ({ client, part, protocol }: SystemCall) => namesIn(client, part, protocol)

interface Request {
  readonly url: string
  readonly headers: readonly string[]
  readonly requestId?: string
}

/** What `observed` knows of a call besides its request. */
type About = Pick<SystemCall, "side" | "client" | "protocol" | "at" | "ending">

const NUMBER_LENGTH_MAX = 40

/** Gives a call to the log; what is to be waited for where it is about a stated person. Rejects with a Refusal. */
export function noteSystemCall({ systems }: Line, { url, headers, requestId }: Request, about: About): Promise<void> | undefined {
  if (!systems || !requestId) return undefined
  const { purpose, subject } = statedIn(headers)
  const { side, client, protocol, at, ending } = about
  const call: SystemCall = { side, client, part: servicePart(url), protocol, purpose, message: requestId, at, ending }
  if (subject === undefined) return systems.note(call) as undefined
  return systems.noteSubject(call, subject).catch(notStored)
}

/** Refuses a call that doesn't say whom it is about, where its contract demands it. What the site itself asks has a row of its own. */
export function demandSubject(
  { roads }: Line,
  from: unknown,
  service: string,
  { contract, headers }: { readonly contract: string; readonly headers: readonly string[] },
): void {
  if (from === "here" || !roads.needsSubject?.(contract)) return
  if (statedIn(headers).subject === undefined) throw notAllowed(service, "subject-missing")
}

/** Both names have one length and one beginning: most headers are passed by at a glance. */
export function statedIn(headers: readonly string[]): { purpose?: string; subject?: string } {
  const stated: { purpose?: string; subject?: string } = {}
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i]!
    if (name.length !== SUBJECT_HEADER.length || (name.charCodeAt(0) | 32) !== 109) continue
    const known = name.toLowerCase()
    if (known === PURPOSE) stated.purpose = headers[i + 1]!.trim()
    else if (known === SUBJECT_HEADER && headers[i + 1]!.trim() !== "")
      stated.subject = headers[i + 1]!.trim().slice(0, NUMBER_LENGTH_MAX)
  }
  return stated
}
