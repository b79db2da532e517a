// The hub takes a site, a member or a subsystem off the directory: within minutes nobody asks it and nobody answers it any more.
import { append } from "#audit"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { refuseAllBut } from "./administrators.ts"
import { memberOf, subsystemOf } from "./identifiers.ts"
import { MEMBERS_MAX } from "./limits.ts"
import { type Published, publishDirectory, SITE_BOOK } from "./publish-directory.ts"
import { hubOf } from "./standing.ts"
import { findSite, readMembers, type SiteFacts, updateSite } from "./store.ts"

/**
 * Removes what is named: `SITE`, `CLASS/CODE` or `CLASS/CODE/SUBSYSTEM`, and publishes the directory without it. It comes back by a new
 * invitation alone. For the system and technical administrators. Throws `not-the-hub`, `not-allowed`, `member-unknown`.
 */
export async function removeMember(tx: Tx, name: string): Promise<Published> {
  const { file } = hubOf(tx)
  refuseAllBut(tx, "tech-admin")
  const [kind, code, subsystem] = name.split("/")
  const member = (await readMembers(tx, MEMBERS_MAX)).find((one) => one.class === kind && one.code === code)
  const row = await findSite(tx, code === undefined ? name : (member?.site ?? ""))
  const id = code === undefined ? name : `${file.instance}/${name}`
  const isThere = row && (subsystem === undefined || row.facts.subsystems.some((one) => one.id === id))
  if (!isThere || name.split("/").length > 3) throw problem("member-unknown", { name })
  const removed = new Set([...(row.facts.removed ?? []), id])
  await updateSite(tx, row.id, { ...row.facts, removed: [...removed] }, row.toldAt)
  append(tx, { agency: SITE_BOOK, event: "member-removed", details: { site: row.id, member: id } })
  return publishDirectory(tx)
}

/** Was the whole site taken off? */
export const isSiteRemoved = (site: string, { removed = [] }: SiteFacts): boolean => removed.includes(site)

/** Is this member or subsystem, or the member of this subsystem, taken off? */
export const isRemoved = ({ removed = [] }: SiteFacts, id: string): boolean =>
  removed.includes(id) || removed.includes(memberOf(id))

/** What of a site's statement is listed. */
export const withoutRemoved = (facts: SiteFacts): SiteFacts => ({
  ...facts,
  subsystems: facts.subsystems.filter(({ id }) => !isRemoved(facts, id)),
  services: facts.services.filter(({ id }) => !isRemoved(facts, subsystemOf(id))),
})

/** Invited again: what was taken off of these members, and the site itself, counts no more. */
export const broughtBack = (site: string, facts: SiteFacts, members: readonly string[]): SiteFacts => ({
  ...facts,
  removed: (facts.removed ?? []).filter((id) => id !== site && !members.includes(memberOf(id)) && !members.includes(id)),
})
