// What this site is in its federation: its file, its keys and its certificates, in memory.

import { type KeyObject, X509Certificate } from "node:crypto"
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { noteKey, noteKeyText } from "#engines/ledger"
import type { Actor, Db, Tx } from "#platform/db"
import type { Token } from "#platform/pkcs11"
import type { Site } from "#platform/site"
import { problem } from "#problems"
import type { CertificateUse } from "./directory.ts"
import { SETTLE_MS } from "./limits.ts"
import { knownSigner, tokenOf } from "./own-keys.ts"
import { type CertifiedSigner, certified, ed25519Of, edSigner, type Signer } from "./signer.ts"
import type { SiteFile } from "./site-file.ts"
import { type OwnCertificateRow, readOwnCertificates } from "./store.ts"

/** What node:tls wants; PEM texts. */
export interface TlsIdentity {
  readonly key: string
  /** The certificate and those between it and a trust anchor. */
  readonly cert: string
  readonly thumbprint: string
}

export interface Standing {
  readonly file: SiteFile
  /** DER of the outside authorities that the hub's file names. */
  readonly anchors: readonly X509Certificate[]
  /** Where the keys that seal lie, when not in files. */
  readonly token: Token | undefined
  /** Signs messages, contracts and requests to the hub. Throws `certificate-missing` when none holds at `at`. */
  readonly sealing: (at: Date) => CertifiedSigner
  /** Key and certificate of the line. Throws `certificate-missing` when none holds at `at`. */
  readonly tls: (at: Date) => TlsIdentity
  /** Signs the checkpoints of the site's log (Ed25519, C2SP signed notes). */
  readonly checkpoint: Signer
  /** The key of the same, for the log of evidence. */
  readonly checkpointPrivate: KeyObject
  /** The verifier key of its checkpoints. */
  readonly checkpointKey: string
  /** The name under which its checkpoints are signed. */
  readonly checkpointName: string
}

const SYSTEM: Actor = { kind: "system", name: "federation" }
const CHECKPOINT_KEY = "federation.checkpoint"

const standings = new WeakMap<Site, Standing>()
/** The site's own certificates that had not ended when they were read, the newest first. */
const certificates = new WeakMap<Site, readonly OwnCertificateRow[]>()

/** Gives a site its place in a federation. Doing it again, with another file, replaces it. `dir` is the folder of the file. */
export async function openStanding(db: Db, site: Site, file: SiteFile, dir = "."): Promise<Standing> {
  const anchors = (file.trustAnchors ?? []).map((path) => new X509Certificate(readFileSync(resolve(dir, path))))
  const checkpointPrivate = ed25519Of(site.keys.secret(CHECKPOINT_KEY))
  const checkpoint = edSigner(checkpointPrivate)
  const checkpointName = `motlan/${file.instance}/${file.site}`
  certificates.set(site, await db.tx(SYSTEM, readOwnCertificates))
  const token = tokenOf(file, dir)
  const standing: Standing = {
    file,
    anchors,
    token,
    sealing: lastUsed(
      (at) => {
        const row = certificateOf(site, "sealing", at)
        const certificate = new X509Certificate(row.certificate)
        return certified(knownSigner(site, token, row.keyName, certificate.publicKey), certificate)
      },
      () => certificates.get(site),
    ),
    tls: (at) => {
      const row = certificateOf(site, "auth", at)
      const pem = [row.certificate, ...row.chain].map((der) => new X509Certificate(der).toString())
      const key = site.keys.ecKey(row.keyName).export({ type: "pkcs8", format: "pem" }).toString()
      return { key, cert: pem.join(""), thumbprint: row.thumbprint }
    },
    checkpoint,
    checkpointPrivate,
    checkpointName,
    checkpointKey: noteKeyText(noteKey(checkpointName, checkpoint.publicKey)),
  }
  standings.set(site, standing)
  return standing
}

/** The place of the site in its federation. Throws `federation-alone` when it has none. */
export function standingOf(site: Site): Standing {
  const standing = standings.get(site)
  if (!standing) throw problem("federation-alone")
  return standing
}

/** The place of the site in its federation; undefined when it is alone. */
export const findStanding = (site: Site): Standing | undefined => standings.get(site)

/** The standing of a hub. Throws `federation-alone` or `not-the-hub`. */
export function hubOf(tx: Tx): Standing {
  const standing = standingOf(tx.site)
  if (standing.file.role !== "hub") throw problem("not-the-hub")
  return standing
}

/** Reads the site's own certificates again, after some were added in this deed. */
export async function rereadCertificates(tx: Tx): Promise<void> {
  certificates.set(tx.site, await readOwnCertificates(tx))
}

/** The newest own certificate of each use: what is due for renewal is told by it. */
export function newestCertificates(site: Site): Partial<Record<CertificateUse, OwnCertificateRow>> {
  const rows = certificates.get(site) ?? []
  const newest = (use: CertificateUse) => rows.find((row) => row.use === use)
  const [auth, sealing] = [newest("auth"), newest("sealing")]
  return { ...(auth && { auth }), ...(sealing && { sealing }) }
}

/** The newest that the others have had time to hear of; the oldest that holds when none is so old. */
function certificateOf(site: Site, use: CertificateUse, at: Date): OwnCertificateRow {
  const valid = (certificates.get(site) ?? []).filter((row) => row.use === use && row.from <= at && at < row.until)
  const chosen = valid.find((row) => row.takenAt.getTime() + SETTLE_MS <= at.getTime()) ?? valid.at(-1)
  if (!chosen) throw problem("certificate-missing")
  return chosen
}

const KEPT_MS = 1_000

/** Remembers the signer for a second, for those who seal thousands of messages in one. */
function lastUsed(find: Standing["sealing"], rows: () => unknown): Standing["sealing"] {
  let last: { signer: CertifiedSigner; until: number; from: number; rows: unknown } | undefined
  return (at) => {
    const now = at.getTime()
    if (last && last.rows === rows() && last.from <= now && now < last.until) return last.signer
    last = { signer: find(at), from: now, until: now + KEPT_MS, rows: rows() }
    return last.signer
  }
}
