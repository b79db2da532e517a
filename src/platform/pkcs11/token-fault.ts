// Why a token did not do what was asked, with the numbers of PKCS#11 (OASIS, version 2.40, CKR_*) that the program tells apart.

/**
 * `module`: the library can't be loaded; `absent`: no token of that name, or it was pulled out; `pin-unreadable`: there is no PIN where it
 * should be; `pin-refused`: the PIN is wrong, or only one try is left; `key-missing`: the token has no such key; `silent`: no answer in time;
 * `failed`: anything else.
 */
export type TokenFaultReason = "module" | "absent" | "pin-unreadable" | "pin-refused" | "key-missing" | "silent" | "failed"

/** Says nothing of the PIN. */
export class TokenFault extends Error {
  constructor(
    readonly reason: TokenFaultReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = "TokenFault"
  }
}

export const CKR = {
  OK: 0x00,
  KEY_HANDLE_INVALID: 0x60,
  OBJECT_HANDLE_INVALID: 0x82,
  PIN_INCORRECT: 0xa0,
  PIN_INVALID: 0xa1,
  PIN_LEN_RANGE: 0xa2,
  PIN_EXPIRED: 0xa3,
  PIN_LOCKED: 0xa4,
  SESSION_CLOSED: 0xb0,
  SESSION_HANDLE_INVALID: 0xb3,
  TOKEN_NOT_PRESENT: 0xe0,
  TOKEN_NOT_RECOGNIZED: 0xe1,
  SLOT_ID_INVALID: 0x03,
  DEVICE_REMOVED: 0x32,
  USER_ALREADY_LOGGED_IN: 0x100,
  USER_NOT_LOGGED_IN: 0x101,
  CRYPTOKI_ALREADY_INITIALIZED: 0x191,
} as const

const REASONS: ReadonlyMap<number, TokenFaultReason> = new Map([
  ...[CKR.PIN_INCORRECT, CKR.PIN_INVALID, CKR.PIN_LEN_RANGE, CKR.PIN_EXPIRED, CKR.PIN_LOCKED].map(
    (code) => [code, "pin-refused"] as const,
  ),
  ...[CKR.TOKEN_NOT_PRESENT, CKR.TOKEN_NOT_RECOGNIZED, CKR.SLOT_ID_INVALID, CKR.DEVICE_REMOVED].map(
    (code) => [code, "absent"] as const,
  ),
])

/** The fault of a return value of `call`. */
export const faultOf = (call: string, code: number): TokenFault =>
  new TokenFault(REASONS.get(code) ?? "failed", `${call} gave CKR 0x${code.toString(16)}`)
