// What both directions of the line share: who we are, whom we know, where evidence goes.
import type { KeyObject } from "node:crypto"
import type { Dispatcher } from "undici"
import type { Dialect } from "#engines/xroad"
import type { Sealer } from "#evidence"
import type { Site } from "#platform/site"
import type { Asides } from "./asides.ts"
import type { Consents } from "./consent.ts"
import type { EvidenceSource } from "./containers.ts"
import type { Figures } from "./figures.ts"
import type { Handlers } from "./handler.ts"
import type { FaceLimits } from "./limits.ts"
import type { Links } from "./links.ts"
import type { Operations } from "./operations.ts"
import type { Refused } from "./refused.ts"
import type { Peer, Roads } from "./roads.ts"
import type { Seen } from "./seen.ts"
import type { SystemsLog } from "./system-calls.ts"

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
  readonly seen: Seen
  /** Services that the site provides itself. */
  readonly handlers: Handlers
  /** Where large bodies rest on their way. */
  readonly folder: string
  /** In which the face spells error codes. */
  readonly dialect: Dialect
  readonly limits: FaceLimits
  readonly operations: Operations
  /** Where its evidence is exported from; without it clients get none. */
  readonly evidence?: EvidenceSource | undefined
  /** Without it nothing goes under a contract that rests on the consent of the person. */
  readonly consents?: Consents | undefined
  /** Where calls of information systems are noted, for the log of the agencies. */
  readonly systems?: SystemsLog | undefined
  /** Notes a refusal in the log, and wherever else it was asked for. */
  refused(refused: Refused): void
  readonly figures: Figures
  /** Bodies that travel by themselves: of peers' requests, and of answers to them. */
  readonly asides: { readonly got: Asides; readonly given: Asides }
  readonly links: Links
  poolTo(peer: Peer): Dispatcher
  providerPool(origin: string): Dispatcher
}

/** A provider must begin to answer within this time. */
export const PROVIDER_WAIT_MAX_MS = 60_000
/** A peer answers after its provider. */
export const PEER_WAIT_MAX_MS = 75_000
