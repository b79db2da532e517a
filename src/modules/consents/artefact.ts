// The artefact: what a person has agreed to, as their site signs it; and its revocation.
import { createHmac } from "node:crypto"
import Type, { type Static, type TProperties } from "typebox"
import { Compile } from "typebox/compile"
import { ConsentTerms } from "#federation"

export const CONSENT_TYPE = "motlan-consent"
export const REVOCATION_TYPE = "motlan-consent-revocation"
export const ARTEFACT_CHARS_MAX = 32_000
export const SALT_BYTES = 32

const closed = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false })
const Uuid = Type.String({ pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" })
const Digest = Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" })
const Instant = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$" })
const Name = Type.String({ minLength: 1, maxLength: 500 })

/** Canonical JSON in compact JWS (RFC 8785, 7515) by the sealing key of the site where the person signed in. */
export const Artefact = closed({
  id: Uuid,
  /** `pseudonymOf`: by itself it tells of nobody. */
  subject: Digest,
  /** Hash of the contract that the exchange goes under. */
  contract: Digest,
  /** `I/C/M/S`: who asks, and who answers. */
  consumer: Name,
  provider: Name,
  /** `I/C/M/S/CODE` */
  service: Name,
  purpose: Name,
  data: ConsentTerms.properties.data,
  uses: ConsentTerms.properties.uses,
  /** How many days the consumer keeps what it was told. */
  keptDays: Type.Integer({ minimum: 0 }),
  issuedAt: Instant,
  until: Instant,
})
export type Artefact = Static<typeof Artefact>

export const Revocation = closed({ consent: Uuid, revokedAt: Instant })
export type Revocation = Static<typeof Revocation>

const checkArtefact = Compile(Artefact)
const checkRevocation = Compile(Revocation)
export const isArtefact = (value: unknown): value is Artefact => checkArtefact.Check(value)
export const isRevocation = (value: unknown): value is Revocation => checkRevocation.Check(value)

/**
 * Under which the artefact names the person: an HMAC-SHA256 of the personal number under a random salt (base64url), which travels beside
 * the artefact and never in it. Who has number and salt can match; who has the artefact alone can try no numbers.
 */
export const pseudonymOf = (salt: string, number: string): string =>
  createHmac("sha256", Buffer.from(salt, "base64url")).update(number).digest("base64url")

/** What an artefact says that stands in the database or was proven. */
export const said = (artefact: string): Artefact =>
  JSON.parse(Buffer.from(artefact.split(".")[1] ?? "", "base64url").toString("utf8")) as Artefact
