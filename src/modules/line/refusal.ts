// A request that the road does not carry: the error that the client is told, and why, for the log.
import { errorOf, type SituationName, type XRoadError } from "#engines/xroad"
import type { ProblemCode } from "#problems"

interface Reason extends ErrorOptions {
  /** As a problem code, where it is more than the error tells. */
  readonly why?: ProblemCode | undefined
}

export class Refusal extends Error {
  readonly why: ProblemCode | undefined

  constructor(
    readonly error: XRoadError,
    { why, ...options }: Reason = {},
  ) {
    super(error.message, options)
    this.why = why
  }
}

/** The refusal for a known situation; `params` fill its words. */
export const refusal = (situation: SituationName, params: Readonly<Record<string, string>> = {}, cause?: unknown): Refusal =>
  new Refusal(errorOf(situation, params), { why: WHY[situation], ...(cause !== undefined && { cause }) })

const WHY: Partial<Record<SituationName, ProblemCode>> = {
  "client-unknown": "client-not-hosted",
  "client-not-authenticated": "client-not-authenticated",
  "configuration-expired": "directory-expired",
  "peer-not-authenticated": "peer-certificate-refused",
  "provider-unknown": "service-unknown",
  "service-unknown": "service-unknown",
}

/** A request that lacks what its contract demands of each call. */
export const notAllowed = (service: string, why: ProblemCode): Refusal =>
  new Refusal(errorOf("not-permitted", { service: `${service} (${why})` }), { why })

/** A request of a peer that is not what it claims to be. */
export const notAuthentic = (why: ProblemCode, reason: string): Refusal =>
  new Refusal(errorOf("consumer-not-authenticated", { reason }), { why })
