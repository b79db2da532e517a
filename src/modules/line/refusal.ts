// A request that the road does not carry: the error that the client is told, and why, for the log.
import { errorOf, type SituationName, type XRoadError } from "#engines/xroad"

export class Refusal extends Error {
  constructor(
    readonly error: XRoadError,
    options?: ErrorOptions,
  ) {
    super(error.message, options)
  }
}

/** The refusal for a known situation; `params` fill its words. */
export const refusal = (situation: SituationName, params: Readonly<Record<string, string>> = {}, cause?: unknown): Refusal =>
  new Refusal(errorOf(situation, params), cause === undefined ? undefined : { cause })
