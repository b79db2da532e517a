// Checks what a peer has sealed; the signature of a batch is checked once, however many messages come with it.
import type { KeyObject } from "node:crypto"
import { type Proof, verifyRoot, verifyWay } from "#evidence"

const ROOTS_MAX = 4_096

export class ProofCheck {
  private known = new Set<string>()

  /** Did the owner of this key seal `text`? */
  holds(text: string, proof: Proof, keyId: string, key: KeyObject): boolean {
    if (!verifyWay(text, proof)) return false
    if (proof.size === 1) return verifyRoot(text, proof, key)
    const name = `${keyId} ${proof.root.toString("base64")} ${proof.signature.toString("base64")}`
    if (this.known.has(name)) return true
    if (!verifyRoot(text, proof, key)) return false
    if (this.known.size >= ROOTS_MAX) this.known = new Set()
    this.known.add(name)
    return true
  }
}
