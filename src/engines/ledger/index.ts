/** The ledger engine: canonical JSON, hash chains, Merkle trees and their proofs. */
export { canonicalJson } from "./canonical.ts"
export { contentDigest, GENESIS, linkHash } from "./chain.ts"
export { inclusionProof, leafHash, nodeHash, rootHash, verifyInclusion } from "./merkle.ts"
