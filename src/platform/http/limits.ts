// Limits of the HTTP border, each with its name and unit. docs/limits.md lists them.

export interface RateLimit {
  readonly name: string
  /** Requests that may come at once. */
  readonly burst: number
  /** Requests that come back each minute. */
  readonly perMinute: number
}

/** Fifty people behind one address of a school or an office must be able to work: the general limits are wide, those of costly deeds narrow. */
export const limits = {
  /** Any request, per client address. */
  anyClient: { name: "any-client", burst: 1_000, perMinute: 6_000 },
  /** Any request, per signed-in account. */
  anyAccount: { name: "any-account", burst: 200, perMinute: 600 },
  /** Attempts to sign in, per client address. */
  signIn: { name: "sign-in", burst: 100, perMinute: 100 },
  /** Look-ups by code without signing in, per client address: enumeration must not pay. */
  lookUp: { name: "look-up", burst: 60, perMinute: 60 },
  /** What other sites say and ask about the federation, per address. */
  federation: { name: "federation", burst: 120, perMinute: 240 },
  /** Files sent to be checked without signing in, per client address. */
  upload: { name: "upload", burst: 30, perMinute: 30 },
} as const satisfies Record<string, RateLimit>

export const BODY_URLENCODED_MAX_BYTES = 256 * 1024
export const BODY_JSON_MAX_BYTES = 1024 * 1024
export const JSON_DEPTH_MAX = 32
export const FIELD_MAX_BYTES = 64 * 1024
export const FIELDS_MAX = 500
export const FIELD_NAME_MAX_BYTES = 200
export const URL_MAX_CHARS = 4_000
export const HEADERS_MAX_BYTES = 16 * 1024
export const PARAM_MAX_CHARS = 200
/** A request must have arrived whole within this time; uploads on slow lines need minutes. */
export const REQUEST_MAX_MS = 300_000
export const HEADERS_MAX_MS = 20_000
export const KEEP_ALIVE_MS = 65_000
/** Buckets kept per limit; beyond it the oldest are dropped. */
export const BUCKETS_MAX = 50_000
