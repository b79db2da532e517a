// What an upload is: what is asked of it, and the receipt that its sender gets.
import type { Readable } from "node:stream"

/** The types that can be looked through; a field names those of them that it takes. */
export type UploadType = "application/pdf" | "image/jpeg" | "image/png"

export const uploadTypes: readonly UploadType[] = ["application/pdf", "image/jpeg", "image/png"]

export interface SentFile {
  readonly stream: Readable
  /** As the sender calls it; kept only after cleaning. */
  readonly name: string
  /** As the sender's program declares it; empty or `application/octet-stream` declares nothing. */
  readonly declaredType: string
  readonly bytesMax: number
  readonly types: readonly UploadType[]
}

/** A file that passed every check and lies in the store, not yet anybody's. */
export interface ReceivedFile {
  readonly name: string
  readonly type: UploadType
  /** Of what is kept: a photo loses its metadata on the way in. */
  readonly bytes: number
  readonly sha256: string
  /** Of what was sent, so that the sender can compare with the file at home. */
  readonly sentSha256: string
}

export interface UploadPlace {
  /** Pseudonym of the person whose draft it is. */
  readonly owner: string
  readonly draftId: string
  readonly field: string
}

export interface UploadReceipt extends ReceivedFile {
  readonly id: string
  readonly field: string
  readonly receivedAt: Date
}

/** Looks for malware in a file that passed the other checks; none is set by default. */
export interface Scanner {
  /** Gives the name of what it found, or undefined when clean. Throws when it cannot tell; the upload is refused then. */
  scan(bytes: Uint8Array): Promise<string | undefined>
}
