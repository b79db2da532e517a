// What both directions of the line share: who we are, whom we know, where evidence goes.
import type { KeyObject } from "node:crypto"
import type { Dispatcher } from "undici"
import { type Dialect, SKIPPED_HEADERS } from "#engines/xroad"
import type { Sealer } from "#evidence"
import type { Site } from "#platform/site"
import type { ProofCheck } from "./check-proof.ts"
import type { Handlers } from "./handler.ts"
import type { FaceLimits } from "./limits.ts"
import type { Operations } from "./operations.ts"
import type { Peer, Roads } from "./roads.ts"
import type { Seen } from "./seen.ts"

/** Certificates and key with which the site speaks TLS to its peers, as PEM. */
export interface TlsKeys {
  readonly certificate: string
  readonly key: string | KeyObject
  /** Trust anchors of the directory. */
  readonly anchors: readonly string[]
}

export interface Line {
  readonly site: Site
  /** The instance of the federation: `VN`. */
  readonly instance: string
  readonly roads: Roads
  /** Undefined only where a benchmark measures what evidence costs. */
  readonly sealer: Sealer | undefined
  readonly proofs: ProofCheck
  readonly seen: Seen
  /** Services that the site provides itself. */
  readonly handlers: Handlers
  /** Where large bodies rest on their way. */
  readonly folder: string
  /** In which the face spells error codes. */
  readonly dialect: Dialect
  readonly limits: FaceLimits
  readonly operations: Operations
  poolTo(peer: Peer): Dispatcher
  providerPool(origin: string): Dispatcher
}

/** A provider must begin to answer within this time. */
export const PROVIDER_WAIT_MAX_MS = 60_000
/** A peer answers after its provider. */
export const PEER_WAIT_MAX_MS = 75_000

/** Names of headers that the line uses for itself; a client's own ones travel under another name. */
const OWN = new Set(["content-digest", "signature-input", "signature"])
const OWN_PREFIX = "x-motlan-"
const PASSED = "x-motlan-passed-"

/** Headers of a message as they go over the line: what the line says itself is added by the caller. */
export function wrapped(headers: readonly string[]): string[] {
  const out: string[] = []
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i]!
    const lower = name.toLowerCase()
    out.push(OWN.has(lower) || lower.startsWith(OWN_PREFIX) ? PASSED + name : name, headers[i + 1]!)
  }
  return out
}

export interface Unwrapped {
  /** The message's own headers, in their order. */
  readonly headers: string[]
  /** What the line has added, by lower-case name. */
  readonly own: ReadonlyMap<string, string>
}

/** Takes the headers of the line apart from those of the message; what belongs to one connection is dropped. */
export function unwrapped(headers: readonly string[]): Unwrapped {
  const kept: string[] = []
  const own = new Map<string, string>()
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i]!
    const lower = name.toLowerCase()
    if (SKIPPED_HEADERS.has(lower)) continue
    if (lower.startsWith(PASSED)) kept.push(name.slice(PASSED.length), headers[i + 1]!)
    else if (OWN.has(lower) || lower.startsWith(OWN_PREFIX)) own.set(lower, headers[i + 1]!)
    else kept.push(name, headers[i + 1]!)
  }
  return { headers: kept, own }
}
