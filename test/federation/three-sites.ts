// Three sites of an invented instance, each with its own database: a hub, a ministry that provides, a commune that asks.

import {
  acceptJoin,
  answerContract,
  type ContractTerms,
  completeJoin,
  dueErrands,
  inviteMember,
  noteErrand,
  openStanding,
  planAnnouncement,
  planJoin,
  proposeContract,
  publishDirectory,
  readCode,
  type SiteFile,
  type Standing,
  takeAnnouncement,
  takeContract,
  takeDirectory,
} from "#federation"
import type { Actor } from "#platform/db"
import { openWorld, type World } from "../world.ts"

export const system: Actor = { kind: "system", name: "tests" }
export const stranger: Actor = { kind: "public" }

export const HUB: SiteFile = {
  instance: "XX",
  site: "hub",
  name: "Office of the exchange",
  role: "hub",
  line: "127.0.0.1:5500",
  face: "http://127.0.0.1:8080",
  members: [{ class: "GOV", code: "EX", name: "Office of the exchange", subsystems: [{ code: "catalogue", name: "Catalogue" }] }],
  groups: [{ code: "communes", name: "Communes", members: ["GOV/C1/desk"] }],
}

export const MINISTRY: SiteFile = {
  instance: "XX",
  site: "ministry",
  name: "Ministry of the Interior",
  role: "joined",
  line: "[::1]:5501",
  face: "http://127.0.0.1:8081",
  members: [{ class: "GOV", code: "MI", name: "Ministry", subsystems: [{ code: "population", name: "Population register" }] }],
  services: [
    {
      subsystem: "GOV/MI/population",
      code: "person",
      name: "A person by number",
      type: "REST",
      endpoints: [{ method: "GET", path: "/people/*" }],
    },
  ],
}

export const COMMUNE: SiteFile = {
  instance: "XX",
  site: "commune",
  name: "Commune One",
  role: "joined",
  line: "127.0.0.1:5502",
  face: "http://127.0.0.1:8082",
  members: [{ class: "GOV", code: "C1", name: "Commune One", subsystems: [{ code: "desk", name: "Desk" }] }],
}

export const PROVIDER = "XX/GOV/MI/population"
export const SERVICE = `${PROVIDER}/person`
export const CONSUMER = "XX/GOV/C1/desk"

export const TERMS: ContractTerms = {
  provider: PROVIDER,
  service: "person",
  consumer: CONSUMER,
  endpoints: [{ method: "GET", path: "/people/*" }],
  purposes: ["birth-registration"],
  legalGround: { ref: "Civil Status Act", article: "16" },
  subjectKinds: ["person"],
  from: "2026-03-01T00:00:00.000Z",
  until: "2027-03-01T00:00:00.000Z",
  bodies: "digest",
}

export interface FederatedSite extends World {
  readonly standing: Standing
  readonly file: SiteFile
}

export interface ThreeSites {
  readonly hub: FederatedSite
  readonly ministry: FederatedSite
  readonly commune: FederatedSite
  /** Moves the clocks of all. */
  move(ms: number): void
  /** Publishes at the hub; the others take it. */
  spread(): Promise<void>
  close(): Promise<void>
}

export async function openSite(file: SiteFile): Promise<FederatedSite> {
  const world = await openWorld({ country: false })
  return { ...world, file, standing: await openStanding(world.db, world.site, file) }
}

export const invite = (hub: FederatedSite, file: SiteFile) =>
  hub.tx(system, (tx) =>
    inviteMember(
      tx,
      (file.members ?? []).map((member) => ({ class: member.class, code: member.code, name: member.name })),
    ),
  )

export async function join(hub: FederatedSite, site: FederatedSite, code: string): Promise<void> {
  const plan = await site.tx(system, (tx) => planJoin(tx, readCode(code)))
  const answer = await hub.tx(stranger, (tx) => acceptJoin(tx, plan.request))
  await site.tx(system, (tx) => completeJoin(tx, plan, answer))
}

/** The three, not yet acquainted. */
export async function openThree(): Promise<ThreeSites> {
  const [hub, ministry, commune] = [await openSite(HUB), await openSite(MINISTRY), await openSite(COMMUNE)]
  const all = [hub, ministry, commune]
  return {
    hub,
    ministry,
    commune,
    move: (ms) => {
      for (const { clock } of all) clock.move(ms)
    },
    spread: async () => {
      const { jws } = await hub.tx(system, publishDirectory)
      for (const { tx } of [ministry, commune]) await tx(system, (t) => takeDirectory(t, jws))
    },
    close: async () => {
      for (const { close } of all) await close()
    },
  }
}

/** The three, joined, and told of each other. */
export async function openJoined(): Promise<ThreeSites> {
  const three = await openThree()
  const { hub, ministry, commune } = three
  for (const site of [ministry, commune]) await join(hub, site, (await invite(hub, site.file)).code)
  for (const site of [ministry, commune]) await announce(hub, site)
  await three.spread()
  return three
}

export async function announce(hub: FederatedSite, site: FederatedSite): Promise<void> {
  hub.clock.move(1)
  site.clock.move(1)
  const jws = await site.tx(system, planAnnouncement)
  await hub.tx(stranger, (tx) => takeAnnouncement(tx, jws))
}

/** Carries what waits at one site to the other. */
export async function carry(from: FederatedSite, to: FederatedSite): Promise<number> {
  const errands = (await from.tx(system, dueErrands)).filter(({ site }) => site === to.file.site)
  for (const errand of errands) {
    await to.tx(stranger, (tx) => takeContract(tx, errand.message))
    await from.tx(system, (tx) => noteErrand(tx, errand, true))
  }
  return errands.length
}

/** A contract that both have signed. */
export async function agree({ ministry, commune }: ThreeSites, terms: Partial<ContractTerms> = {}): Promise<string> {
  const hash = await commune.tx(system, (tx) => proposeContract(tx, { ...TERMS, ...terms }))
  await carry(commune, ministry)
  await ministry.tx(system, (tx) => answerContract(tx, hash, "accept"))
  await carry(ministry, commune)
  return hash
}

/** Expects a problem of this code. */
export const refusal = (code: string) => (error: { code?: string }) => error.code === code
