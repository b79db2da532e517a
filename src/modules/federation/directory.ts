// The directory: what every site of a federation knows of all others, signed by the hub.
import Type, { type Static } from "typebox"
import { MemberId, Part, ServiceId, SiteId, SubsystemId } from "./identifiers.ts"
import {
  ANCHORS_MAX,
  CERTIFICATE_BYTES_MAX,
  CHAIN_MAX,
  ENDPOINTS_MAX,
  GROUPS_MAX,
  MEMBERS_MAX,
  SERVICES_MAX,
  SITE_MEMBERS_MAX,
  SITES_MAX,
  SUBSYSTEMS_MAX,
  WITNESSES_MAX,
} from "./limits.ts"
import { closed, Endpoint, FaceAddress, LineAddress, ServiceType, Thumbprint } from "./site-file.ts"

const Name = Type.String({ minLength: 1, maxLength: 300 })
/** An instant in UTC: `2026-03-09T03:00:00.000Z`. */
export const Instant = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{3})?Z$" })
/** DER as base64. */
export const Der = Type.String({ pattern: "^[A-Za-z0-9+/]+={0,2}$", maxLength: Math.ceil((CERTIFICATE_BYTES_MAX * 4) / 3) })
/** A verifier key of a C2SP signed note: name+hash+key. */
export const VerifierKey = Type.String({ pattern: "^[^\\s+]{1,200}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}$" })

/** `auth` for TLS, `sealing` for messages, contracts and requests to the hub. */
export const CertificateUse = Type.Enum(["auth", "sealing"])
export type CertificateUse = Static<typeof CertificateUse>

export const ListedCertificate = closed({
  use: CertificateUse,
  /** SHA-256 of the DER, base64url: `x5t#S256` of RFC 7515. */
  thumbprint: Thumbprint,
  certificate: Der,
  /** Certificates between it and a trust anchor; empty for those of the hub's own authority. */
  chain: Type.Array(Der, { maxItems: CHAIN_MAX }),
  from: Instant,
  until: Instant,
})
export type ListedCertificate = Static<typeof ListedCertificate>

export const DirectorySite = closed({
  id: SiteId,
  name: Name,
  line: LineAddress,
  face: FaceAddress,
  members: Type.Array(MemberId, { maxItems: SITE_MEMBERS_MAX }),
  certificates: Type.Array(ListedCertificate, { maxItems: 20 }),
  /** Verifies the checkpoints of the site's log (C2SP signed note). */
  checkpointKey: VerifierKey,
  witnesses: Type.Array(SiteId, { maxItems: WITNESSES_MAX }),
})
export type DirectorySite = Static<typeof DirectorySite>

export const DirectoryService = closed({
  id: ServiceId,
  name: Name,
  type: ServiceType,
  endpoints: Type.Array(Endpoint, { maxItems: ENDPOINTS_MAX }),
})
export type DirectoryService = Static<typeof DirectoryService>

/** What is listed, without its version and times. */
export const directoryContent = {
  instance: Part,
  /** The hub's site, and the keys that may sign the next directory (SHA-256 of the public key, base64url). */
  hub: closed({ site: SiteId, keys: Type.Array(Thumbprint, { minItems: 1, maxItems: 3 }) }),
  trustAnchors: Type.Array(closed({ name: Name, certificate: Der }), { maxItems: ANCHORS_MAX }),
  members: Type.Array(closed({ class: Part, code: Part, name: Name }), { maxItems: MEMBERS_MAX }),
  subsystems: Type.Array(closed({ id: SubsystemId, name: Name }), { maxItems: SUBSYSTEMS_MAX }),
  sites: Type.Array(DirectorySite, { maxItems: SITES_MAX }),
  services: Type.Array(DirectoryService, { maxItems: SERVICES_MAX }),
  groups: Type.Array(closed({ code: Part, name: Name, members: Type.Array(SubsystemId, { maxItems: 10_000 }) }), {
    maxItems: GROUPS_MAX,
  }),
  /** Members and subsystems that the hub has taken off: what was agreed with them is ended. */
  removed: Type.Optional(Type.Array(Type.Union([MemberId, SubsystemId]), { maxItems: MEMBERS_MAX })),
}

export const DirectoryContent = closed(directoryContent)
export type DirectoryContent = Static<typeof DirectoryContent>

export const Directory = closed({
  ...directoryContent,
  /** Grows with each issue; a site never goes back. */
  version: Type.Integer({ minimum: 1 }),
  issuedAt: Instant,
  expiresAt: Instant,
})
export type Directory = Static<typeof Directory>
