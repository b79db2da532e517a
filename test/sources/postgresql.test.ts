// PostgreSQL as an old system: read by a cursor in a read-only transaction, whatever the account could do.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import pg from "pg"
import { sql } from "#platform/db"
import { type Cast, openCast } from "../cast.ts"
import { COLUMNS, dataOf, HEAD, NHUNG, numberOf, type OldSystems, oldSystems } from "./old-systems.ts"

let cast: Cast
let systems: OldSystems
let owner: pg.Client

before(async () => {
  cast = await openCast()
  systems = oldSystems(cast)
  systems.write("password", String(cast.migratorConnection.password))
  owner = new pg.Client(cast.migratorConnection)
  await owner.connect()
  await owner.query("create schema cu")
  await owner.query(
    `create table cu.giay (số_giấy text, cccd text, họ_tên_mẹ text, ngày_sinh timestamp, giờ_sinh time, nơi_sinh text, giới_tính int, cân_nặng numeric)`,
  )
  await owner.query(
    "insert into cu.giay values ('777', $1, 'Nguyễn Thị Nhung', '2026-03-05', '08:15', 'Bệnh viện Đống Đa', 2, 3.15)",
    [numberOf(cast, "nhung")],
  )
})
after(async () => {
  await systems?.close()
  await owner?.end()
  await cast?.close()
})

const declared = (query: string, more = "") => {
  const { host, port, database, user } = cast.migratorConnection
  return `${HEAD}kind: postgresql
connection: { host: ${host}, port: ${port}, database: ${database}, user: ${user}, password: { file: password } }
query: "${query}"
${COLUMNS}${more}`
}

const ask = (who: string, purpose?: string) => systems.ask(who, purpose)
const link = (text: string, now?: () => number) => systems.declare(text, now)
const expected = () => ({ ...NHUNG, motherNumber: numberOf(cast, "nhung") })

test("a table of PostgreSQL answers, also after every connection was cut", async () => {
  link(declared("select * from cu.giay where cccd = :number and ngày_sinh::date <= :validOn"))
  assert.deepEqual(dataOf(await ask("nhung")), expected())
  assert.equal((await ask("mai")).outcome, "empty")
  for (const number of ["' or '1'='1", "1'; drop table cu.giay; --"]) assert.equal((await ask(number)).outcome, "empty")

  await cast.migrator.run(sql`
    select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'motlan' and datname = current_database()`)
  assert.deepEqual(dataOf(await ask("nhung")), expected(), "a lost connection is tried again")
  assert.deepEqual(await systems.link().check(), [])
})

test("nothing is written, though the account could: not by a function, not by a query that changes rows", async () => {
  await owner.query(
    "create function cu.ghi() returns int language sql volatile as $$ insert into cu.giay (cccd) values ('x') returning 1 $$",
  )
  link(declared("select g.*, cu.ghi() from cu.giay g where cccd = :number"))
  assert.equal((await ask("nhung")).outcome, "silent")
  link(declared("with w as (update cu.giay set số_giấy = 'x' where cccd = :number returning *) select * from w"))
  assert.equal((await ask("nhung")).outcome, "silent")
  assert.equal((await owner.query("select 1 from cu.giay")).rowCount, 1)
  await owner.query("select cu.ghi()")
  assert.equal((await owner.query("select 1 from cu.giay")).rowCount, 2, "elsewhere the function does write")
})

test("too slow, too many rows, a server without TLS: silence; a column that is gone is told", async () => {
  link(declared("select g.*, pg_sleep(20) from cu.giay g where cccd = :number", "limits: { waitMs: 300 }\n"))
  assert.equal((await ask("nhung")).outcome, "silent")
  link(declared("select * from cu.giay where cccd = :number").replace("{ host:", "{ tls: required, host:"))
  assert.equal((await ask("nhung")).outcome, "silent", "a server without TLS is not asked in clear")
  link(declared("select g.* from cu.giay g, generate_series(1, 100) where cccd = :number"))
  assert.equal((await ask("nhung")).outcome, "silent")
  await owner.query("alter table cu.giay drop column nơi_sinh")
  const [finding] = await systems.link().check()
  assert.equal(finding?.code, "column-missing", finding?.words.en)
})
