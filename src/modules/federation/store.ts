// The federation's own statements: invitations, sites, certificates, directories.
import { sql, type Tx } from "#platform/db"
import type { CertificateUse, DirectoryService } from "./directory.ts"

/** What a site says of itself, as the hub keeps it. */
export interface SiteFacts {
  readonly name: string
  readonly line: string
  readonly face: string
  readonly checkpointKey: string
  readonly witnesses: readonly string[]
  readonly subsystems: readonly { readonly id: string; readonly name: string }[]
  readonly services: readonly DirectoryService[]
  /** What the hub has taken off the directory: the site's id, members, subsystems. */
  readonly removed?: readonly string[]
}

export interface InvitedMember {
  readonly class: string
  readonly code: string
  readonly name: string
  /** The subsystems that it may name; undefined for any. */
  readonly subsystems?: readonly string[]
}

/** Who has used an invitation: keys and certificates by their thumbprints. */
export interface InvitationUse {
  readonly site: string
  readonly authKey: string
  readonly sealingKey: string
  readonly auth: string
  readonly sealing: string
}

export interface InvitationRow {
  readonly id: string
  readonly members: readonly InvitedMember[]
  readonly expiresAt: Date
  readonly usedBy: InvitationUse | null
}

export interface SiteRow {
  readonly id: string
  readonly facts: SiteFacts
  readonly joinedAt: Date
  readonly toldAt: Date
}

export interface MemberRow {
  readonly class: string
  readonly code: string
  readonly name: string
  readonly site: string
  readonly subsystems: readonly string[] | null
}

export interface CertificateRow {
  readonly thumbprint: string
  readonly site: string
  readonly use: CertificateUse
  readonly certificate: Buffer
  readonly chain: readonly Buffer[]
  readonly from: Date
  readonly until: Date
}

export interface OwnCertificateRow extends Omit<CertificateRow, "site"> {
  readonly keyName: string
  readonly takenAt: Date
}

export interface DirectoryRow {
  readonly version: number
  readonly jws: string
  readonly contentHash: string
  readonly issuedAt: Date
  readonly expiresAt: Date
}

export const insertInvitation = (tx: Tx, id: string, members: readonly InvitedMember[], expiresAt: Date) =>
  tx.run(sql`
    insert into federation.invitation (id, members, made_at, expires_at)
    values (${id}, ${JSON.stringify(members)}::jsonb, ${tx.now}, ${expiresAt})`)

/** Locked: of two that use it at once, the second sees what the first has done. */
export const lockInvitation = (tx: Tx, id: string) =>
  tx.find<InvitationRow>(sql`
    select id, members, expires_at as "expiresAt", used_by as "usedBy" from federation.invitation where id = ${id} for update`)

export const useInvitation = (tx: Tx, id: string, use: InvitationUse) =>
  tx.run(sql`
    update federation.invitation set used_at = ${tx.now}, used_by = ${JSON.stringify(use)}::jsonb where id = ${id} and used_at is null`)

export const findSite = (tx: Tx, id: string) =>
  tx.find<SiteRow>(sql`
    select id, facts, joined_at as "joinedAt", told_at as "toldAt" from federation.site where id = ${id} for update`)

export const readSites = (tx: Tx, limit: number) =>
  tx.rows<SiteRow>(sql`
    select id, facts, joined_at as "joinedAt", told_at as "toldAt" from federation.site order by id limit ${limit}`)

export const insertSite = (tx: Tx, id: string, facts: SiteFacts) =>
  tx.run(sql`
    insert into federation.site (id, facts, joined_at, told_at) values (${id}, ${JSON.stringify(facts)}::jsonb, ${tx.now}, ${tx.now})`)

export const updateSite = (tx: Tx, id: string, facts: SiteFacts, toldAt: Date) =>
  tx.run(sql`update federation.site set facts = ${JSON.stringify(facts)}::jsonb, told_at = ${toldAt} where id = ${id}`)

export const readMembers = (tx: Tx, limit: number) =>
  tx.rows<MemberRow>(sql`select class, code, name, site, subsystems from federation.member order by class, code limit ${limit}`)

export const readMembersOf = (tx: Tx, site: string) =>
  tx.rows<MemberRow>(
    sql`select class, code, name, site, subsystems from federation.member where site = ${site} order by class, code`,
  )

/** Adds a member, and gives the site that hosts it: another one when it was there before. */
export async function addMember(tx: Tx, member: InvitedMember, site: string): Promise<string> {
  await tx.run(sql`
    insert into federation.member (class, code, name, site, subsystems, joined_at)
    values (${member.class}, ${member.code}, ${member.name}, ${site}, ${member.subsystems ?? null}, ${tx.now})
    on conflict (class, code) do nothing`)
  const row = await tx.get<{ site: string }>(
    sql`select site from federation.member where class = ${member.class} and code = ${member.code}`,
  )
  return row.site
}

export const insertCertificate = (tx: Tx, row: CertificateRow) =>
  tx.run(sql`
    insert into federation.certificate (thumbprint, site, use, certificate, chain, valid_from_at, valid_until_at, issued_at)
    values (${row.thumbprint}, ${row.site}, ${row.use}, ${row.certificate}, ${row.chain}::bytea[], ${row.from}, ${row.until}, ${tx.now})
    on conflict (thumbprint) do nothing`)

export const findCertificate = (tx: Tx, thumbprint: string) =>
  tx.find<CertificateRow>(sql`
    select thumbprint, site, use, certificate, chain, valid_from_at as "from", valid_until_at as until
    from federation.certificate where thumbprint = ${thumbprint}`)

/** Those that hold now or will; of one site or of all. */
export const readCertificates = (tx: Tx, site?: string) =>
  tx.rows<CertificateRow>(sql`
    select thumbprint, site, use, certificate, chain, valid_from_at as "from", valid_until_at as until
    from federation.certificate
    where valid_until_at > ${tx.now} ${site === undefined ? sql`` : sql`and site = ${site}`}
    order by site, use, valid_from_at desc, thumbprint`)

export const insertOwnCertificate = (tx: Tx, row: Omit<OwnCertificateRow, "takenAt">) =>
  tx.run(sql`
    insert into federation.own_certificate (thumbprint, use, key_name, certificate, chain, valid_from_at, valid_until_at, taken_at)
    values (${row.thumbprint}, ${row.use}, ${row.keyName}, ${row.certificate}, ${row.chain}::bytea[], ${row.from}, ${row.until}, ${tx.now})
    on conflict (thumbprint) do nothing`)

export const readOwnCertificates = (tx: Tx) =>
  tx.rows<OwnCertificateRow>(sql`
    select thumbprint, use, key_name as "keyName", certificate, chain, valid_from_at as "from", valid_until_at as until,
      taken_at as "takenAt"
    from federation.own_certificate where valid_until_at > ${tx.now} order by taken_at desc, thumbprint`)

/** Those of a use that this site has ever had, ended ones too. */
export const readEveryOwnCertificate = (tx: Tx, use: CertificateUse) =>
  tx.rows<Pick<OwnCertificateRow, "thumbprint" | "certificate" | "chain">>(sql`
    select thumbprint, certificate, chain from federation.own_certificate where use = ${use}`)

/** One publication or taking at a time. */
export const lockDirectory = (tx: Tx) => tx.run(sql`select pg_advisory_xact_lock(hashtext('federation.directory'))`)

export const findLastDirectory = (tx: Tx) =>
  tx.find<DirectoryRow>(sql`
    select version, jws, content_hash as "contentHash", issued_at as "issuedAt", expires_at as "expiresAt"
    from federation.directory order by version desc limit 1`)

/** Which one is the newest, without its text. */
export const findLastIssue = (tx: Tx) =>
  tx.find<Omit<DirectoryRow, "jws">>(sql`
    select version, content_hash as "contentHash", issued_at as "issuedAt", expires_at as "expiresAt"
    from federation.directory order by version desc limit 1`)

/** Keeps the newest few. */
export async function insertDirectory(tx: Tx, row: DirectoryRow, kept: number): Promise<void> {
  await tx.run(sql`
    insert into federation.directory (version, jws, content_hash, issued_at, expires_at, taken_at)
    values (${row.version}, ${row.jws}, ${row.contentHash}, ${row.issuedAt}, ${row.expiresAt}, ${tx.now})`)
  await tx.run(sql`
    delete from federation.directory
    where version <= (select version from federation.directory order by version desc offset ${kept} limit 1)`)
}
