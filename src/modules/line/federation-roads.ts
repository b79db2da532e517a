// The roads as directory, contracts and site.yaml have them.
import { type Endpoint, type ListedClient, parseClientId } from "#engines/xroad"
import type { AccessList, DirectorySite, SiteFile } from "#federation"
import type { Demand, Offered, Peer, Roads } from "./roads.ts"

/** What the line has to know, from the access list and the file of the site. `clock` tells whether a certificate still holds. */
export function federationRoads(
  access: AccessList,
  file: SiteFile,
  clock: () => Date,
  demands: ReadonlyMap<string, Demand> = new Map(),
): Roads {
  const known = new WeakMap<DirectorySite, Peer>()
  const peerAt = (site: DirectorySite): Peer => {
    const peer = known.get(site) ?? peerOf(access, site, clock)
    known.set(site, peer)
    return peer
  }
  const { instance, site: own } = file
  const offers = offersOf(file)
  return {
    isFresh: (at) => access.directory !== undefined && Date.parse(access.directory.expiresAt) > at.getTime(),
    hosts: (client) => access.siteOf(client)?.id === own,
    belongsTo: (client, peer) => access.siteOf(client)?.id === peer.id,
    servers: (subsystem) => {
      const site = access.siteOf(subsystem)
      return site ? [peerAt(site)] : []
    },
    peerOf: (thumbprint) => {
      const found = access.peerOf(thumbprint, "auth", clock())
      return found && peerAt(found.site)
    },
    mayCall: (call) => {
      const { contract, refusal } = access.mayCall(call)
      return contract ? { contract: contract.hash } : { refused: refusal! }
    },
    needsConsent: (contract) => demandsOf(access).consent.has(contract),
    needsSubject: (contract) => demandsOf(access).subject.has(contract),
    offered: (service) => offers.get(service),
    services: (provider) => [...offers.keys()].filter((id) => id.startsWith(`${provider}/`)),
    permitted: (consumer, service, at) => permitted(access, consumer, service, at),
    clients: (asked) => (asked === instance ? clientsOf(access) : undefined),
    get owner() {
      return ownerOf(access.site(own) ?? { id: own, members: [] }, instance)
    },
    demandOf: (client) => demands.get(client) ?? demands.get(client.split("/").slice(0, 3).join("/")) ?? "any",
  }
}

/** Hashes of the contracts that demand something of each call. */
interface ContractDemands {
  readonly consent: ReadonlySet<string>
  readonly subject: ReadonlySet<string>
}

const contractDemands = new WeakMap<object, ContractDemands>()

/** Gathered once for each state of the access list. */
function demandsOf(access: AccessList): ContractDemands {
  const contracts = access.contracts()
  const known = contractDemands.get(contracts)
  if (known) return known
  const hashes = (term: "consentNeeded" | "subjectNeeded") =>
    new Set(contracts.filter(({ content }) => content[term] === true).map(({ hash }) => hash))
  const demands = { consent: hashes("consentNeeded"), subject: hashes("subjectNeeded") }
  contractDemands.set(contracts, demands)
  return demands
}

/** The member that owns a site: the first that it hosts. */
const ownerOf = ({ id, members }: Pick<DirectorySite, "id" | "members">, instance: string): string =>
  members[0] ?? `${instance}/SITE/${id}`

/** The endpoints of every contract in force between the two. */
function permitted(access: AccessList, consumer: string, service: string, at: Date): Endpoint[] {
  const now = at.toISOString()
  return access
    .contracts()
    .filter(({ content }) => content.consumer === consumer && `${content.provider}/${content.service}` === service)
    .filter(({ state, content }) => state === "signed" && content.from <= now && now < content.until)
    .flatMap(({ content }) => content.endpoints)
}

/** Members and subsystems as the directory lists them. */
function clientsOf({ directory }: AccessList): ListedClient[] {
  if (!directory) return []
  const names = new Map(directory.members.map(({ class: kind, code, name }) => [`${directory.instance}/${kind}/${code}`, name]))
  const members = [...names].map(([id, name]) => ({ id, name }))
  const subsystems = directory.subsystems.map(({ id, name }) => ({
    ...{ id, subsystemName: name },
    name: names.get(id.split("/").slice(0, 3).join("/")) ?? "",
  }))
  return [...members, ...subsystems].flatMap(({ id, ...named }) => {
    const read = parseClientId(id)
    return read.ok ? [{ id: read.value, ...named }] : []
  })
}

function peerOf(access: AccessList, site: DirectorySite, clock: () => Date): Peer {
  const { id, line } = site
  return {
    id,
    address: line,
    server: `${ownerOf(site, access.directory!.instance)}/${id}`,
    hasAuth: (thumbprint) => access.peerOf(thumbprint, "auth", clock())?.site.id === id,
    sealingKey: (key, at) => (access.peerOf(key, "sealing", at)?.site.id === id ? access.keyOf(key, "sealing", at) : undefined),
  }
}

/** The services of the file by their full ids. */
export const offersOf = ({ instance, services = [] }: SiteFile): ReadonlyMap<string, Offered> =>
  new Map(
    services.map(({ subsystem, code, type, url = "", version, description, disabled, endpoints }) => [
      `${instance}/${subsystem}/${code}`,
      {
        ...{ type, url },
        ...(version !== undefined && { version }),
        ...(description !== undefined && { description }),
        ...(disabled !== undefined && { disabled }),
        ...(endpoints !== undefined && { endpoints }),
      },
    ]),
  )
