// Loads every published version of a site as the product does, in a process of its own: read, compiled, its form checked, its table asked;
// then asks the lists for all of them: the home page's, the search, the list of the desk.
import { readFileSync } from "node:fs"
import pg from "pg"
import { compiled, findDefinitions, listServices, pageOfServices, searchServices } from "#catalogue"
import { type Country, loadCountry } from "#country"
import { decide } from "#engines/dmn"
import { checkAll } from "#engines/form"
import { start } from "#engines/process"
import { systemClock } from "#platform/clock"
import { boundHeap } from "#platform/config"
import { type Actor, openDb } from "#platform/db"
import { openLog } from "#platform/log"
import type { Site } from "#platform/site"

// As a site does at its start.
boundHeap()
const connection = JSON.parse(readFileSync(0, "utf8")) as pg.PoolConfig
const [pack = ""] = process.argv.slice(2)
const megabytes = (bytes: number) => bytes / 1024 / 1024
const country: Country = loadCountry(pack)
const site = { clock: systemClock, log: openLog("silent"), reference: country, demo: true } as unknown as Site
const db = openDb({ ...connection, max: 2 }, site)
const above = new pg.Pool(connection)
const { rows } = await above.query<{ code: string; hash: string }>(
  "select code, hash from catalogue.publication where code like 'bench.%'",
)
await above.end()

const system: Actor = { kind: "system", name: "bench" }
const keeper: Actor = {
  kind: "official",
  accountId: "00000000-0000-7000-8000-000000000001",
  subject: "00000000-0000-7000-8000-000000000001",
  name: "Trần Văn Thử",
  agency: "justice",
  positions: [{ id: "bench", unit: "bench", roles: ["catalogue-admin"] }],
}
const ROUNDS = 20
/** Services that people ask for again and again. */
const POPULAR = 20
const queries = ["khai sinh", "tinh trang hon nhan", "giay chung sinh", "brith registration", "1.001193", "zzzz qqqq"]

/** Seconds of processor time. */
async function secondsOf(deed: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await deed()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Each once, and between them those that everybody asks for. */
async function loadAll(): Promise<void> {
  for (const [i, row] of rows.entries()) {
    await load(row)
    await load(rows[i % POPULAR]!)
  }
}

async function load({ code, hash }: { code: string; hash: string }): Promise<void> {
  const service = await db.tx(system, (tx) => compiled(tx, code, hash))
  if (!service?.rules) throw new Error(`${code} is not whole`)
  checkAll(service.form, {}, { lang: "vi", today: "2026-03-09" })
  if (start(service.process).state.at === null) throw new Error(`${code} has no first step`)
  decide(service.rules.model, service.rules.tables[0]!.id, new Map())
}

/** What the pages of lists ask, by its name; each gives how many it knows of. */
const lists: Readonly<Record<string, (round: number) => Promise<number>>> = {
  home: async () => (await db.tx({ kind: "public" }, (tx) => listServices(tx))).length,
  all: async (round) => (await db.tx({ kind: "public" }, (tx) => pageOfServices(tx, {}, "vi", round))).count,
  search: async (round) => {
    const found = await db.tx({ kind: "public" }, (tx) => searchServices(tx, queries[round % queries.length]!, "vi", 25))
    return found.length
  },
  desk: async (page) => (await db.tx(keeper, (tx) => findDefinitions(tx, { ...anything, page }))).count,
  deskSearch: async () => (await db.tx(keeper, (tx) => findDefinitions(tx, { ...anything, words: "hon nhan" }))).count,
}
const anything = { words: "", state: "", ministry: "", field: "", page: 1 }

const empty = process.memoryUsage()
// A site begins with its home page.
const first = await secondsOf(async () => {
  if ((await lists.home!(0)) < rows.length) throw new Error("the list is not whole")
})
const seconds = await secondsOf(loadAll)
const loaded = process.memoryUsage()
const milliseconds: Record<string, number> = {}
for (const [name, ask] of Object.entries(lists)) {
  for (let round = 1; round <= ROUNDS; round++) await ask(round)
  const all = await secondsOf(async () => {
    for (let round = 1; round <= ROUNDS; round++) await ask(round)
  })
  milliseconds[name] = (all / ROUNDS) * 1000
}
console.log(
  JSON.stringify({
    count: rows.length,
    rss: process.resourceUsage().maxRSS / 1024,
    empty: megabytes(empty.rss),
    loaded: megabytes(loaded.rss),
    seconds,
    first,
    milliseconds,
  }),
)
await db.close()
