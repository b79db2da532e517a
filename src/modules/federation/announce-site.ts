// A site says anew what it is, when its file has changed; the hub lists it so.
import { Compile } from "typebox/compile"
import { append } from "#audit"
import { canonicalJson } from "#engines/ledger"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { Announcement } from "./join-request.ts"
import { findDirectory } from "./latest-directory.ts"
import { publishDirectory, SITE_BOOK } from "./publish-directory.ts"
import { isRemoved } from "./remove-member.ts"
import { openSiteRequest, refuseStale, signSiteRequest } from "./site-request.ts"
import { hubOf, standingOf } from "./standing.ts"
import { believed, statementOf, withGranted } from "./statement.ts"
import { findSite, readMembersOf, updateSite } from "./store.ts"

/** Does the directory list this site otherwise than its file says? */
export async function isAnnouncementDue(tx: Tx): Promise<boolean> {
  const statement = statementOf(standingOf(tx.site))
  const latest = await findDirectory(tx)
  const listed = latest?.book.site(statement.id)
  if (!latest || !listed) return false
  const { book } = latest
  const isListed = (["name", "line", "face", "checkpointKey"] as const).every((key) => listed[key] === statement[key])
  const names = new Map(latest.directory.subsystems.map(({ id, name }) => [id, name]))
  const areServices = statement.services.every((one) => canonicalJson(book.service(one.id) ?? null) === canonicalJson(one))
  const own = new Set(statement.services.map(({ id }) => id))
  const isNoneGone = latest.directory.services.every(({ id }) => book.siteOf(id)?.id !== statement.id || own.has(id))
  return !(
    isListed &&
    listed.witnesses.join() === statement.witnesses.join() &&
    statement.subsystems.every(({ id, name }) => names.get(id) === name) &&
    areServices &&
    isNoneGone
  )
}

/** What this site says of itself, signed for the hub. */
export const planAnnouncement = (tx: Tx): Promise<string> => {
  const statement = statementOf(standingOf(tx.site))
  return signSiteRequest(tx, { kind: "announce", site: statement.id, at: tx.now.toISOString(), statement })
}

const check = Compile(Announcement)

/**
 * At the hub: takes what a listed site says of itself and publishes it. Throws `signature-invalid`, `certificate-refused`,
 * `signature-stale` (old, or older than what is known), `announcement-refused` (not its own).
 */
export async function takeAnnouncement(tx: Tx, jws: unknown): Promise<{ directory: string }> {
  const { file } = hubOf(tx)
  const { site, request } = await openSiteRequest(tx, jws, check)
  const { statement } = request
  if (request.site !== site || statement.id !== site) throw problem("certificate-refused")
  const at = refuseStale(tx, request.at)
  const known = await findSite(tx, site)
  if (!known || at <= known.toldAt) throw problem("signature-stale")
  const members = await readMembersOf(tx, site)
  const { removed = [] } = known.facts
  const gone = statement.subsystems.find(({ id }) => isRemoved(known.facts, id))
  if (gone) throw problem("announcement-refused", { name: gone.id })
  const facts = withGranted(file.instance, believed(file.instance, statement, members), members)
  await updateSite(tx, site, { ...facts, removed }, at)
  append(tx, { agency: SITE_BOOK, event: "site-announced", details: { site, services: statement.services.length } })
  return { directory: (await publishDirectory(tx)).jws }
}
