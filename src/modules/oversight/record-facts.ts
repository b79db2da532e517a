// What a record says that anybody who may see it may read: who, which service, how it ended, digests; never a path or a query.
import type { Bundle } from "#evidence"

type BundleRecord = Bundle["records"][number]
export type RecordKind = BundleRecord["kind"]

export interface RecordFacts {
  readonly is: "request" | "answer" | "refusal" | "unknown"
  /** The other site, of what it has sealed. */
  readonly peer?: string
  readonly consumer?: string
  /** `I/C/M/S/SERVICE`. */
  readonly service?: string
  readonly method?: string
  readonly status?: number
  /** X-Road-Id, as the consumer's system named it. */
  readonly id?: string
  /** Hash of the contract under which it was sent; absent where none covered it. */
  readonly contract?: string
  /** RFC 9530, of the body. */
  readonly contentDigest?: string
  /** Why it was refused, the road's code. */
  readonly error?: string
}

/** Reads what a record holds: a signature base (RFC 9421), the receipt of one, or why a message was not taken. */
export function recordFacts({ kind, text, of }: Pick<BundleRecord, "kind" | "text" | "of">): RecordFacts {
  if (kind === "sent") return baseFacts(text)
  const said = parsed(text)
  const peer = textIn(said, "peer")
  const about = { ...(peer !== undefined && { peer }) }
  if (kind === "got") return { ...about, ...baseFacts(of?.text ?? "") }
  const error = textIn(said, "error")
  return { ...about, is: "refusal", ...(error !== undefined && { error }) }
}

function baseFacts(base: string): RecordFacts {
  const lines = new Map<string, string>()
  for (const line of base.split("\n")) {
    const found = /^"([@a-z0-9-]{1,60})": (.*)$/.exec(line)
    if (found) lines.set(found[1]!, found[2]!)
  }
  const contentDigest = lines.get("content-digest")
  const digest = { ...(contentDigest !== undefined && { contentDigest }) }
  const status = lines.get("@status")
  if (status !== undefined) return { is: "answer", status: Number(status), ...digest }
  const method = lines.get("@method")
  if (method === undefined) return { is: "unknown" }
  const service = /^\/r1\/([^/?]+(?:\/[^/?]+){4})/.exec(lines.get("@path") ?? "")?.[1]
  const contract = lines.get("x-motlan-contract")
  return {
    ...{ is: "request", method, ...digest },
    ...(lines.has("x-road-client") && { consumer: lines.get("x-road-client")! }),
    ...(service !== undefined && { service: decoded(service) }),
    ...(lines.has("x-road-id") && { id: lines.get("x-road-id")! }),
    ...(contract !== undefined && contract !== "-" && { contract }),
  }
}

/** The size on the second line of a checkpoint (C2SP tlog-checkpoint): how many batches it covers. */
export const checkpointSize = (note: string): number => Number(note.split("\n")[1])

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const said: unknown = JSON.parse(text)
    return typeof said === "object" && said !== null ? (said as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

const textIn = (said: Record<string, unknown>, name: string): string | undefined =>
  typeof said[name] === "string" ? said[name] : undefined
