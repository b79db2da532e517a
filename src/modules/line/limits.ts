// Limits of the line and its faces. What is beyond one is refused, never cut.

/** Connections to one peer, and to one provider. */
export const CONNECTIONS_TO_ONE_MAX = 128
/** Until a link to a peer stands. */
export const CONNECT_WAIT_MAX_MS = 10_000
/** How long a link is used: then another is opened, and certificates are looked at again. */
export const LINK_AGE_MAX_MS = 3_600_000
/** Messages that one signature covers, with the bodies that travel among them. */
export const FRAME_MAX_BYTES = 64 * 1024 * 1024
/** Requests on one link under way at one time; further ones are refused. */
export const IN_HAND_OF_LINK_MAX = 4_096
/** Bodies of one peer that travel by themselves and wait for their message, or to be fetched; further ones are refused. */
export const ASIDES_OF_PEER_MAX = 256
/** How long they wait. */
export const ASIDE_WAIT_MAX_MS = 120_000
/** All headers of a request; beyond it 431. */
export const HEADERS_MAX_BYTES = 64 * 1024
/** Until the headers of a request are there; beyond it 408. */
export const HEADERS_WAIT_MAX_MS = 20_000
/** Until a request is there as a whole; beyond it 408. */
export const REQUEST_WAIT_MAX_MS = 900_000
/** An idle connection between two requests. */
export const KEEP_ALIVE_MS = 60_000
/** A connection on which nothing moves while a request is under way; longer than any answer may take. */
export const STILL_MAX_MS = 90_000
/** What a sender may still say after it was refused, before its connection ends. */
export const REFUSED_WAIT_MAX_MS = 2_000
/** A WSDL or OpenAPI document. */
export const DESCRIPTION_MAX_BYTES = 5 * 1024 * 1024
/** Exchanges remembered for operational monitoring; the oldest are forgotten. */
export const OPERATIONS_MAX = 10_000
/** Records in one answer of getSecurityServerOperationalData; the rest is asked for with `nextRecordsFrom`. */
export const OPERATIONS_PER_ANSWER_MAX = 5_000
/** Pairs of consumer and service that are counted by name, in a minute and in all; what is beyond is counted together. */
export const SERIES_MAX = 2_000
/** Rows of ended minutes that wait to be kept; the oldest are given up. */
export const FIGURES_WAITING_MAX = 50_000
/** How much of an answer a trial reads; the rest is told as a length. */
export const TRIAL_BODY_MAX_BYTES = 64 * 1024

/** Refusals written into the book in one minute, the like of one moment as one; the others wait for the next minute. */
export const REFUSALS_NOTED_PER_MINUTE_MAX = 100
/** Different refusals that wait; further ones stand in the log alone. */
export const REFUSALS_HELD_MAX = 1_000

/** What an operator may set otherwise. */
export interface FaceLimits {
  /** A REST body, either way; it rests on disk, not in memory. */
  readonly bodyMaxBytes: number
  /** A SOAP message with its attachments: it is read as a whole. */
  readonly soapMaxBytes: number
  /** Connections of information systems at one time; further ones are ended. */
  readonly connectionsMax: number
  /** Requests under way at the face at one time. */
  readonly underWayMax: number
  /** Requests from one address in one second. */
  readonly perSecondMax: number
}

export const FACE_LIMITS: FaceLimits = {
  bodyMaxBytes: 1024 ** 3,
  soapMaxBytes: 32 * 1024 * 1024,
  connectionsMax: 4_096,
  underWayMax: 2_048,
  perSecondMax: 20_000,
}
