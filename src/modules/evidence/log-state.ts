// The log of a site: who writes it, with which keys, and how far it is on disk.
import type { KeyObject } from "node:crypto"
import { type CompactRange, leafHash } from "#engines/ledger"
import type { Actor, Db } from "#platform/db"
import type { Site } from "#platform/site"

/** Signs with ECDSA P-256 and SHA-256, r and s as 64 bytes, in this process or in hardware; `id` stands in what it signs. */
export interface SealKey {
  readonly id: string
  sign(data: Buffer): Buffer | Promise<Buffer>
}

export interface LogKeys {
  readonly db: Db
  readonly site: Site
  /** Names the log: the site's id. One process writes it. */
  readonly book: string
  readonly key: SealKey
  /** Ed25519; signs checkpoints under this name. */
  readonly note: { readonly name: string; readonly private: KeyObject }
}

/** The log as far as it is on disk. */
export interface LogState {
  /** Batches stored: the next one's number. */
  size: number
  readonly edge: CompactRange
  /** Batches under the last checkpoint. */
  noted: number
}

export const SYSTEM: Actor = { kind: "system", name: "evidence" }

/** The bytes of a batch's leaf in the log. */
export const batchLeaf = ({ root, signature }: { readonly root: Buffer; readonly signature: Buffer }): Buffer =>
  leafHash(Buffer.concat([root, signature]))

/** A secret for each month: forgetting it forgets what the records say, and leaves what proves them. */
export const secretName = (at: Date): string => `evidence-${at.toISOString().slice(0, 7)}`

/** Binds records to their place. */
export const placeOf = (book: string, seq: number): string => `${book}/${seq}`
