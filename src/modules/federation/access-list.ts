// Who may call what, in memory: compiled from the directory and the contracts, the same on both sides of the line.
import type { KeyObject } from "node:crypto"
import type { Actor, Db } from "#platform/db"
import { FEDERATION_CHANNEL } from "./channel.ts"
import { compileDirectories, type KnownContract } from "./compile-directories.ts"
import type { Contract } from "./contract.ts"
import type { CertificateUse, Directory, DirectoryService, DirectorySite, ListedCertificate } from "./directory.ts"
import { knownContracts } from "./known-contracts.ts"
import { findDirectory } from "./latest-directory.ts"

export interface Call {
  /** The site at the other end of the line, where there is one: it must host the consumer. */
  readonly peer?: string | undefined
  readonly consumer: string
  readonly service: string
  readonly method: string
  /** The path below the service, percent-encoded as it came; at least "/". */
  readonly path: string
  /** What the caller wants it for; undefined for clients that can't say, and then the contract must have one purpose. */
  readonly purpose?: string | undefined
  /** Hash of the contract that the other side goes by: of several that cover the call both sides then mean the same. */
  readonly contract?: string | undefined
  readonly at: Date
}

/** Why a call is refused; the words are the caller's. */
export const accessRefusals = [
  "directory-missing",
  "directory-expired",
  "consumer-unknown",
  "consumer-not-of-peer",
  "service-unknown",
  "contract-missing",
  "contract-not-signed",
  "contract-rejected",
  "contract-revoked",
  "contract-not-begun",
  "contract-ended",
  "purpose-missing",
  "purpose-not-covered",
  "endpoint-not-covered",
] as const
export type AccessRefusal = (typeof accessRefusals)[number]

export interface ContractInForce {
  readonly hash: string
  readonly content: Contract
}

/** Exactly one of both is there. */
export type Access =
  | { readonly contract: ContractInForce; readonly refusal?: undefined }
  | { readonly refusal: AccessRefusal; readonly contract?: undefined }

export interface Peer {
  readonly site: DirectorySite
  readonly certificate: ListedCertificate
}

export interface LineAddress {
  readonly host: string
  readonly port: number
}

/** Answers from memory; nothing here waits. */
export interface Directories {
  /** The directory that the answers come from. */
  readonly directory: Directory | undefined
  /** May this call be made, by directory and contracts? */
  mayCall(call: Call): Access
  /** Whose certificate is this (SHA-256 of its DER, base64url)? Undefined when nobody lists it, or it does not hold at `at`. */
  peerOf(thumbprint: string, use: CertificateUse, at: Date): Peer | undefined
  /** The public key of a listed certificate that holds at `at`; the same object each time. */
  keyOf(thumbprint: string, use: CertificateUse, at: Date): KeyObject | undefined
  /** The certificates of a site that hold at `at`, newest first. */
  certificatesOf(site: string, use: CertificateUse, at: Date): readonly ListedCertificate[]
  site(id: string): DirectorySite | undefined
  /** The site that hosts a subsystem, the subsystem of a service, or a member. */
  siteOf(subsystem: string): DirectorySite | undefined
  /** Where the line of a site is reached. */
  addressOf(site: string): LineAddress | undefined
  service(id: string): DirectoryService | undefined
  /** Contracts of a consumer or provider that are known here, in force or not. */
  contracts(): readonly KnownContract[]
}

export interface AccessList extends Directories {
  /** Reads directory and contracts again; resolves when the answers are new. It happens by itself after each change. */
  refresh(): Promise<void>
  close(): void
}

const SYSTEM: Actor = { kind: "system", name: "access-list" }

/** Opens the list and keeps it fresh: what a committed deed of any process changed is known a moment later. */
export async function openAccessList(db: Db): Promise<AccessList> {
  let current = compileDirectories(undefined, [])
  let reading: Promise<void> | undefined
  let again = false
  const read = async () => {
    const found = await db.tx(SYSTEM, async (tx) => ({
      directory: (await findDirectory(tx))?.directory,
      contracts: await knownContracts(tx),
    }))
    current = compileDirectories(found.directory, found.contracts)
  }
  const readUntilFresh = async () => {
    do {
      again = false
      await read()
    } while (again)
  }
  const refresh = (): Promise<void> => {
    again = reading !== undefined
    reading ??= readUntilFresh().finally(() => {
      reading = undefined
    })
    return reading
  }
  const unlisten = await db.listen(FEDERATION_CHANNEL, () => void refresh().catch(() => undefined))
  await refresh()
  return {
    get directory() {
      return current.directory
    },
    mayCall: (call) => current.mayCall(call),
    peerOf: (thumbprint, use, at) => current.peerOf(thumbprint, use, at),
    keyOf: (thumbprint, use, at) => current.keyOf(thumbprint, use, at),
    certificatesOf: (site, use, at) => current.certificatesOf(site, use, at),
    site: (id) => current.site(id),
    siteOf: (subsystem) => current.siteOf(subsystem),
    addressOf: (site) => current.addressOf(site),
    service: (id) => current.service(id),
    contracts: () => current.contracts(),
    refresh,
    close: unlisten,
  }
}
