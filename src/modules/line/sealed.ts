// What comes of a record that can't be kept: nothing is sent, asked or answered without it.
import { TooManyWaiting } from "#evidence"
import { Problem } from "#platform/problem"
import { refusal } from "./refusal.ts"

/** Runs what puts a record into the log. Throws a Refusal where the disk can't follow. */
export function sealed<T>(seal: () => T): T {
  try {
    return seal()
  } catch (fault) {
    if (fault instanceof TooManyWaiting) throw refusal("log-failed", { reason: "too many messages wait to be stored" }, fault)
    throw fault
  }
}

/** Throws the Refusal for a record that is not on disk. */
export function notStored(fault: unknown): never {
  if (fault instanceof Problem && fault.code.startsWith("token-")) throw refusal("signing-key-away", {}, fault)
  throw refusal("log-failed", { reason: "the record of the message could not be stored" }, fault)
}
