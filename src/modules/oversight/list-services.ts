// The catalogue of the exchange: members, the services that they offer, and the contracts for each, as directory and contracts have them.
import {
  type ContractSignature,
  type ContractState,
  contractSignatures,
  type Directory,
  type DirectoryService,
} from "#federation"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { CATALOGUE_PAGE } from "./limits.ts"
import { refuseAllBut, SEES_CATALOGUE, sightOf } from "./sight.ts"

export type ContractStanding = ContractState | "not-begun" | "ended"
type KnownContract = ReturnType<ReturnType<typeof sightOf>["access"]["contracts"]>[number]
type Content = KnownContract["content"]

export interface SeenContract {
  readonly hash: string
  readonly content: Content
  /** Signed ones that don't hold yet or any more are told apart. */
  readonly standing: ContractStanding
  readonly consumerName: string
  readonly providerName: string
}

export interface SeenService extends DirectoryService {
  readonly member: string
  readonly memberName: string
  readonly subsystemName: string
  /** The site that provides it. */
  readonly site: string
  readonly siteName: string
  readonly isOwn: boolean
  readonly contracts: readonly SeenContract[]
}

export interface CatalogueFilter {
  /** Words in names or ids, accents aside. */
  readonly words?: string
  readonly type?: string
  readonly site?: string
  /** Services with a contract in this state; `none` for those without any. */
  readonly standing?: string
  /** From 1. */
  readonly page: number
}

export interface Catalogue {
  readonly services: readonly SeenService[]
  readonly count: number
  readonly pages: number
  readonly sites: readonly { readonly id: string; readonly name: string; readonly members: number; readonly services: number }[]
  readonly directory: Pick<Directory, "version" | "issuedAt" | "expiresAt"> | undefined
}

/**
 * Services of the federation, found by words and filters, in the order of their ids. For technical administrators, auditors and keepers of
 * the catalogue. Throws `not-allowed`, `federation-alone`.
 */
export function listServices(tx: Tx, filter: CatalogueFilter): Catalogue {
  refuseAllBut(tx, SEES_CATALOGUE)
  const { access } = sightOf(tx)
  const { directory } = access
  if (!directory) return { services: [], count: 0, pages: 1, sites: [], directory: undefined }
  const see = seer(tx, directory)
  const words = plain(filter.words ?? "")
    .split(/\s+/)
    .filter(Boolean)
  const found = directory.services
    .map(see)
    .filter((one) => !filter.type || one.type === filter.type)
    .filter((one) => !filter.site || one.site === filter.site)
    .filter((one) => has(one, filter.standing))
    .filter((one) => {
      const text = plain([one.id, one.name, one.memberName, one.subsystemName, one.siteName].join(" "))
      return words.every((word) => text.includes(word))
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const start = (filter.page - 1) * CATALOGUE_PAGE
  return {
    services: found.slice(start, start + CATALOGUE_PAGE),
    count: found.length,
    pages: Math.max(1, Math.ceil(found.length / CATALOGUE_PAGE)),
    sites: directory.sites.map(({ id, name, members }) => ({
      ...{ id, name, members: members.length },
      services: directory.services.filter((one) => access.siteOf(one.id)?.id === id).length,
    })),
    directory,
  }
}

const has = ({ contracts }: SeenService, standing: string | undefined): boolean =>
  !standing || (standing === "none" ? contracts.length === 0 : contracts.some((one) => one.standing === standing))

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase()

/** One service with its contracts. Throws `not-found` and as above. */
export function getService(tx: Tx, id: string): SeenService {
  refuseAllBut(tx, SEES_CATALOGUE)
  const { access } = sightOf(tx)
  const service = access.directory && access.service(id)
  if (!service) throw problem("not-found")
  return seer(tx, access.directory!)(service)
}

/** One contract with who signed it when. Throws `not-found` and as above. */
export async function getContract(tx: Tx, hash: string): Promise<SeenContract & { signatures: readonly ContractSignature[] }> {
  refuseAllBut(tx, SEES_CATALOGUE)
  const { access } = sightOf(tx)
  const known = access.contracts().find((one) => one.hash === hash)
  if (!known) throw problem("not-found")
  const named = namesIn(access.directory)
  return { ...seenContract(tx, known, named), signatures: await contractSignatures(tx, hash) }
}

type Named = (id: string) => string

/** Names of members and subsystems by their ids. */
function namesIn(directory: Directory | undefined): Named {
  const names = new Map<string, string>()
  for (const { class: kind, code, name } of directory?.members ?? []) names.set(`${directory!.instance}/${kind}/${code}`, name)
  for (const { id, name } of directory?.subsystems ?? []) names.set(id, name)
  return (id) => names.get(id) ?? id
}

function seer(tx: Tx, directory: Directory): (service: DirectoryService) => SeenService {
  const { access, file } = sightOf(tx)
  const named = namesIn(directory)
  const byService = new Map<string, SeenContract[]>()
  for (const known of access.contracts()) {
    const id = `${known.content.provider}/${known.content.service}`
    byService.set(id, [...(byService.get(id) ?? []), seenContract(tx, known, named)])
  }
  return (service) => {
    const [instance, kind, code, subsystem] = service.id.split("/")
    const member = `${instance}/${kind}/${code}`
    const site = access.siteOf(service.id)
    return {
      ...service,
      ...{ member, memberName: named(member), subsystemName: named(`${member}/${subsystem}`) },
      ...{ site: site?.id ?? "-", siteName: site?.name ?? "-", isOwn: site?.id === file.site },
      contracts: byService.get(service.id) ?? [],
    }
  }
}

const seenContract = (tx: Tx, { hash, content, state }: KnownContract, named: Named): SeenContract => ({
  ...{ hash, content, standing: standingAt(state, content, tx.now) },
  ...{ consumerName: named(content.consumer), providerName: named(content.provider) },
})

function standingAt(state: ContractState, { from, until }: Content, now: Date): ContractStanding {
  if (state !== "signed") return state
  const at = now.toISOString()
  return at < from ? "not-begun" : at < until ? "signed" : "ended"
}
