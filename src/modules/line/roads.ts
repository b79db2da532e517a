// What the line has to know of the federation, answered from memory.
import type { KeyObject } from "node:crypto"
import type { Endpoint, ListedClient } from "#engines/xroad"

/** Another site, as the directory lists it. */
export interface Peer {
  readonly id: string
  /** `host:port` of its line. */
  readonly address: string
  /** `INSTANCE/CLASS/OWNER/CODE`, as X-Road-Security-Server names it. */
  readonly server: string
  /** Set while nothing is to be sent there: what callers are told. */
  readonly maintenance?: string
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
  /** Of a SOAP service; a request for another version is for a service that there is not. Without one every version is meant. */
  readonly version?: string
  /** What can be called, for listMethods. */
  readonly endpoints?: readonly Endpoint[]
  /** The http(s) address of its OpenAPI or WSDL document. */
  readonly description?: string
}

/** How an information system must come: over TLS, with one of these certificates (SHA-256 of the DER, base64url), or as it likes. */
export type Demand = "any" | "tls" | { readonly certificates: ReadonlySet<string> }

export interface Call {
  readonly consumer: string
  readonly service: string
  readonly method: string
  readonly path: string
  /** What the consumer says that it asks for; needed where its contract has several purposes. */
  readonly purpose?: string | undefined
  /** Hash of the contract that the consumer's side goes by. */
  readonly contract?: string | undefined
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
  /** Does the contract with this hash let nothing through without the consent of the person? */
  needsConsent?(contract: string): boolean
  /** Does it let no call of an information system through that doesn't say whom it is about? */
  needsSubject?(contract: string): boolean
  /** A service of this site (`I/C/M/S/CODE`). */
  offered(service: string): Offered | undefined
  /** The ids (`I/C/M/S/CODE`) of all services that a subsystem of this site offers. */
  services(provider: string): readonly string[]
  /** What of a service of this site the consumer may call; nothing when it may not. */
  permitted(consumer: string, service: string, at: Date): readonly Endpoint[]
  /** Members and subsystems of an instance, with their names; undefined for an instance that is not known. */
  clients(instance: string): readonly ListedClient[] | undefined
  /** The member that owns this site, `I/C/M`: it sees the figures of all exchanges, others their own. */
  readonly owner: string
  demandOf(client: string): Demand
}
