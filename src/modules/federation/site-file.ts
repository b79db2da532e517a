// The schema of site.yaml: what a site says of itself.
import Type, { type Static, type TProperties } from "typebox"
import { LocalMember, LocalSubsystem, Part, SiteId } from "./identifiers.ts"
import {
  ANCHORS_MAX,
  CLIENT_CERTIFICATES_MAX,
  ENDPOINTS_MAX,
  GROUPS_MAX,
  ROAD_ADDRESSES_MAX,
  SITE_MEMBERS_MAX,
  SITE_SERVICES_MAX,
  SITE_SUBSYSTEMS_MAX,
  WITNESSES_MAX,
} from "./limits.ts"

export const closed = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false })

const Name = Type.String({ minLength: 1, maxLength: 300 })
const Path = Type.String({ minLength: 1, maxLength: 1_000 })
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
  /** Of a SOAP service; without one every version is meant. */
  version: Type.Optional(Part),
  /** Where its OpenAPI or WSDL document is. */
  description: Type.Optional(Type.String({ pattern: "^https?://[^/?#@\\s]{1,255}(/[^#\\s]*)?$", maxLength: 1_000 })),
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

/** How the systems of a member (`CLASS/CODE`) or subsystem must come: over TLS, with one of these certificates (PEM files) where they are named. */
export const ClientDemand = closed({
  client: Type.Union([LocalSubsystem, LocalMember]),
  certificates: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { minItems: 1, maxItems: CLIENT_CERTIFICATES_MAX }),
  ),
})
export type ClientDemand = Static<typeof ClientDemand>

export const Group = closed({ code: Part, name: Name, members: Type.Array(LocalSubsystem, { maxItems: 10_000 }) })

/** A token (PKCS#11): the library of its module, its label, and where its PIN stands: one of both. Labels of keys begin with `label`. */
export const TokenOfSite = closed({
  module: Type.String({ minLength: 1, maxLength: 1_000 }),
  token: Type.String({ minLength: 1, maxLength: 32 }),
  label: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,60}$" })),
  pin: closed({
    file: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
    env: Type.Optional(Type.String({ pattern: "^[A-Z][A-Z0-9_]{0,100}$" })),
  }),
})

/**
 * An X-Road security server that this site stands behind. Paths of PEM files are relative to this file; `server` is its certificate, the
 * others are what this site shows it. `agencies` work elsewhere and are reached over its road; `allow` says who may call what here.
 */
export const SecurityServerRoad = closed({
  kind: Type.Enum(["security-server"]),
  /** The instance of that X-Road. */
  instance: Part,
  /** Its face for information systems. */
  url: FaceAddress,
  /** Over which of X-Road's protocols this site asks; REST when left out. It hears both. */
  speaks: Type.Optional(Type.Enum(["rest", "soap"])),
  tls: Type.Optional(closed({ server: Path, certificate: Path, key: Path })),
  /** Where it calls the services of this site: `host:port`, or a port of this machine alone. */
  listen: Type.Optional(Type.Union([LineAddress, Type.Integer({ minimum: 1, maximum: 65_535 })])),
  /** Addresses from which it calls. Without TLS and without this key: this machine alone. */
  from: Type.Optional(
    Type.Array(Type.String({ pattern: "^[0-9a-fA-F.:]{2,45}$" }), { minItems: 1, maxItems: ROAD_ADDRESSES_MAX }),
  ),
  agencies: Type.Optional(Type.Array(HostedAgency, { maxItems: SITE_SUBSYSTEMS_MAX })),
  allow: Type.Optional(
    Type.Array(
      closed({
        consumer: LocalSubsystem,
        /** `CLASS/CODE/SUBSYSTEM/SERVICE`. */
        service: Type.String({ pattern: "^[^/\\s]{1,100}(/[^/\\s]{1,100}){3}$" }),
        endpoints: Type.Optional(Type.Array(Endpoint, { maxItems: ENDPOINTS_MAX })),
      }),
      { maxItems: SITE_SERVICES_MAX },
    ),
  ),
})

export const SiteFile = closed({
  instance: Part,
  site: SiteId,
  name: Name,
  role: Type.Enum(["hub", "joined"]),
  /** Where the hub is reached and the SHA-256 of its directory key; `motlan member join` writes both. */
  hub: Type.Optional(closed({ address: FaceAddress, key: Thumbprint })),
  /** Where other sites reach the line of this one. */
  line: LineAddress,
  /** Where the line listens, where that is not `line` itself: behind forwarded ports or a balancer. */
  listen: Type.Optional(LineAddress),
  /** Where the hub and other sites reach the pages of this one. */
  face: FaceAddress,
  /** Where information systems of this site reach the line: `host:port`, or a port of this machine alone. Without it they can't. */
  systems: Type.Optional(Type.Union([LineAddress, Type.Integer({ minimum: 1, maximum: 65_535 })])),
  /** Another road beside the federation's, or instead of it. */
  road: Type.Optional(SecurityServerRoad),
  /** Where the key lies by which this site seals; in its folder of keys without it. */
  seal: Type.Optional(closed({ pkcs11: TokenOfSite })),
  /** The same over TLS, with the site's own certificate. */
  systemsTls: Type.Optional(Type.Union([LineAddress, Type.Integer({ minimum: 1, maximum: 65_535 })])),
  /** How information systems must come; a member or subsystem that is not named may come as it likes. */
  clients: Type.Optional(Type.Array(ClientDemand, { maxItems: SITE_SUBSYSTEMS_MAX })),
  /** How error codes are spelt for information systems: as X-Road did up to 7.7 (`classic`), or as 7.8 does (`snake`). */
  errors: Type.Optional(Type.Enum(["classic", "snake"])),
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
