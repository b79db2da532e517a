// SHA-256 in one call.
import { hash } from "node:crypto"

/** By way of a string of bytes: for small data that takes a third of the time that asking for a buffer does. */
export const sha256 = (data: Uint8Array): Buffer => Buffer.from(hash("sha256", data, "binary"), "latin1")
