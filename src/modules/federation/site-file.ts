// The schema of site.yaml: what a site says of itself.
import Type, { type Static, type TProperties } from "typebox"
import { LocalSubsystem, Part, SiteId } from "./identifiers.ts"
import {
  ANCHORS_MAX,
  ENDPOINTS_MAX,
  GROUPS_MAX,
  SITE_MEMBERS_MAX,
  SITE_SERVICES_MAX,
  SITE_SUBSYSTEMS_MAX,
  WITNESSES_MAX,
} from "./limits.ts"

export const closed = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false })

const Name = Type.String({ minLength: 1, maxLength: 300 })
/** `host:port`, an IPv6 address in brackets. */
export const LineAddress = Type.String({ pattern: "^([A-Za-z0-9.-]{1,253}|\\[[0-9a-fA-F:]{2,45}\\]):[0-9]{1,5}$" })
/** An origin without a closing slash. */
export const FaceAddress = Type.String({ pattern: "^https?://[^/?#@\\s]{1,255}$" })
/** SHA-256 as base64url. */
export const Thumbprint = Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" })

/** A method and a path glob: `*` is anything but a slash, `**` anything, `\*` an asterisk. */
export const Endpoint = closed({
  method: Type.Enum(["*", "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"]),
  path: Type.String({ minLength: 1, maxLength: 500 }),
})
export type Endpoint = Static<typeof Endpoint>

export const ServiceType = Type.Enum(["REST", "OPENAPI", "SOAP", "REGISTER"])
export type ServiceType = Static<typeof ServiceType>

export const Subsystem = closed({ code: Part, name: Name })

export const HostedMember = closed({
  class: Part,
  code: Part,
  name: Name,
  subsystems: Type.Optional(Type.Array(Subsystem, { maxItems: SITE_SUBSYSTEMS_MAX })),
})
export type HostedMember = Static<typeof HostedMember>

/** A service that the site offers; `subsystem` is `CLASS/CODE/SUBSYSTEM`. */
export const OfferedService = closed({
  subsystem: LocalSubsystem,
  code: Part,
  name: Name,
  type: ServiceType,
  /** Where the system that provides it is reached; a service of type REGISTER is provided by this site itself and has none. */
  url: Type.Optional(Type.String({ pattern: "^https?://[^/?#@\\s]{1,255}(/[^?#\\s]*)?$", maxLength: 1_000 })),
  /** Set while the service is switched off: what callers are told. */
  disabled: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  endpoints: Type.Optional(Type.Array(Endpoint, { maxItems: ENDPOINTS_MAX })),
})
export type OfferedService = Static<typeof OfferedService>

/** An agency of the country pack whose work is done at this site, and the subsystem under which it asks and answers. */
export const HostedAgency = closed({
  id: Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 100 }),
  subsystem: LocalSubsystem,
})
export type HostedAgency = Static<typeof HostedAgency>

export const Group = closed({ code: Part, name: Name, members: Type.Array(LocalSubsystem, { maxItems: 10_000 }) })

export const SiteFile = closed({
  instance: Part,
  site: SiteId,
  name: Name,
  role: Type.Enum(["hub", "joined"]),
  /** Where the hub is reached and the SHA-256 of its directory key; `motlan member join` writes both. */
  hub: Type.Optional(closed({ address: FaceAddress, key: Thumbprint })),
  /** Where other sites reach the line of this one. */
  line: LineAddress,
  /** Where the hub and other sites reach the pages of this one. */
  face: FaceAddress,
  /** Where information systems of this site reach the line: `host:port`, or a port of this machine alone. Without it they can't. */
  systems: Type.Optional(Type.Union([LineAddress, Type.Integer({ minimum: 1, maximum: 65_535 })])),
  members: Type.Optional(Type.Array(HostedMember, { maxItems: SITE_MEMBERS_MAX })),
  services: Type.Optional(Type.Array(OfferedService, { maxItems: SITE_SERVICES_MAX })),
  /** Agencies of the pack that work here. Without the key all do, and every register is this site's own. */
  agencies: Type.Optional(Type.Array(HostedAgency, { maxItems: SITE_SUBSYSTEMS_MAX })),
  /** Sites that cosign the checkpoints of this one. */
  witnesses: Type.Optional(Type.Array(SiteId, { maxItems: WITNESSES_MAX })),
  /** Of the hub alone: certificate files (PEM) of outside authorities, relative to this file. */
  trustAnchors: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { maxItems: ANCHORS_MAX })),
  /** Of the hub alone: named groups of subsystems. */
  groups: Type.Optional(Type.Array(Group, { maxItems: GROUPS_MAX })),
})
export type SiteFile = Static<typeof SiteFile>
