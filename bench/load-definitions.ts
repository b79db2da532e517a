// Loads every published version of a site as the product does, in a process of its own: read, compiled, its form checked, its table asked.
import { readFileSync } from "node:fs"
import pg from "pg"
import { compiled } from "#catalogue"
import { type Country, loadCountry } from "#country"
import { decide } from "#engines/dmn"
import { checkAll } from "#engines/form"
import { start } from "#engines/process"
import { systemClock } from "#platform/clock"
import { openDb } from "#platform/db"
import { openLog } from "#platform/log"
import type { Site } from "#platform/site"

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

const collect = (globalThis as { gc?: () => void }).gc ?? (() => undefined)
collect()
const empty = process.memoryUsage()
const before = process.cpuUsage()
for (const { code, hash } of rows) {
  const service = await db.tx({ kind: "system", name: "bench" }, (tx) => compiled(tx, code, hash))
  if (!service?.rules) throw new Error(`${code} is not whole`)
  checkAll(service.form, {}, { lang: "vi", today: "2026-03-09" })
  if (start(service.process).state.at === null) throw new Error(`${code} has no first step`)
  decide(service.rules.model, service.rules.tables[0]!.id, new Map())
}
const { user, system } = process.cpuUsage(before)
collect()
const { rss, heapUsed } = process.memoryUsage()
console.log(
  JSON.stringify({
    count: rows.length,
    rss: megabytes(rss),
    heap: megabytes(heapUsed),
    empty: megabytes(empty.rss),
    seconds: (user + system) / 1e6,
  }),
)
await db.close()
