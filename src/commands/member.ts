// `motlan member`: the hub invites, a site joins; also while the site runs, which then takes up its place at its next start.
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import {
  completeJoin,
  findSiteFile,
  type InvitationCode,
  inviteMember,
  openStanding,
  planJoin,
  postJson,
  readCode,
  readMember,
  readSiteFile,
  removeMember,
  type SiteFile,
  writeJoined,
  writeSiteFile,
} from "#federation"
import { problemWords } from "#kit/problem-words.ts"
import { type Config, packageRoot } from "#platform/config"
import { openKeys } from "#platform/crypto"
import { type Actor, bringUp, type Db, migrate, openDb, readMigrations } from "#platform/db"
import { openLog } from "#platform/log"
import { Problem } from "#platform/problem"
import type { Site } from "#platform/site"
import { alongside } from "./alongside.ts"
import { openSite } from "./open-site.ts"

export interface MemberOptions {
  readonly member?: string[]
  readonly name?: string[]
  readonly id?: string
  readonly line?: string
  readonly face?: string
  readonly lang?: string
}

const SYSTEM: Actor = { kind: "system", name: "member" }
const USAGE = `motlan member invite --member CLASS/CODE[/SUBSYSTEM...] --name NAME
motlan member remove SITE | CLASS/CODE[/SUBSYSTEM]
motlan member join CODE [--id ID --name NAME --line HOST:PORT --face URL]`

/** Runs the command; 1 with words when the hub or this site refuses, 2 when it is not spelt rightly. */
export async function member(config: Config, names: readonly string[], options: MemberOptions): Promise<number> {
  const [verb, code] = names
  const { member: members = [], name = [] } = options
  const isInvite = verb === "invite" && members.length > 0 && members.length === name.length
  if (!isInvite && !((verb === "join" || verb === "remove") && code !== undefined)) {
    console.error(USAGE)
    return 2
  }
  try {
    await (isInvite ? invite(config, members, name) : verb === "join" ? joinWith(config, code!, options) : remove(config, code!))
    return 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { title, text } = problemWords(options.lang ?? "en", error)
    console.error(`${title}. ${text}`)
    return 1
  }
}

async function invite(config: Config, members: readonly string[], names: readonly string[]): Promise<void> {
  const invited = members.map((text, i) => readMember(text, names[i]!))
  const path = findSiteFile(config.data, config.site)
  if (path === undefined) throw new Error(`there is no ${join(config.data, "site.yaml")}: write it with role: hub`)
  await atSite(config, async (site, db) => {
    await openStanding(db, site, readSiteFile(path), dirname(path))
    const { code, expiresAt } = await db.tx(SYSTEM, (tx) => inviteMember(tx, invited))
    console.log(`${code}\n\nUsed once, until ${expiresAt.toISOString()}. At the new site: motlan member join CODE`)
  })
}

/** Also while the hub runs: the other sites hear of it within a minute. */
async function remove(config: Config, name: string): Promise<void> {
  const { version } = await alongside(config, ({ db }) => db.tx(SYSTEM, (tx) => removeMember(tx, name)))
  console.log(`${name} is removed; directory ${version} lists it no more. It comes back by a new invitation alone`)
}

async function joinWith(config: Config, text: string, options: MemberOptions): Promise<void> {
  const code = readCode(text)
  const path = config.site ?? join(config.data, "site.yaml")
  const file = existsSync(path) ? readSiteFile(path) : fileOf(code, options)
  await atSite(config, async (site, db) => {
    if (!existsSync(path)) writeSiteFile(path, file)
    await openStanding(db, site, file, dirname(path))
    const plan = await db.tx(SYSTEM, (tx) => planJoin(tx, code))
    const answer = await postJson(code.hub, "/federation/join", plan.request)
    const members = await db.tx(SYSTEM, (tx) => completeJoin(tx, plan, answer))
    writeJoined(path, { address: code.hub, key: code.key }, members)
    console.log(`joined ${code.instance} as ${file.site}; ${path} says what this site hosts`)
  })
}

/** The file of a site that has none, from the options. */
function fileOf({ instance }: InvitationCode, { id, name, line, face }: MemberOptions): SiteFile {
  if (!id || !name?.[0] || !line || !face)
    throw new Error("there is no site.yaml: give --id, --name, --line HOST:PORT and --face URL")
  return { instance, site: id, name: name[0], role: "joined", line, face }
}

/** Opens the data folder, alongside a running site where there is one. */
async function atSite(config: Config, work: (site: Site, db: Db) => Promise<void>): Promise<void> {
  const keys = openKeys(join(config.data, "keys"))
  const { data: dataDir, databaseUrl: url, databaseAppUrl: appUrl } = config
  const database = await bringUp({ dataDir, keys, url, appUrl, alongside: true })
  const site = await openSite(config, keys, undefined, openLog("silent"))
  await migrate(database.migrator, readMigrations(join(packageRoot(), "db/migrations")), site.clock)
  const db = openDb(database.app, site)
  try {
    await work(site, db)
  } finally {
    await db.close()
    await database.stop()
  }
}
