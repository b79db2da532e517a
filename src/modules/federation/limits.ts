// The limits of a federation, each with its name.

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How long an invitation can be used. */
export const INVITATION_MS = 72 * HOUR_MS
/** How long a directory holds without the hub, and the longest that a site believes. */
export const DIRECTORY_LIFE_MS = 24 * HOUR_MS
export const DIRECTORY_LIFE_MAX_MS = 7 * DAY_MS
/** An unchanged directory is issued anew after so long. */
export const DIRECTORY_REISSUE_MS = HOUR_MS
/** How often a site asks the hub for news. */
export const DIRECTORY_REFRESH_MS = MINUTE_MS
export const DIRECTORY_BYTES_MAX = 32 * 1024 * 1024
export const DIRECTORIES_KEPT = 50
/** The next key of the directory is announced for so long before it takes over: a site that was away longer joins again. */
export const DIRECTORY_KEY_SETTLE_MS = 7 * DAY_MS
export const DIRECTORY_KEYS_MAX = 100
export const SITES_MAX = 5_000
export const MEMBERS_MAX = 20_000
export const SUBSYSTEMS_MAX = 50_000
export const SERVICES_MAX = 100_000

/** Certificates for TLS and sealing, and when a site asks for new ones. */
export const CERTIFICATE_DAYS = 90
export const RENEW_BEFORE_MS = 30 * DAY_MS
export const CERTIFICATE_MS = CERTIFICATE_DAYS * DAY_MS
/** The authority's own certificate. */
export const AUTHORITY_MS = 7_305 * DAY_MS
/** A fresh certificate is used only after the others have had time to hear of it, as long as the one before holds. */
export const SETTLE_MS = 5 * MINUTE_MS
/** A certificate begins a little earlier: clocks elsewhere may run behind. */
export const EARLY_MS = 5 * MINUTE_MS
export const CERTIFICATE_BYTES_MAX = 8 * 1024
export const CHAIN_MAX = 3

/** How far a clock elsewhere may be ahead, and how old a signed request or signature may be when it arrives. */
export const AHEAD_MAX_MS = 5 * MINUTE_MS
export const REQUEST_AGE_MAX_MS = 5 * MINUTE_MS
export const SIGNATURE_AGE_MAX_MS = 7 * DAY_MS

/** Of one site. */
export const SITE_MEMBERS_MAX = 200
export const SITE_SUBSYSTEMS_MAX = 500
export const SITE_SERVICES_MAX = 2_000
export const ENDPOINTS_MAX = 100
export const WITNESSES_MAX = 10
/** Certificates with which the systems of one client may come. */
export const CLIENT_CERTIFICATES_MAX = 50
export const GROUPS_MAX = 500
export const ANCHORS_MAX = 20
/** Addresses from which a security server calls a site behind it. */
export const ROAD_ADDRESSES_MAX = 20

/** Contracts. */
export const CONTRACT_BYTES_MAX = 64 * 1024
export const CONTRACTS_MAX = 100_000
export const PURPOSES_MAX = 50
export const SIGNATURES_MAX = 12
/** Contracts that one other site may leave unanswered here. */
export const PROPOSALS_OPEN_MAX = 500

/** Talking to the hub and to other sites about the federation itself. */
export const ANSWER_WAIT_MS = 15_000
export const ANSWER_BYTES_MAX = DIRECTORY_BYTES_MAX + 1024 * 1024
export const ERRANDS_AT_ONCE = 50
export const ERRAND_RETRY_MS = 30_000
export const ERRAND_RETRY_MAX_MS = 30 * MINUTE_MS
/** The longest that a contract may ask a person's consent for, and keep what it was told. */
export const CONSENT_DAYS_MAX = 3_660
export const KEPT_DAYS_MAX = 36_600
