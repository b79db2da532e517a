// The receipt for a batch that a peer has signed: one for all of its messages that came together.
import type { SignedBatch } from "./proof.ts"

/** What the signature covers, without the leaves: they stand beside the receipt. */
export type Received = Pick<SignedBatch, "size" | "root" | "signature">

/** The text of a receipt: which site has signed what, and when it came. */
export const printReceipt = (peer: string, at: Date, { size, root, signature }: Received): string =>
  JSON.stringify({ peer, at: at.toISOString(), size, root: root.toString("base64"), signature: signature.toString("base64") })

/** Undefined for a text that is no receipt. */
export function readReceipt(text: string): Received | undefined {
  try {
    const { size, root, signature } = JSON.parse(text) as Record<string, unknown>
    if (typeof size !== "number" || typeof root !== "string" || typeof signature !== "string") return undefined
    return { size, root: Buffer.from(root, "base64"), signature: Buffer.from(signature, "base64") }
  } catch {
    return undefined
  }
}
