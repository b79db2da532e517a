// Whose keys sealed what: everything that evidence of this site has to be held against, as far as own tables and the directory know it.
import { type KeyObject, X509Certificate } from "node:crypto"
import type { Tx } from "#platform/db"
import type { ListedCertificate } from "./directory.ts"
import { findDirectory } from "./latest-directory.ts"
import { standingOf } from "./standing.ts"
import { readEveryOwnCertificate } from "./store.ts"

export interface KnownKeys {
  /** The id of this site. */
  readonly site: string
  /** Verifier key of its checkpoints. */
  readonly noteKey: string
  /** Certificates for sealing by thumbprint: PEM, those that lead to an anchor behind it. Own ones, ended ones too, and all that are listed. */
  readonly certificates: ReadonlyMap<string, string>
  certificateOf(keyId: string): string | undefined
  /** Trust anchors of the directory, PEM. */
  readonly anchors: readonly string[]
  /** The sites that witness this one: where they are reached and the verifier keys of their checkpoints. */
  readonly witnessSites: readonly { readonly id: string; readonly face: string; readonly noteKey: string }[]
  /** Verifier keys of all listed sites: any of them may be asked to witness. */
  readonly witnesses: readonly string[]
}

/** What this site is as a witness of others. */
export interface OwnWitness {
  readonly book: string
  readonly note: { readonly name: string; readonly private: KeyObject }
  /** Verifier keys of the logs that have named it. */
  readonly logs: readonly string[]
}

/** Reads whose logs this site witnesses, and under which key. Throws `federation-alone`. */
export async function ownWitness(tx: Tx): Promise<OwnWitness> {
  const { file, checkpointName, checkpointPrivate } = standingOf(tx.site)
  const sites = (await findDirectory(tx))?.directory.sites ?? []
  const logs = sites.filter(({ witnesses }) => witnesses.includes(file.site)).map((site) => site.checkpointKey)
  return { book: file.site, note: { name: checkpointName, private: checkpointPrivate }, logs }
}

const pemOf = (der: Buffer): string => new X509Certificate(der).toString()
const fromBase64 = (text: string): Buffer => Buffer.from(text, "base64")
const listedPem = ({ certificate, chain }: ListedCertificate): string =>
  [certificate, ...chain].map((der) => pemOf(fromBase64(der))).join("")

/** Reads them anew. Without a directory this site knows its own alone. Throws `federation-alone`. */
export async function knownKeys(tx: Tx): Promise<KnownKeys> {
  const { file, checkpointKey } = standingOf(tx.site)
  const directory = (await findDirectory(tx))?.directory
  const certificates = new Map<string, string>()
  for (const { certificates: listed } of directory?.sites ?? [])
    for (const one of listed) if (one.use === "sealing") certificates.set(one.thumbprint, listedPem(one))
  for (const { thumbprint, certificate, chain } of await readEveryOwnCertificate(tx, "sealing"))
    certificates.set(thumbprint, [certificate, ...chain].map(pemOf).join(""))
  const own = file.witnesses ?? []
  const sites = (directory?.sites ?? []).filter(({ id }) => id !== file.site)
  return {
    site: file.site,
    noteKey: checkpointKey,
    certificates,
    certificateOf: (keyId) => certificates.get(keyId),
    anchors: (directory?.trustAnchors ?? []).map(({ certificate }) => pemOf(fromBase64(certificate))),
    witnessSites: sites
      .filter(({ id }) => own.includes(id))
      .map((site) => ({ id: site.id, face: site.face, noteKey: site.checkpointKey })),
    witnesses: sites.map((site) => site.checkpointKey),
  }
}
