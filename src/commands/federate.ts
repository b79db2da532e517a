// The part of a start that a site of a federation has: its place, its upkeep, whom it knows, its evidence, its line.
import { dirname, join } from "node:path"
import { consentGate } from "#consents"
import type { Country } from "#country"
import { exportExchange, openSealer } from "#evidence"
import { answerRegister, linkSites, type OtherSites, openSystemsLog, startCourier } from "#exchange"
import {
  type AccessList,
  findSiteFile,
  type KnownKeys,
  keepUp,
  knownKeys,
  openAccessList,
  openStanding,
  readSiteFile,
  type SiteFile,
  type Standing,
  startUpkeep,
} from "#federation"
import { type EvidenceSource, Figures, federationRoads, type OpenLine, openLine, openRefusalBook, type TlsKeys } from "#line"
import { openSight, startFigures } from "#oversight"
import type { Config } from "#platform/config"
import { type Actor, type Database, type Db, openDb, type Tx } from "#platform/db"
import { Problem } from "#platform/problem"
import type { Site } from "#platform/site"
import { standBehind } from "./stand-behind.ts"
import { demandsOf, faceTls, listenToSystems, placeOf, systemsLines } from "./systems.ts"
import { openVouching } from "./vouching.ts"

/** Connections of the line: those of the pages wait for it, so that it must not wait for them. */
const LINE_CONNECTIONS_MAX = 8
const RENEWAL_LOOK_MS = 60_000
const SYSTEM: Actor = { kind: "system", name: "line" }

type Step = () => Promise<unknown>

/** The file that says what this site is in a federation, and where it is; undefined when the site is alone. */
export interface FoundFile {
  readonly file: SiteFile
  readonly folder: string
}

/** Reads the file of the site. Throws SiteFileFaults, and an Error for agencies that the country pack has not or has under another code. */
export function findFile(config: Config, country: Country): FoundFile | undefined {
  const path = findSiteFile(config.data, config.site)
  if (path === undefined) return undefined
  const file = readSiteFile(path)
  for (const { id, subsystem } of file.agencies ?? []) {
    const agency = country.agencies.get(id)
    const code = subsystem.split("/")[1]
    if (!agency) throw new Error(`${path}: the country pack has no agency "${id}"`)
    if (agency.code !== code)
      throw new Error(`${path}: the code of "${id}" is ${agency.code}, and its subsystem is of member ${code}`)
  }
  return { file, folder: dirname(path) }
}

export interface FederateOptions {
  readonly config: Config
  readonly site: Site
  readonly db: Db
  readonly database: Database
  readonly found: FoundFile
}

interface RoadOptions extends FederateOptions {
  readonly figures: Figures
}

/** Takes up the site's place. `down` gains what undoes it. Gives lines to be printed. */
export async function federate(options: FederateOptions, down: Step[]): Promise<string[]> {
  const { site, db, found } = options
  const { file, folder } = found
  const standing = await openStanding(db, site, file, folder)
  if (file.role === "hub" && !isCertified(standing, site)) await keepUp(db, site)
  const access = await openAccessList(db)
  down.push(async () => access.close())
  const road: { line?: OpenLine } = {}
  const behind = await standBehind(options, down)
  const roadTo = (service: string) => (behind?.serves(service) ? behind : road.line)
  const ask: OtherSites["ask"] = async (asked) => (await roadTo(asked.service)?.ask(asked)) ?? { kind: "silent", code: "NoLine" }
  linkSites(site, { file, access, ask })
  const figures = new Figures()
  openSight(site, {
    ...{ file, access, figures },
    tryService: async (trial) => road.line?.tryService(trial),
    describe: async (wish) => road.line?.describe(wish),
  })
  const keeping = startFigures(db, site)
  down.push(() => keeping.stop())
  const upkeep = startUpkeep(db, site)
  down.push(() => upkeep.stop())
  if (!isCertified(standing, site)) {
    if (behind && !file.hub) return [`  road            ${file.road?.url} (${file.road?.instance})`]
    site.log.warn({ site: file.site }, "this site has joined no federation yet: motlan member join CODE, then start again")
    return [`  federation      ${file.instance}/${file.site}, not joined yet`]
  }
  await openRoad({ ...options, figures }, standing, access, road, down)
  const courier = await startCourier(db, site)
  down.push(() => courier.stop())
  const vouching = openVouching(options.config, db, site, file.site)
  down.push(() => vouching.stop())
  return [`  line            ${file.line} (${file.instance}/${file.site})`, ...systemsLines(file)]
}

/** Has it certificates that hold now? */
function isCertified({ sealing, tls }: Standing, { clock }: Site): boolean {
  try {
    sealing(clock())
    tls(clock())
    return true
  } catch (error) {
    if (error instanceof Problem && error.code === "certificate-missing") return false
    throw error
  }
}

/** Opens log and line, and looks every minute whether a certificate is new: both are changed as the line runs. */
async function openRoad(options: RoadOptions, standing: Standing, access: AccessList, road: { line?: OpenLine }, down: Step[]) {
  const { site, database } = options
  const lineDb = openDb({ ...database.app, max: LINE_CONNECTIONS_MAX }, site)
  down.push(() => lineDb.close())
  const opened = await openLines(options, standing, access, lineDb)
  road.line = opened.line
  let looking: Promise<void> = Promise.resolve()
  const look = async () => {
    const seal = sealKey(standing, site)
    if (opened.sealer.keyId !== seal.id) opened.sealer.renew(seal)
    const tls = tlsKeys(standing, access, site)
    if (!sameTls(opened.tls, tls)) {
      opened.line.renew(tls, faceTls(tls))
      opened.tls = tls
    }
  }
  const timer = setInterval(() => {
    looking = looking
      .then(look)
      .catch((error: Error) => site.log.error({ err: error }, "the certificates of the line were not renewed"))
  }, RENEWAL_LOOK_MS)
  down.push(async () => {
    clearInterval(timer)
    await looking
    await opened.close()
  })
}

async function openLines({ config, site, found, figures }: RoadOptions, standing: Standing, access: AccessList, db: Db) {
  const { file } = found
  const note = { name: standing.checkpointName, private: standing.checkpointPrivate }
  const sealer = await openSealer({ db, site, book: file.site, key: sealKey(standing, site), note })
  const tls = tlsKeys(standing, access, site)
  const refusals = openRefusalBook(db, site)
  const systems = openSystemsLog(db, site, file.site)
  const line = openLine({
    ...{ site, instance: file.instance, tls, sealer },
    roads: federationRoads(access, file, site.clock, demandsOf(file, found.folder)),
    ...(file.errors && { errors: file.errors }),
    folder: join(config.data, "line"),
    handlers: { REGISTER: answerRegister(site, db) },
    figures,
    onRefused: refusals.note,
    evidence: evidenceOf(db),
    consents: consentGate(db),
    systems,
  })
  const close = async () => {
    await line.close()
    await refusals.close()
    await systems.close()
    await sealer.close()
  }
  try {
    const [host, port] = placeOf(file.listen ?? file.line)
    await line.listenToPeers(port, isLoopback(host) ? host : "::")
    await listenToSystems(line, file, tls)
  } catch (error) {
    await close()
    throw error
  }
  return { line, tls, sealer, close }
}

function sealKey({ sealing }: Standing, { clock }: Site) {
  const { thumbprint, sign } = sealing(clock())
  return { id: thumbprint, sign }
}

/** What systems of this site may fetch of the exchanges that they were part of. */
function evidenceOf(db: Db): EvidenceSource {
  const known = <T>(act: (tx: Tx, keys: KnownKeys) => Promise<T> | T) => db.tx(SYSTEM, async (tx) => act(tx, await knownKeys(tx)))
  return {
    bundle: (message) => known((tx, keys) => exportExchange(tx, keys.site, message, keys)),
    anchors: () => known((_, { anchors }) => anchors),
  }
}

function tlsKeys({ tls }: Standing, access: AccessList, { clock }: Site): TlsKeys {
  const { cert, key } = tls(clock())
  const anchors = (access.directory?.trustAnchors ?? []).map(({ certificate }) => pemOf(certificate))
  return { certificate: cert, key, anchors }
}

const pemOf = (der: string): string =>
  `-----BEGIN CERTIFICATE-----\n${der.replace(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`

const sameTls = (a: TlsKeys, b: TlsKeys): boolean => a.certificate === b.certificate && a.anchors.join() === b.anchors.join()

const isLoopback = (host: string): boolean => /^(127\.|::1$|localhost$)/.test(host)
