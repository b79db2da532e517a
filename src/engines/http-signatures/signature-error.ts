// What can be wrong with a field, a digest or a signature that a peer sent, as a code to catch by.

export type SignatureFault =
  /** Not a structured field of that shape (RFC 9651), or a field value with characters that can't be signed. */
  | "field-syntax"
  | "field-too-long"
  /** A label, key or parameter that stands twice where each may stand once. */
  | "field-duplicate"
  /** No digest by an algorithm that we accept. */
  | "digest-missing"
  | "digest-mismatch"
  /** A component or a parameter of one that we don't know, or parameters that exclude each other. */
  | "component-unknown"
  /** The message has no such component: no such field, member or query parameter. */
  | "component-missing"
  | "component-duplicate"
  /** No such signature, or half of one. */
  | "signature-missing"
  /** Several signatures would do: say which by label or tag. */
  | "signature-ambiguous"
  /** A component or a parameter that must be signed is not. */
  | "signature-incomplete"
  | "signature-not-yet"
  | "signature-expired"
  | "key-unknown"
  /** The key doesn't fit the algorithm, or the algorithm is not the one agreed. */
  | "key-unfit"
  | "signature-wrong"

/** A message that can't be read or signed, or a signature that doesn't hold. `detail` names what; it may quote the peer. */
export class SignatureError extends Error {
  constructor(
    readonly code: SignatureFault,
    readonly detail = "",
  ) {
    super(detail ? `${code}: ${detail}` : code)
    this.name = "SignatureError"
  }
}
