// The site of a benchmark: a PostgreSQL of its own with everything durable as in real use, the country, mothers and officials.
import { randomInt } from "node:crypto"
import { join } from "node:path"
import pg from "pg"
import { publishCountry } from "#catalogue"
import { type Agency, type Country, fullName, loadCountry } from "#country"
import { newPersonalNumber } from "#engines/codes"
import { loadAgencies, signIn } from "#identity"
import { systemClock } from "#platform/clock"
import { packageRoot } from "#platform/config"
import { openKeys } from "#platform/crypto"
import { type Actor, bringUp, type Db, migrate, openDb, readMigrations } from "#platform/db"
import { openFiles } from "#platform/files"
import { openLog } from "#platform/log"
import type { Site } from "#platform/site"
import { seedRegisters } from "#registers"
import { newDataFolder } from "../test/crash/site-process.ts"

export type Person = Extract<Actor, { kind: "person" }>
export type Official = Extract<Actor, { kind: "official" }>

export interface BenchSite {
  readonly site: Site
  readonly country: Country
  readonly db: Db
  /** Above all walls: plain connections for the bare side and for what is laid out before a round. */
  readonly above: pg.Pool
  tx: Db["tx"]
  close(): Promise<void>
}

export const CONNECTIONS = 16

export const system: Actor = { kind: "system", name: "bench" }

/** Brings up a site with the demo's cast. fsync and synchronous_commit are on, and it says so or throws. */
export async function openBenchSite(): Promise<BenchSite> {
  const { data, remove } = newDataFolder("bench")
  const keys = openKeys(join(data, "keys"))
  const database = await bringUp({ dataDir: data, keys })
  const country = withCommunes(loadCountry(join(packageRoot(), "countries/viet-nam")))
  const site: Site = {
    origin: "http://127.0.0.1:8080",
    clock: systemClock,
    log: openLog("silent"),
    files: await openFiles(join(data, "files")),
    keys,
    reference: country,
    demo: true,
  }
  await migrate(database.migrator, readMigrations(join(packageRoot(), "db/migrations")), site.clock)
  const db = openDb({ ...database.app, max: CONNECTIONS }, site)
  const superuser = { user: "postgres", password: keys.secret("postgres-superuser").toString("base64url") }
  const above = new pg.Pool({ ...database.app, ...superuser, max: CONNECTIONS })
  // Connections that are closing when the server stops.
  above.on("error", () => undefined)
  const close = async () => {
    await Promise.all([db.close(), above.end()])
    await database.stop()
    remove()
  }
  try {
    await refuseUnsafe(above)
    await db.tx(system, async (tx) => {
      await loadAgencies(tx)
      await publishCountry(tx)
      await seedRegisters(tx, tx.now.toISOString().slice(0, 10))
    })
    return { site, country, db, above, tx: (actor, deed) => db.tx(actor, deed), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** What autovacuum has long done on a site in use: without it plans are made for empty tables. */
export const gatherStatistics = ({ above }: BenchSite): Promise<unknown> => above.query("analyze")

/** A number measured without waiting for the disk would be no number. */
async function refuseUnsafe(above: pg.Pool): Promise<void> {
  for (const name of ["fsync", "synchronous_commit", "full_page_writes"]) {
    const { rows } = await above.query(`show ${name}`)
    if (Object.values(rows[0])[0] !== "on") throw new Error(`${name} is not on`)
  }
}

/** Signs a person of people.yaml in. */
export async function personOf({ country, tx }: BenchSite, id: string): Promise<Person> {
  const person = country.cast.people.find((p) => p.id === id)!
  return signedIn(tx, id, person.number, fullName(country, person.name))
}

/** As many invented mothers as asked for, each with an account. */
export async function mothers({ country, tx }: BenchSite, count: number): Promise<Person[]> {
  const number = () =>
    newPersonalNumber(country.personalNumber, {
      prefix: "999",
      sex: "female",
      birthDate: "1996-02-03",
      random: (n) => randomInt(n),
    })
  const all: Person[] = []
  for (let i = 0; i < count; i++) all.push(await signedIn(tx, `mother-${i}`, number(), "Nguyễn Thị Thử"))
  return all
}

async function signedIn(tx: Db["tx"], sub: string, personNumber: string, name: string): Promise<Person> {
  const known = { issuer: "https://idp.example", sub, personNumber, name, acr: "high" }
  const { actor } = await tx(system, (tx) => signIn(tx, { ...known, authTime: tx.now }))
  if (actor.kind !== "person") throw new Error(`${sub} came as an official`)
  return actor
}

/** Agencies that take births; a province has five times as many. */
const COMMUNES = 24

/** The country with a committee in more communes of its first province, each with the posts of the first one that the pack has. */
function withCommunes(country: Country): Country {
  const given = communes(country)
  const model = given[0]!
  const taken = new Set(given.map((agency) => agency.division))
  const top = country.divisions.path(model.division ?? "")[0]!
  const more = country.divisions
    .below(top.code)
    .filter((division) => !taken.has(division.code))
    .slice(0, COMMUNES - given.length)
    .map(
      (division, i): Agency => ({
        ...model,
        id: `commune-${division.code}`,
        code: `H26.${700 + i}`,
        name: division.name,
        division: division.code,
      }),
    )
  const agencies = new Map([...country.agencies, ...more.map((agency) => [agency.id, agency] as const)])
  return { ...country, agencies }
}

/** The agencies that take births. */
export const communes = (country: Country): Agency[] =>
  [...country.agencies.values()].filter((agency) => agency.kind === "commune-committee")

/** Somebody at a desk of `agency` whose post has `role`. */
export function officialWith(agency: Agency, role: Agency["positions"][number]["roles"][number], accountId: string): Official {
  const post = agency.positions.find((position) => position.roles.includes(role))!
  const positions = [{ id: post.id, unit: post.unit, roles: [...post.roles] }]
  return { kind: "official", accountId, subject: accountId, name: "Trần Văn Thử", agency: agency.id, positions }
}
