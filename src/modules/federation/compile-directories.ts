// Lays out directory and contracts for quick answers.
import { type KeyObject, X509Certificate } from "node:crypto"
import { compileEndpoints } from "#engines/xroad"
import type { Access, AccessRefusal, Call, ContractInForce, Directories, LineAddress, Peer } from "./access-list.ts"
import { type ContractState, serviceIdOf } from "./contract.ts"
import type { CertificateUse, Directory, DirectorySite, ListedCertificate } from "./directory.ts"
import { memberOf, subsystemOf } from "./identifiers.ts"

export interface KnownContract extends ContractInForce {
  readonly state: ContractState
}

interface Entry {
  readonly known: KnownContract
  readonly from: number
  readonly until: number
  readonly purposes: ReadonlySet<string>
  readonly covers: (method: string, path: string) => boolean
}

/** The later in this list, the nearer the call came to a yes: of several contracts the nearest one's reason is told. */
const NEARNESS: readonly AccessRefusal[] = [
  "contract-missing",
  "contract-rejected",
  "contract-revoked",
  "contract-not-signed",
  "contract-ended",
  "contract-not-begun",
  "purpose-missing",
  "purpose-not-covered",
  "endpoint-not-covered",
]

/** Compiles; the answers change no more. */
export function compileDirectories(directory: Directory | undefined, contracts: readonly KnownContract[]): Directories {
  const book = layOut(directory)
  const entries = entriesOf(contracts)
  const expires = directory ? Date.parse(directory.expiresAt) : 0
  const siteOf = (id: string): DirectorySite | undefined => book.hosts.get(id) ?? book.hosts.get(subsystemOf(id))
  const certificatesOf = (site: string, use: CertificateUse, at: Date): ListedCertificate[] =>
    (book.sites.get(site)?.certificates ?? [])
      .filter((one) => one.use === use && holds(one, at))
      .sort((a, b) => (a.from < b.from ? 1 : -1))
  const refusalBefore = (call: Call): AccessRefusal | undefined => {
    if (!directory) return "directory-missing"
    if (expires <= call.at.getTime()) return "directory-expired"
    const consumers = siteOf(call.consumer)
    if (!consumers) return "consumer-unknown"
    if (call.peer !== undefined && consumers.id !== call.peer) return "consumer-not-of-peer"
    return siteOf(call.service) ? undefined : "service-unknown"
  }
  const peerOf = (thumbprint: string, use: CertificateUse, at: Date): Peer | undefined => {
    const peer = book.certificates.get(thumbprint)
    return peer && peer.certificate.use === use && holds(peer.certificate, at) ? peer : undefined
  }
  const keys = new Map<string, KeyObject>()
  return {
    directory,
    mayCall: (call) => {
      const refusal = refusalBefore(call)
      return refusal ? { refusal } : judged(entries.get(call.consumer)?.get(call.service), call)
    },
    peerOf,
    keyOf: (thumbprint, use, at) => {
      const peer = peerOf(thumbprint, use, at)
      if (!peer) return undefined
      const key = keys.get(thumbprint) ?? new X509Certificate(Buffer.from(peer.certificate.certificate, "base64")).publicKey
      keys.set(thumbprint, key)
      return key
    },
    certificatesOf,
    site: (id) => book.sites.get(id),
    siteOf,
    addressOf: (site) => book.addresses.get(site),
    service: (id) => book.services.get(id),
    contracts: () => contracts,
  }
}

const holds = (one: ListedCertificate, at: Date): boolean =>
  Date.parse(one.from) <= at.getTime() && at.getTime() < Date.parse(one.until)

function judged(entries: readonly Entry[] | undefined, call: Call): Access {
  let nearest = 0
  let covering: KnownContract | undefined
  for (const entry of entries ?? []) {
    const refusal = refusalOf(entry, call)
    if (refusal) nearest = Math.max(nearest, NEARNESS.indexOf(refusal))
    else if (call.contract === undefined || call.contract === entry.known.hash) return { contract: entry.known }
    else covering ??= entry.known
  }
  return covering ? { contract: covering } : { refusal: NEARNESS[nearest]! }
}

function refusalOf({ known, from, until, purposes, covers }: Entry, call: Call): AccessRefusal | undefined {
  if (known.state !== "signed") return known.state === "proposed" ? "contract-not-signed" : `contract-${known.state}`
  const at = call.at.getTime()
  if (at < from) return "contract-not-begun"
  if (at >= until) return "contract-ended"
  // An X-Road client names no purpose: then the contract's only one is meant.
  if (call.purpose === undefined && purposes.size > 1) return "purpose-missing"
  if (call.purpose !== undefined && !purposes.has(call.purpose)) return "purpose-not-covered"
  return covers(call.method, call.path) ? undefined : "endpoint-not-covered"
}

function entriesOf(contracts: readonly KnownContract[]): Map<string, Map<string, Entry[]>> {
  const entries = new Map<string, Map<string, Entry[]>>()
  for (const known of contracts) {
    const { content } = known
    const services = entries.get(content.consumer) ?? new Map<string, Entry[]>()
    entries.set(content.consumer, services)
    const service = serviceIdOf(content)
    const list = services.get(service) ?? []
    services.set(service, list)
    list.push({
      known,
      from: Date.parse(content.from),
      until: Date.parse(content.until),
      purposes: new Set(content.purposes),
      covers: compileEndpoints(content.endpoints).allows,
    })
  }
  return entries
}

function layOut(directory: Directory | undefined) {
  const sites = new Map(directory?.sites.map((site) => [site.id, site]))
  const certificates = new Map<string, Peer>()
  const hosts = new Map<string, DirectorySite>()
  const addresses = new Map<string, LineAddress>()
  for (const site of sites.values()) {
    for (const certificate of site.certificates) certificates.set(certificate.thumbprint, { site, certificate })
    for (const member of site.members) hosts.set(member, site)
    const colon = site.line.lastIndexOf(":")
    addresses.set(site.id, { host: site.line.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(site.line.slice(colon + 1)) })
  }
  for (const { id } of directory?.subsystems ?? []) {
    const host = hosts.get(memberOf(id))
    if (host) hosts.set(id, host)
  }
  // Those of listed services are found without taking the id apart.
  for (const { id } of directory?.services ?? []) {
    const host = hosts.get(subsystemOf(id))
    if (host) hosts.set(id, host)
  }
  return {
    sites,
    certificates,
    hosts,
    addresses,
    services: new Map(directory?.services.map((service) => [service.id, service])),
  }
}
