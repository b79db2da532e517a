// What a site answers other sites about consents, as a deed over parsed JSON: whoever serves HTTP mounts it.
import type { Tx } from "#platform/db"
import { CONSENTS_PATH } from "./carry-consents.ts"
import { takeConsent } from "./take-consent.ts"

const BODY_MAX = 256 * 1024

/** Proves by itself who asks: it may run for `{ kind: "public" }`. */
export const consentEndpoints = [
  {
    ...({ method: "POST", path: CONSENTS_PATH, at: "site", bodyMax: BODY_MAX } as const),
    deed: (tx: Tx, { body }: { readonly body: unknown }): Promise<object> => takeConsent(tx, body),
  },
] as const
