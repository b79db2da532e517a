// A hash chain: each link holds the hash of the one before it, its place, and the digest of what it carries.
import { createHash } from "node:crypto"

/** What stands before the first link: 32 zero bytes. */
export const GENESIS: Buffer = Buffer.alloc(32)

/** SHA-256 of what a link carries. */
export const contentDigest = (content: string): Buffer => createHash("sha256").update(content).digest()

/**
 * The hash of a link: SHA-256 over 0x02, the hash before it (32 bytes), its place (8 bytes, big-endian) and the digest of `content`. The
 * first byte keeps links apart from the leaves (0x00) and nodes (0x01) of Merkle trees.
 */
export function linkHash(previous: Uint8Array, place: number, content: string): Buffer {
  if (previous.length !== 32) throw new RangeError("the hash before a link has 32 bytes")
  const head = Buffer.alloc(41)
  head[0] = 2
  head.set(previous, 1)
  head.writeBigUInt64BE(BigInt(place), 33)
  return createHash("sha256").update(head).update(contentDigest(content)).digest()
}
