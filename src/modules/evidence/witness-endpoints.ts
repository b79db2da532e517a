// What a site answers as a witness: a deed over parsed JSON, which whoever serves HTTP mounts.
import type { Tx } from "#platform/db"
import { type WitnessPlace, witnessCheckpoint } from "./witness.ts"

export interface WitnessEndpoint {
  readonly method: "GET" | "POST"
  readonly path: string
  readonly at: "hub" | "site"
  /** Bytes of the body. */
  readonly bodyMax: number
  /** Proves by itself who asks: it may run for `{ kind: "public" }`. */
  readonly deed: (tx: Tx, input: { readonly body: unknown }) => Promise<object>
}

/** Where a witness is asked; below the face of its site. */
export const WITNESS_PATH = "/federation/witness"
const BODY_MAX = 128 * 1024

/** Every answer is JSON; `placeOf` says who this site is and whose logs it takes. */
export const witnessEndpoints = (placeOf: (tx: Tx) => Promise<WitnessPlace>): readonly WitnessEndpoint[] => [
  {
    ...{ method: "POST", path: WITNESS_PATH, at: "site", bodyMax: BODY_MAX },
    deed: async (tx, { body }) => witnessCheckpoint(tx, await placeOf(tx), body),
  },
]
