// What reading a stranger's message gives: a value with warnings, or the X-Road code of what is wrong with it.
import type { ErrorCode } from "./error-codes.ts"

/** A part of a message that is accepted although it looks wrong, worth a line in the log. */
export interface Warning {
  readonly part: string
  readonly reason: "suspicious-character" | "dot-segment"
  /** The character as `U+002F`. */
  readonly character?: string
}

export interface Refused {
  readonly ok: false
  readonly code: ErrorCode
  /** In English, for the message of the error: X-Road has no other language. */
  readonly message: string
}

export interface Accepted<T> {
  readonly ok: true
  readonly value: T
  readonly warnings: readonly Warning[]
}

export type Reading<T> = Accepted<T> | Refused

export const accept = <T>(value: T, warnings: readonly Warning[] = []): Accepted<T> => ({ ok: true, value, warnings })

export const refuse = (code: ErrorCode, message: string): Refused => ({ ok: false, code, message })
