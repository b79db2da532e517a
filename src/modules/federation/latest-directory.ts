// The newest directory that this site has, read from its own database and kept in memory by its version.
import type { Tx } from "#platform/db"
import type { Site } from "#platform/site"
import { problem } from "#problems"
import type { Directories } from "./access-list.ts"
import { compileDirectories } from "./compile-directories.ts"
import type { Directory } from "./directory.ts"
import { jwsClaims } from "./jws.ts"
import { type DirectoryRow, findLastDirectory, findLastIssue } from "./store.ts"

export interface LatestDirectory {
  readonly directory: Directory
  /** The same, laid out for answers; it knows no contracts. */
  readonly book: Directories
}

type Issue = Pick<DirectoryRow, "version" | "contentHash" | "issuedAt">

const known = new WeakMap<Site, Issue & { readonly latest: LatestDirectory }>()

/** A version that was rolled back with its deed may come again with other content. */
const issueName = ({ version, contentHash, issuedAt }: Issue): string => `${version} ${contentHash} ${issuedAt.getTime()}`

/** The newest directory, expired or not; undefined before the first. It was proven when it was taken. */
export async function findDirectory(tx: Tx): Promise<LatestDirectory | undefined> {
  const issue = await findLastIssue(tx)
  if (!issue) return undefined
  const cached = known.get(tx.site)
  if (cached && issueName(cached) === issueName(issue)) return cached.latest
  const row = await findLastDirectory(tx)
  if (!row) return undefined
  const directory = jwsClaims(row.jws) as Directory
  const latest = { directory, book: compileDirectories(directory, []) }
  known.set(tx.site, { ...row, latest })
  return latest
}

/** The newest directory. Throws `directory-missing` or `directory-expired`. */
export async function getDirectory(tx: Tx): Promise<LatestDirectory> {
  const latest = await findDirectory(tx)
  if (!latest) throw problem("directory-missing")
  if (Date.parse(latest.directory.expiresAt) <= tx.now.getTime()) throw problem("directory-expired")
  return latest
}
