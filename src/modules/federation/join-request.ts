// What travels when a site joins, and when it asks for new certificates.
import Type, { type Static } from "typebox"
import { Instant, ListedCertificate } from "./directory.ts"
import { Part, SiteId } from "./identifiers.ts"
import { KeyOffer, Proof } from "./key-offer.ts"
import { closed, Thumbprint } from "./site-file.ts"
import { Statement } from "./statement.ts"

/** The body of a request to join; `proofs` are made over its canonical text. */
export const JoinBody = closed({
  invitation: Type.String({ pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" }),
  at: Instant,
  site: Statement,
  auth: KeyOffer,
  sealing: KeyOffer,
})
export type JoinBody = Static<typeof JoinBody>

export const JoinRequest = closed({
  body: JoinBody,
  /** HMAC-SHA-256 by the secret of the invitation, and a signature by each key. */
  proofs: closed({ secret: Thumbprint, auth: Proof, sealing: Proof }),
})
export type JoinRequest = Static<typeof JoinRequest>

export const GrantedMember = closed({
  class: Part,
  code: Part,
  name: Type.String({ minLength: 1, maxLength: 300 }),
  subsystems: Type.Optional(Type.Array(Part)),
})

/** The answer of the hub to a site that may join. */
export const JoinAnswer = closed({
  members: Type.Array(GrantedMember),
  auth: ListedCertificate,
  sealing: ListedCertificate,
  directory: Type.String({ minLength: 1 }),
})
export type JoinAnswer = Static<typeof JoinAnswer>

/** What a site signs when it asks for new certificates. */
export const RenewBody = closed({ site: SiteId, at: Instant, auth: KeyOffer, sealing: KeyOffer })
export const RenewRequest = closed({
  kind: Type.Literal("renew"),
  body: RenewBody,
  proofs: closed({ auth: Proof, sealing: Proof }),
})
export type RenewRequest = Static<typeof RenewRequest>

export const RenewAnswer = closed({
  auth: ListedCertificate,
  sealing: ListedCertificate,
  directory: Type.String({ minLength: 1 }),
})
export type RenewAnswer = Static<typeof RenewAnswer>

/** What a site signs when it says anew what it is. */
export const Announcement = closed({ kind: Type.Literal("announce"), site: SiteId, at: Instant, statement: Statement })
export type Announcement = Static<typeof Announcement>
