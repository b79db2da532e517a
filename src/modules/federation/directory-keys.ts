// The keys that sign the directory, one after the other: the next one is announced under the signature of the one before, and takes over a week later.
import { append, listBook } from "#audit"
import type { Tx } from "#platform/db"
import type { Site } from "#platform/site"
import { problem } from "#problems"
import { refuseAllBut } from "./administrators.ts"
import { directorySigner } from "./authority.ts"
import type { Directory } from "./directory.ts"
import { findDirectory } from "./latest-directory.ts"
import { DIRECTORY_KEY_SETTLE_MS, DIRECTORY_KEYS_MAX } from "./limits.ts"
import { type Published, publishDirectory, SITE_BOOK } from "./publish-directory.ts"
import { keyThumbprint, type Signer } from "./signer.ts"
import { hubOf } from "./standing.ts"

export interface DirectoryKeys {
  /** Signs the next directory. */
  readonly signer: Signer
  /** The keys that it names: its own first, then the announced one. */
  readonly listed: readonly string[]
}

const thumbprint = (signer: Signer): string => keyThumbprint(signer.publicKey)

/** Which of the hub's keys the last directory was signed with, counted from one. */
function nthOf(site: Site, last: Directory | undefined): number {
  const key = last?.hub.keys[0]
  for (let nth = 1; nth <= DIRECTORY_KEYS_MAX && key !== undefined; nth++)
    if (thumbprint(directorySigner(site, nth)) === key) return nth
  if (key !== undefined) throw new Error("the key of the last directory is not in the folder of keys")
  return 1
}

/** The keys as the last directory has them. */
export async function directoryKeys(tx: Tx): Promise<DirectoryKeys> {
  const last = (await findDirectory(tx))?.directory
  const signer = directorySigner(tx.site, nthOf(tx.site, last))
  return { signer, listed: last?.hub.keys ?? [thumbprint(signer)] }
}

/**
 * Announces the key that will sign the directory later on; announcing again changes nothing. For the system and technical administrators.
 * Throws `not-the-hub`, `not-allowed`.
 */
export async function announceDirectoryKey(tx: Tx): Promise<Published> {
  hubOf(tx)
  refuseAllBut(tx, "tech-admin")
  const last = (await findDirectory(tx))?.directory
  if (last && last.hub.keys.length > 1) return publishDirectory(tx)
  const nth = nthOf(tx.site, last)
  const [signer, next] = [directorySigner(tx.site, nth), directorySigner(tx.site, nth + 1)]
  append(tx, { agency: SITE_BOOK, event: "directory-key-announced", details: { key: thumbprint(next) } })
  return publishDirectory(tx, { signer, listed: [thumbprint(signer), thumbprint(next)] })
}

/**
 * Lets the announced key take over and drops the one before, once every site has had a week to hear of it. For the system. Throws `not-the-hub`, `not-allowed`, `directory-key-not-announced`, `directory-key-too-new`.
 */
export async function changeDirectoryKey(tx: Tx): Promise<Published> {
  hubOf(tx)
  if (tx.actor.kind !== "system") throw problem("not-allowed")
  const last = (await findDirectory(tx))?.directory
  const next = last?.hub.keys[1]
  if (next === undefined) throw problem("directory-key-not-announced")
  const ripe = new Date((await announcedAt(tx, next)).getTime() + DIRECTORY_KEY_SETTLE_MS)
  if (tx.now < ripe) throw problem("directory-key-too-new", { from: ripe.toISOString() })
  const signer = directorySigner(tx.site, nthOf(tx.site, last) + 1)
  append(tx, { agency: SITE_BOOK, event: "directory-key-changed", details: { key: next } })
  return publishDirectory(tx, { signer, listed: [next] })
}

async function announcedAt(tx: Tx, key: string): Promise<Date> {
  const entries = await listBook(tx, { agency: SITE_BOOK, event: "directory-key-announced" })
  return entries.find(({ details }) => details.key === key)?.at ?? tx.now
}
