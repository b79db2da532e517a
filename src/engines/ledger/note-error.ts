// What can be wrong with a note, a key or a checkpoint that somebody sent, as a code to catch by.

export type NoteFault =
  | "key-malformed"
  | "note-malformed"
  | "note-too-long"
  /** None of the keys that we know has signed it. */
  | "note-unsigned"
  /** A signature under the name and id of a key that we know is not by that key. */
  | "note-forged"
  | "checkpoint-malformed"

/** A note that can't be read or trusted. `detail` may quote the sender. */
export class NoteError extends Error {
  constructor(
    readonly code: NoteFault,
    readonly detail = "",
  ) {
    super(detail ? `${code}: ${detail}` : code)
    this.name = "NoteError"
  }
}
