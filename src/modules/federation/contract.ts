// A contract between a provider and a consumer: its content, its hash, its parties, and what their signatures make of it.
import { createHash } from "node:crypto"
import Type, { type Static } from "typebox"
import { DELAY_DAYS_MAX } from "#country"
import { canonicalJson } from "#engines/ledger"
import { Instant } from "./directory.ts"
import { Part, SubsystemId } from "./identifiers.ts"
import { CONSENT_DAYS_MAX, ENDPOINTS_MAX, KEPT_DAYS_MAX, PURPOSES_MAX } from "./limits.ts"
import { closed, Endpoint } from "./site-file.ts"

const Code = Type.String({ pattern: "^[a-z0-9]+([.-][a-z0-9]+)*$", maxLength: 80 })
const Name = Type.String({ minLength: 1, maxLength: 100 })
const Ground = closed({
  ref: Type.String({ minLength: 1, maxLength: 200 }),
  article: Type.String({ minLength: 1, maxLength: 200 }),
})

/** What a person is asked to agree to: the same words for everybody, signed by both sides before anybody is asked. */
export const ConsentTerms = closed({
  /** Which fields of which records; for a service that is no register, its code and what its data are called. */
  data: Type.Array(closed({ register: Name, fields: Type.Array(Name, { minItems: 1, maxItems: 200 }) }), {
    minItems: 1,
    maxItems: 50,
  }),
  /** For how many days it is given. */
  days: Type.Integer({ minimum: 1, maximum: CONSENT_DAYS_MAX }),
  /** How many days the consumer keeps what it was told. */
  keptDays: Type.Integer({ minimum: 0, maximum: KEPT_DAYS_MAX }),
  /** At most so many exchanges within any so many days. */
  uses: closed({
    max: Type.Integer({ minimum: 1, maximum: 10_000 }),
    perDays: Type.Integer({ minimum: 1, maximum: CONSENT_DAYS_MAX }),
  }),
})
export type ConsentTerms = Static<typeof ConsentTerms>

export const Contract = closed({
  id: Type.String({ pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" }),
  instance: Part,
  provider: SubsystemId,
  /** The service's code below the provider. */
  service: Part,
  consumer: SubsystemId,
  endpoints: Type.Array(Endpoint, { minItems: 1, maxItems: ENDPOINTS_MAX }),
  purposes: Type.Array(Code, { minItems: 1, maxItems: PURPOSES_MAX }),
  legalGround: Ground,
  /** Whom the data are about: person, organisation, household, thing. */
  subjectKinds: Type.Array(Code, { maxItems: 20 }),
  from: Instant,
  until: Instant,
  /** The consumer acts for this subsystem, whose site must sign too. */
  delegation: Type.Optional(closed({ delegator: SubsystemId })),
  /** Each call of an information system must say whom it is about (`motlan-subject`). */
  subjectNeeded: Type.Optional(Type.Boolean()),
  /** For investigations: the person sees a call about them so many days later, on a ground of its own; auditors see it at once. */
  delay: Type.Optional(closed({ days: Type.Integer({ minimum: 1, maximum: DELAY_DAYS_MAX }), ground: Ground })),
  /** Each exchange must name a signed consent of the person. */
  consentNeeded: Type.Optional(Type.Boolean()),
  /** What it is asked for; where consent is needed and these are missing, nobody can give it. */
  consent: Type.Optional(ConsentTerms),
  /** Whether both sides keep bodies, or their digests alone. */
  bodies: Type.Enum(["keep", "digest"]),
  /** The consumer may keep an answer so long. */
  cache: Type.Optional(closed({ seconds: Type.Integer({ minimum: 1, maximum: 86_400 }) })),
})
export type Contract = Static<typeof Contract>

export type ContractParty = "provider" | "consumer" | "delegator"
export type SignatureType = "accept" | "reject" | "revoke"
/** proposed: not everybody has signed; signed: everybody has; rejected and revoked are for ever. */
export type ContractState = "proposed" | "signed" | "rejected" | "revoked"

/** The canonical text (RFC 8785) of a contract. */
export const contractText = (contract: Contract): string => canonicalJson(contract)

/** SHA-256 of the canonical text, base64url. */
export const contractHash = (text: string): string => createHash("sha256").update(text).digest("base64url")

/** The full id of the contract's service. */
export const serviceIdOf = (contract: Contract): string => `${contract.provider}/${contract.service}`

/** The subsystem behind each party. */
export function partiesOf(contract: Contract): ReadonlyMap<ContractParty, string> {
  const parties = new Map<ContractParty, string>([
    ["provider", contract.provider],
    ["consumer", contract.consumer],
  ])
  if (contract.delegation) parties.set("delegator", contract.delegation.delegator)
  return parties
}

interface Signed {
  readonly type: SignatureType
  readonly parties: readonly ContractParty[]
}

/** One revocation or rejection ends it, whoever signed before or signs later. */
export function stateOf(contract: Contract, signatures: readonly Signed[]): ContractState {
  if (signatures.some(({ type }) => type === "revoke")) return "revoked"
  if (signatures.some(({ type }) => type === "reject")) return "rejected"
  const accepted = new Set(signatures.flatMap(({ parties }) => parties))
  return [...partiesOf(contract).keys()].every((party) => accepted.has(party)) ? "signed" : "proposed"
}
