// A hub, the ministries' registers and a ward, each with its own database and the cast's country, joined by real lines.

import { join as joinPath } from "node:path"
import { publishCountry } from "#catalogue"
import { consentGate } from "#consents"
import { type Country, fullName } from "#country"
import { openSealer, type Sealer } from "#evidence"
import { answerRegister, linkSites, type OpenSystemsLog, type OtherSites, openSystemsLog } from "#exchange"
import {
  type AccessList,
  answerContract,
  type ContractTerms,
  openAccessList,
  openStanding,
  proposeContract,
  publishDirectory,
  type SiteFile,
  takeDirectory,
} from "#federation"
import { loadAgencies, signIn } from "#identity"
import { Figures, federationRoads, type OpenLine, openLine } from "#line"
import { openSight } from "#oversight"
import { type Actor, openDb } from "#platform/db"
import { seedRegisters } from "#registers"
import { freePort } from "../free-port.ts"
import { openWorld } from "../world.ts"
import { announce, carry, type FederatedSite, HUB, invite, join, system } from "./three-sites.ts"

const ENDPOINTS = [
  { method: "POST", path: "/requests" },
  { method: "POST", path: "/duplicates" },
  { method: "POST", path: "/collections" },
] as const
const OWNERS = [
  ["public-security", "G01"],
  ["justice", "G15"],
  ["health", "G18"],
] as const
const YEAR_MS = 366 * 86_400_000

export interface LinkedSite extends FederatedSite {
  readonly access: AccessList
  readonly sealer: Sealer
  readonly others: OtherSites
  /** What information systems exchange here. */
  readonly systems: OpenSystemsLog
  /** Opens the face for information systems; gives its port. */
  openFace(): Promise<number>
  /** Takes the line down, and up again. */
  hangUp(): Promise<void>
  pickUp(): Promise<void>
}

export interface LinkedSites {
  readonly ministry: LinkedSite
  readonly ward: LinkedSite
  /** Hash of the contract for an owner's registers. */
  readonly contracts: ReadonlyMap<string, string>
  /** The day of the worlds. */
  readonly today: string
  numberOf(id: string): string
  /** Signs somebody of the cast in at the ward's site. */
  person(id: string): Promise<Extract<Actor, { kind: "person" }>>
  /** Moves all clocks. */
  move(ms: number): void
  /** The hub issues the directory anew, and both sites take it: after a day without, it holds no longer. */
  renewDirectory(): Promise<void>
  close(): Promise<void>
}

/** What else the ministries offer, and what is agreed about it; the period is filled in. */
export interface More {
  /** Where the pages of the ministries would be; nobody answers there when left out. */
  readonly face?: string
  readonly services?: NonNullable<SiteFile["services"]>
  readonly contracts?: readonly Omit<ContractTerms, "from" | "until">[]
}

const registersOf = (line: number, { services = [], face = "http://127.0.0.1:1" }: More): SiteFile => ({
  ...{
    instance: "XX",
    site: "ministry",
    name: "Ministries",
    role: "joined",
    line: `127.0.0.1:${line}`,
    face,
  },
  members: OWNERS.map(([, code]) => ({ class: "GOV", code, name: code, subsystems: [{ code: "registers", name: "Registers" }] })),
  agencies: OWNERS.map(([id, code]) => ({ id, subsystem: `GOV/${code}/registers` })),
  services: [
    ...OWNERS.map(([id, code]) => ({
      ...{ subsystem: `GOV/${code}/registers`, code: "registers", name: id },
      ...{ type: "REGISTER" as const, endpoints: [...ENDPOINTS] },
    })),
    ...services,
  ],
})

const wardOf = (line: number): SiteFile => ({
  ...{ instance: "XX", site: "ward", name: "Ba Đình", role: "joined", line: `127.0.0.1:${line}`, face: "http://127.0.0.1:1" },
  members: [{ class: "GOV", code: "H26.901", name: "Ba Đình", subsystems: [{ code: "desk", name: "Desk" }] }],
  agencies: [{ id: "ba-dinh", subsystem: "GOV/H26.901/desk" }],
})

export async function openLinked(more: More = {}): Promise<LinkedSites> {
  const hub = await openPlace(HUB)
  const places = [await openPlace(registersOf(await freePort(), more)), await openPlace(wardOf(await freePort()))] as const
  for (const site of places) await join(hub, site, (await invite(hub, site.file)).code)
  for (const site of places) await announce(hub, site)
  hub.clock.move(2)
  const spread = async () => {
    const { jws } = await hub.tx(system, publishDirectory)
    for (const { tx } of places) await tx(system, (t) => takeDirectory(t, jws))
  }
  await spread()
  const contracts = await agreeAll(...places, more)
  const [ministry, ward] = [await link(places[0]), await link(places[1])]
  const country = ward.site.reference as Country
  const now = ward.site.clock()
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: country.timeZone, dateStyle: "short" }).format(now)
  await ministry.tx(system, (tx) => seedRegisters(tx, today, new Set(OWNERS.map(([id]) => id))))
  await ward.tx(system, async (tx) => {
    await loadAgencies(tx)
    await publishCountry(tx)
  })
  const personOf = (id: string) => country.cast.people.find((one) => one.id === id)!
  return {
    ...{ ministry, ward, contracts, today, numberOf: (id) => personOf(id).number },
    person: async (id) => {
      const { number, name } = personOf(id)
      const { actor } = await ward.tx(system, (tx) =>
        signIn(tx, {
          ...{ issuer: "https://idp.example", sub: id, personNumber: number, name: fullName(country, name) },
          ...{ authTime: tx.now, acr: "high", asOfficial: false },
        }),
      )
      if (actor.kind !== "person") throw new Error(`${id} came as an official`)
      return actor
    },
    move: (ms) => {
      for (const { clock } of [hub, ministry, ward]) clock.move(ms)
    },
    renewDirectory: async () => {
      await spread()
      for (const { access } of [ward, ministry]) await access.refresh()
    },
    close: async () => {
      for (const site of [ward, ministry, hub]) await site.close()
    },
  }
}

/** TLS goes by the clock of the wall, so that these worlds begin now. */
async function openPlace(file: SiteFile): Promise<FederatedSite> {
  const world = await openWorld({ demo: true })
  world.clock.move(Date.now() - world.site.clock().getTime())
  return { ...world, file, standing: await openStanding(world.db, world.site, file) }
}

async function agreeAll(ministry: FederatedSite, ward: FederatedSite, more: More): Promise<Map<string, string>> {
  const now = ward.site.clock().getTime()
  const period = { from: new Date(now - YEAR_MS).toISOString(), until: new Date(now + YEAR_MS).toISOString() }
  const hashes = new Map<string, string>()
  const agree = async (terms: ContractTerms) => {
    const hash = await ward.tx(system, (tx) => proposeContract(tx, terms))
    await carry(ward, ministry)
    await ministry.tx(system, (tx) => answerContract(tx, hash, "accept"))
    await carry(ministry, ward)
    return hash
  }
  for (const terms of more.contracts ?? []) hashes.set(terms.service, await agree({ ...terms, ...period }))
  for (const [owner, code] of OWNERS) {
    const terms: ContractTerms = {
      ...{ provider: `XX/GOV/${code}/registers`, service: "registers", consumer: "XX/GOV/H26.901/desk" },
      ...{ endpoints: [...ENDPOINTS], purposes: ["birth-registration", "household-business"], subjectKinds: ["person"] },
      ...{ legalGround: { ref: "60/2014/QH13", article: "16" }, bodies: "digest" },
      ...period,
    }
    hashes.set(owner, await agree(terms))
  }
  return hashes
}

/** Opens what `motlan start` opens: access list, log, line; the exchange knows of it. */
async function link(site: FederatedSite): Promise<LinkedSite> {
  const { site: own, file, standing, dir } = site
  // As `motlan start` does: those who wait for the line hold connections that it must not need.
  const db = openDb({ ...site.connection, max: 4 }, own)
  const access = await openAccessList(db)
  const { thumbprint, sign } = standing.sealing(own.clock())
  const note = { name: standing.checkpointName, private: standing.checkpointPrivate }
  const sealer = await openSealer({ db, site: own, book: file.site, key: { id: thumbprint, sign }, note })
  const port = Number(file.line.split(":")[1])
  let line: OpenLine | undefined
  const figures = new Figures()
  openSight(own, {
    ...{ file, access, figures },
    tryService: async (trial) => line?.tryService(trial),
    describe: async (wish) => line?.describe(wish),
  })
  const systems = openSystemsLog(db, own, file.site)
  const pickUp = async () => {
    const { cert, key } = standing.tls(own.clock())
    const anchors = access.directory!.trustAnchors.map(({ certificate }) => pemOf(certificate))
    line = openLine({
      ...{ site: own, instance: file.instance, roads: federationRoads(access, file, own.clock), sealer },
      ...{ tls: { certificate: cert, key, anchors }, folder: joinPath(dir, "line") },
      handlers: { REGISTER: answerRegister(own, db) },
      consents: consentGate(db),
      figures,
      systems,
    })
    await line.listenToPeers(port, "127.0.0.1")
  }
  await pickUp()
  const others: OtherSites = {
    file,
    access,
    ask: async (asked) => (await line?.ask(asked)) ?? { kind: "silent", code: "NoLine" },
  }
  linkSites(own, others)
  const hangUp = async () => {
    await line?.close()
    line = undefined
  }
  const close = async () => {
    await hangUp()
    await sealer.close()
    await systems.close()
    access.close()
    await db.close()
    await site.close()
  }
  const openFace = () => line!.listenToClients(0, "127.0.0.1")
  return { ...site, access, sealer, others, systems, openFace, pickUp, hangUp, close }
}

const pemOf = (der: string): string =>
  `-----BEGIN CERTIFICATE-----\n${der.replace(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`
