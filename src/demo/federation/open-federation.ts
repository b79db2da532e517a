// Brings the four sites up: writes what each is, joins them by invitations, has the contracts signed by both sides; what is done already stays.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parse, stringify } from "yaml"
import { motlan, type RunningSite, startSite } from "./program.ts"
import { asksConsent, type DemoSite, demoContracts, demoSites, hosts, invitationOf, siteFile, type Terms } from "./sites.ts"

export interface Federation {
  readonly sites: readonly DemoSite[]
  readonly running: ReadonlyMap<string, RunningSite>
  dirOf(id: string): string
  /** Hash of the contract under which the housing fund asks for consents. */
  readonly consentContract: string | undefined
  close(): Promise<void>
}

export interface FederationOptions {
  /** Holds a data folder for each site. */
  readonly dir: string
  /** The hub's pages; those of the others follow. */
  readonly port: number
  readonly say: (line: string) => void
}

export async function openFederation({ dir, port, say }: FederationOptions): Promise<Federation> {
  const sites = demoSites(port)
  const running = new Map<string, RunningSite>()
  const dirOf = (id: string) => join(dir, id)
  const close = async () => {
    await Promise.all([...running.values()].map((site) => site.stop()))
  }
  const up = async (site: DemoSite) => {
    const one = startSite(site, dirOf(site.id))
    running.set(site.id, one)
    await one.ready()
    say(`${site.id}: runs`)
  }
  try {
    for (const site of sites) writeFile(site, dirOf(site.id))
    const [hub, ...others] = sites as [DemoSite, ...DemoSite[]]
    await up(hub)
    for (const site of others) await joinOnce(hub, site, dirOf, say)
    await Promise.all(others.map(up))
    await agree(sites, dirOf, say)
    const consentContract = (await contractsAt(dirOf(providerOf(sites).id))).find(({ name }) => asksConsent(name))?.hash
    return { sites, running, dirOf, consentContract, close }
  } catch (fault) {
    await close()
    throw fault
  }
}

const fileIn = (dir: string): string => join(dir, "site.yaml")

function writeFile(site: DemoSite, dir: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o711 })
  if (!existsSync(fileIn(dir))) writeFileSync(fileIn(dir), stringify(siteFile(site), { lineWidth: 0 }))
}

type DirOf = (id: string) => string
type Say = FederationOptions["say"]

/** Joins a site by an invitation of the hub; one that has joined stays as it is. */
async function joinOnce(hub: DemoSite, site: DemoSite, dirOf: DirOf, say: Say): Promise<void> {
  const dir = dirOf(site.id)
  if ((parse(readFileSync(fileIn(dir), "utf8")) as { hub?: unknown }).hub) return
  const code = (await motlan(dirOf(hub.id), "member", "invite", ...invitationOf(site))).split("\n")[0]!
  await motlan(dir, "member", "join", code)
  say(`${site.id}: joined by invitation`)
}

interface Listed {
  readonly hash: string
  readonly state: string
  /** `PROVIDER/SERVICE for CONSUMER`. */
  readonly name: string
}

const nameOf = ({ provider, service, consumer }: Terms): string => `${provider}/${service} for ${consumer}`

async function contractsAt(dir: string): Promise<Listed[]> {
  const lines = (await motlan(dir, "contract", "list")).split("\n")
  return lines.flatMap((line) => {
    const found = /^(\S{43}) (\w+) (\S+ for [^:]+):/.exec(line)
    return found ? [{ hash: found[1]!, state: found[2]!, name: found[3]! }] : []
  })
}

const providerOf = (sites: readonly DemoSite[]): DemoSite => sites.find(({ owners }) => owners.length > 0)!

/** The provider proposes what is missing, each consumer signs what waits for it. */
async function agree(sites: readonly DemoSite[], dirOf: DirOf, say: Say): Promise<void> {
  const provider = providerOf(sites)
  const dir = dirOf(provider.id)
  const listed = await contractsAt(dir)
  const known = new Set(listed.map(({ name }) => name))
  const missing = demoContracts(sites, new Date()).filter((terms) => !known.has(nameOf(terms)))
  const waiting = listed.filter(({ state }) => state === "proposed")
  if (missing.length === 0 && waiting.length === 0) return
  const consumers = sites.filter(({ role, owners }) => role === "joined" && owners.length === 0)
  // Whoever is to sign must have heard of the services first.
  await Promise.all(consumers.map(({ id }) => contractsAt(dirOf(id))))
  if (missing.length > 0) {
    const path = join(dir, "contracts.yaml")
    writeFileSync(path, stringify(missing, { lineWidth: 0 }))
    const hashes = (await motlan(dir, "contract", "propose", path)).split("\n")
    waiting.push(...missing.map((terms, i) => ({ hash: hashes[i]!, state: "proposed", name: nameOf(terms) })))
    say(`${provider.id}: proposed ${missing.length} contracts`)
  }
  await Promise.all(
    consumers.map(async (site) => {
      const own = waiting.filter(({ name }) => hosts(site, name.split(" for ")[1]!))
      if (own.length === 0) return
      await motlan(dirOf(site.id), "contract", "accept", ...own.map(({ hash }) => hash))
      say(`${site.id}: signed ${own.length} contracts`)
    }),
  )
}
