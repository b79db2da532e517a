// Once a minute others vouch for the evidence of this site: its witnesses, and the timestamp authority that the settings name.
import { readFileSync } from "node:fs"
import { startVouching, WITNESS_PATH } from "#evidence"
import { type KnownKeys, knownKeys, postJson } from "#federation"
import type { Config } from "#platform/config"
import type { Actor, Db } from "#platform/db"
import type { Site } from "#platform/site"

const SYSTEM: Actor = { kind: "system", name: "evidence" }

/** Starts the rounds of a site whose standing is open. Throws when the file of certificates can't be read. */
export function openVouching(
  { timestampUrl, timestampAnchor }: Config,
  db: Db,
  site: Site,
  book: string,
): { stop(): Promise<void> } {
  const authority =
    timestampUrl === undefined || timestampAnchor === undefined
      ? undefined
      : { url: timestampUrl, anchors: [readFileSync(timestampAnchor, "utf8")] }
  const known = async () => {
    const { witnessSites, certificates } = await db.tx(SYSTEM, knownKeys)
    return { witnesses: witnessSites.map(witnessAt), certificates, ...(authority && { authority }) }
  }
  return startVouching({ db, site, book, known })
}

const witnessAt = ({ face, noteKey }: KnownKeys["witnessSites"][number]) => ({
  noteKey,
  post: (request: unknown) => postJson(face, WITNESS_PATH, request),
})
