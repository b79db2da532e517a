// What the line has to know of the federation, answered from memory.
import type { KeyObject } from "node:crypto"

/** Another site, as the directory lists it. */
export interface Peer {
  readonly id: string
  /** `host:port` of its line. */
  readonly address: string
  /** Is this its certificate for TLS? SHA-256 of the DER, base64url. */
  hasAuth(thumbprint: string): boolean
  /** The key with which it seals, by its id; undefined for one that is not listed or not valid at `at`. */
  sealingKey(id: string, at: Date): KeyObject | undefined
}

/** A service that this site offers. */
export interface Offered {
  readonly type: "REST" | "OPENAPI" | "SOAP" | "REGISTER"
  /** Where it is provided; the path of a request is joined to it. */
  readonly url: string
  /** Set while the service is switched off: what callers are told. */
  readonly disabled?: string
}

export interface Call {
  readonly consumer: string
  readonly service: string
  readonly method: string
  readonly path: string
  readonly at: Date
}

export type Permission = { readonly contract: string } | { readonly refused: string }

export interface Roads {
  /** Is the directory still valid? */
  isFresh(at: Date): boolean
  /** Is this client (`I/C/M/S` or `I/C/M`) a member or subsystem of this site? */
  hosts(client: string): boolean
  /** Is this subsystem one of the peer's? */
  belongsTo(client: string, peer: Peer): boolean
  /** The sites that serve a subsystem, the one to try first at the front. */
  servers(subsystem: string): readonly Peer[]
  /** Whose certificate for TLS this is. */
  peerOf(thumbprint: string): Peer | undefined
  /** May the consumer make this call? Asked on both sides. */
  mayCall(call: Call): Permission
  /** A service of this site (`I/C/M/S/CODE`). */
  offered(service: string): Offered | undefined
}
