// A site takes a directory: proven by a key that the last one (or the invitation) named, newer than the last, not expired.
import { createPublicKey, type JsonWebKey } from "node:crypto"
import { Compile } from "typebox/compile"
import { canonicalJson, contentDigest } from "#engines/ledger"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { isP256 } from "./certificates.ts"
import { FEDERATION_CHANNEL } from "./channel.ts"
import { Directory } from "./directory.ts"
import { jwsHeader, openJws } from "./jws.ts"
import { findDirectory } from "./latest-directory.ts"
import { AHEAD_MAX_MS, DIRECTORIES_KEPT, DIRECTORY_BYTES_MAX, DIRECTORY_LIFE_MAX_MS } from "./limits.ts"
import { DIRECTORY_TYPE } from "./publish-directory.ts"
import { keyThumbprint } from "./signer.ts"
import { standingOf } from "./standing.ts"
import { findLastIssue, insertDirectory, lockDirectory } from "./store.ts"

const check = Compile(Directory)

/**
 * Takes the directory and gives its version; taking the same again changes nothing. `pins` are the keys believed when there is no
 * directory yet: the invitation's, else those of the site's file. Throws `signature-invalid` (no key that the last directory names),
 * `directory-invalid` (shape, instance, times), `directory-expired`, `directory-rolled-back` (an older version, or another one of the same number).
 */
export async function takeDirectory(tx: Tx, jws: string, pins?: readonly string[]): Promise<number> {
  const { file } = standingOf(tx.site)
  await lockDirectory(tx)
  const last = (await findDirectory(tx))?.directory
  const directory = await provenDirectory(jws, last?.hub.keys ?? pins ?? (file.hub ? [file.hub.key] : []))
  if (directory.instance !== file.instance) throw problem("directory-invalid")
  refuseWrongTimes(directory, tx.now)
  const { version, issuedAt: _, expiresAt, ...content } = directory
  const contentHash = contentDigest(canonicalJson(content)).toString("hex")
  if (last && version <= last.version) {
    const isSame =
      version === last.version && (await findLastIssue(tx))?.contentHash === contentHash && last.issuedAt === directory.issuedAt
    if (isSame) return version
    throw problem("directory-rolled-back", { version, known: last.version })
  }
  const row = { version, jws, contentHash, issuedAt: new Date(directory.issuedAt), expiresAt: new Date(expiresAt) }
  await insertDirectory(tx, row, DIRECTORIES_KEPT)
  tx.wake(FEDERATION_CHANNEL)
  return version
}

/** What a directory says, once one of the keys has proven it. */
async function provenDirectory(jws: string, keys: readonly string[]): Promise<Directory> {
  const { jwk } = jwsHeader(jws, DIRECTORY_TYPE, DIRECTORY_BYTES_MAX)
  const key = keyOf(jwk)
  if (!key || !isP256(key) || !keys.includes(keyThumbprint(key))) throw problem("signature-invalid")
  const payload = await openJws(jws, DIRECTORY_TYPE, key, DIRECTORY_BYTES_MAX)
  if (!check.Check(payload)) throw problem("directory-invalid")
  return payload
}

function keyOf(jwk: Readonly<Record<string, unknown>> | undefined) {
  try {
    return jwk && createPublicKey({ key: jwk as JsonWebKey, format: "jwk" })
  } catch {
    return undefined
  }
}

function refuseWrongTimes({ issuedAt, expiresAt }: Directory, now: Date): void {
  const [issued, expires] = [Date.parse(issuedAt), Date.parse(expiresAt)]
  if (!(issued <= now.getTime() + AHEAD_MAX_MS && expires - issued <= DIRECTORY_LIFE_MAX_MS)) throw problem("directory-invalid")
  if (expires <= now.getTime()) throw problem("directory-expired")
}
