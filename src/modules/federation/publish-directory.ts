// The hub writes the directory from what it knows, signs it, and issues it anew when something changed or time has passed.
import { append } from "#audit"
import { canonicalJson, contentDigest } from "#engines/ledger"
import type { Tx } from "#platform/db"
import { authorityCertificate, certifyHub } from "./authority.ts"
import { FEDERATION_CHANNEL } from "./channel.ts"
import type { Directory, DirectoryContent, DirectorySite, ListedCertificate } from "./directory.ts"
import { type DirectoryKeys, directoryKeys } from "./directory-keys.ts"
import { signJws } from "./jws.ts"
import { DIRECTORIES_KEPT, DIRECTORY_LIFE_MS, DIRECTORY_REISSUE_MS, MEMBERS_MAX, SITES_MAX } from "./limits.ts"
import { isRemoved, isSiteRemoved, withoutRemoved } from "./remove-member.ts"
import { hubOf } from "./standing.ts"
import { statementOf, withGranted } from "./statement.ts"
import {
  type CertificateRow,
  findLastDirectory,
  insertDirectory,
  lockDirectory,
  type MemberRow,
  readCertificates,
  readMembers,
  readSites,
  type SiteFacts,
} from "./store.ts"

export const DIRECTORY_TYPE = "motlan-directory"
/** The book of what belongs to no agency. */
export const SITE_BOOK = "site"

export interface Published {
  readonly version: number
  readonly jws: string
}

/**
 * Publishes the directory: a new version when anything in it changed, or when the last one is an hour old. Publishing again changes
 * nothing. `keys` are other than the last one's when they are changed. Throws `not-the-hub` elsewhere.
 */
export async function publishDirectory(tx: Tx, keys?: DirectoryKeys): Promise<Published> {
  hubOf(tx)
  await lockDirectory(tx)
  await certifyHub(tx)
  const { signer, listed } = keys ?? (await directoryKeys(tx))
  const content = await contentOf(tx, listed)
  const contentHash = contentDigest(canonicalJson(content)).toString("hex")
  const last = await findLastDirectory(tx)
  const isChanged = last?.contentHash !== contentHash
  if (last && !isChanged && tx.now.getTime() - last.issuedAt.getTime() < DIRECTORY_REISSUE_MS) return last
  const expiresAt = new Date(tx.now.getTime() + DIRECTORY_LIFE_MS)
  const version = (last?.version ?? 0) + 1
  const directory: Directory = { ...content, version, issuedAt: tx.now.toISOString(), expiresAt: expiresAt.toISOString() }
  const jws = await signJws(signer, DIRECTORY_TYPE, directory, { jwk: { ...signer.publicKey.export({ format: "jwk" }) } })
  await insertDirectory(tx, { version, jws, contentHash, issuedAt: tx.now, expiresAt }, DIRECTORIES_KEPT)
  if (isChanged)
    append(tx, { agency: SITE_BOOK, event: "directory-published", details: { version, sites: content.sites.length } })
  tx.wake(FEDERATION_CHANNEL)
  return { version, jws }
}

async function contentOf(tx: Tx, keys: readonly string[]): Promise<DirectoryContent> {
  const standing = hubOf(tx)
  const { file, anchors } = standing
  const certificates = groupedBySite(await readCertificates(tx))
  const known = await readSites(tx, SITES_MAX)
  const rows = known.filter(({ id, facts }) => !isSiteRemoved(id, facts))
  const facts = new Map(rows.map((row) => [row.id, row.facts]))
  const everybody = await readMembers(tx, MEMBERS_MAX)
  const removed = known.flatMap(({ id, facts }) => removedOf(id, facts, everybody, file.instance))
  const members = everybody.filter((member) => {
    const at = facts.get(member.site)
    return at !== undefined && !isRemoved(at, `${file.instance}/${member.class}/${member.code}`)
  })
  const { id: hub, ...hubFacts } = statementOf(standing)
  const own: MemberRow[] = (file.members ?? []).map(({ class: kind, code, name }) => ({
    ...{ class: kind, code, name },
    ...{ site: hub, subsystems: null },
  }))
  const sites = [{ id: hub, facts: hubFacts as SiteFacts }, ...rows].map(({ id, facts }) => {
    const own = members.filter(({ site }) => site === id)
    return { id, facts: withoutRemoved(withGranted(file.instance, facts, own)) }
  })
  const all = [...own, ...members]
  const authorities = [await authorityCertificate(tx), ...anchors]
  return {
    instance: file.instance,
    hub: { site: hub, keys: [...keys] },
    trustAnchors: authorities.map((one) => ({ name: oneLine(one.subject), certificate: one.raw.toString("base64") })),
    members: all.map(({ class: kind, code, name }) => ({ class: kind, code, name })),
    subsystems: sites.flatMap(({ facts }) => facts.subsystems.map(({ id, name }) => ({ id, name }))),
    sites: sites.map(({ id, facts }) => listed(id, facts, file.instance, all, certificates.get(id) ?? [])),
    services: sites.flatMap(({ facts }) => [...facts.services]),
    groups: (file.groups ?? []).map(({ code, name, members: of }) => ({
      code,
      name,
      members: of.map((local) => `${file.instance}/${local}`),
    })),
    ...(removed.length > 0 && { removed: removed.slice(0, MEMBERS_MAX) }),
  }
}

/** What was taken off of a site; of the whole site, all of its members. */
const removedOf = (site: string, facts: SiteFacts, members: readonly MemberRow[], instance: string): readonly string[] =>
  isSiteRemoved(site, facts)
    ? members.filter((one) => one.site === site).map((one) => `${instance}/${one.class}/${one.code}`)
    : (facts.removed ?? [])

const listed = (
  id: string,
  { name, line, face, checkpointKey, witnesses }: SiteFacts,
  instance: string,
  members: readonly MemberRow[],
  certificates: readonly CertificateRow[],
): DirectorySite => ({
  id,
  name,
  line,
  face,
  members: members.filter(({ site }) => site === id).map((member) => `${instance}/${member.class}/${member.code}`),
  certificates: certificates.map(listedCertificate),
  checkpointKey,
  witnesses: [...witnesses],
})

export const listedCertificate = (row: Omit<CertificateRow, "site">): ListedCertificate => ({
  use: row.use,
  thumbprint: row.thumbprint,
  certificate: row.certificate.toString("base64"),
  chain: row.chain.map((der) => der.toString("base64")),
  from: row.from.toISOString(),
  until: row.until.toISOString(),
})

function groupedBySite(rows: readonly CertificateRow[]): Map<string, CertificateRow[]> {
  const groups = new Map<string, CertificateRow[]>()
  for (const row of rows) {
    const group = groups.get(row.site) ?? []
    groups.set(row.site, group)
    group.push(row)
  }
  return groups
}

const oneLine = (subject: string): string => subject.split("\n").join(", ").slice(0, 300)
