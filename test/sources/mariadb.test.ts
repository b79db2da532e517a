// A MariaDB of a pretend old hospital becomes data elements in a form, by a declaration alone.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { getDraft, openDraft, savePage } from "#cases"
import type { Country } from "#country"
import { findDuplicate, listLookups, request } from "#exchange"
import type { Sources } from "#sources"
import { BIRTH } from "../acts.ts"
import { type Cast, openCast, system } from "../cast.ts"
import { mariadbMissing, type OldDatabase, startMariadb } from "../mariadb.ts"
import { COLUMNS, HEAD, type OldSystems, oldSystems } from "./old-systems.ts"

const skip = mariadbMissing
const TODAY = "2026-03-09"
const day = [new Date("2026-03-08T17:00:00Z"), new Date("2026-03-09T17:00:00Z")] as const
const PASSWORD = "mật-khẩu-cũ"

let cast: Cast
let old: OldDatabase
let systems: OldSystems
let sources: Sources

const numberOf = (id: string) => (cast.site.reference as Country).cast.people.find((p) => p.id === id)!.number
const declaration = (
  more = "",
  query = "select * from giay_chung_sinh where cccd_me = :number order by ngày_sinh desc",
) => `${HEAD}kind: mariadb
connection: { host: 127.0.0.1, port: ${old.port}, database: benh_vien, user: motlan, password: { file: password } }
query: "${query}"
${COLUMNS}${more}`
const relink = (text: string, now?: () => number) => {
  systems.write("old-hospital.yaml", text)
  sources = systems.link(now)
  return sources
}
const ask = (number: string, purpose = "birth-registration") =>
  cast.tx(system, (tx) =>
    request(tx, { service: "health/birth-statement.read", requester: "ba-dinh", number, purpose, today: TODAY }),
  )

before(async () => {
  if (skip) return
  ;[cast, old] = await Promise.all([openCast(), startMariadb()])
  systems = oldSystems(cast)
  systems.write("password", `${PASSWORD}\n`)
  await old.run(
    "create table giay_chung_sinh (số_giấy varchar(20) primary key, cccd_me varchar(12) not null, họ_tên_mẹ varchar(100), ngày_sinh date, giờ_sinh time, nơi_sinh varchar(200), giới_tính tinyint, cân_nặng decimal(5,3))",
    `insert into giay_chung_sinh values ('000777', '${numberOf("nhung")}', 'Nguyễn Thị Nhung', '2026-03-05', '08:15:00', 'Bệnh viện Đống Đa', 2, 3.15)`,
    `insert into giay_chung_sinh values ('000778', '${numberOf("hoa")}', 'Đặng Thị Hòa', '0000-00-00', null, 'Trạm y tế xã Ý Yên', 1, null)`,
    `insert into giay_chung_sinh values ('000779', '${numberOf("lan")}', 'Nguyễn Thị Ngọc Lan', '2026-03-06', '21:40:00', 'Bệnh viện Đống Đa', 1, 3.4)`,
    `create user motlan identified by '${PASSWORD}'`,
    "grant all on benh_vien.* to motlan",
  )
  relink(declaration())
})
after(async () => {
  await systems?.close()
  await Promise.all([cast?.close(), old?.remove()])
})

test("Nhung's form shows what stands in the table, verified, with where it is from; she sees who looked", { skip }, async () => {
  const nhung = await cast.person("nhung")
  const draft = await cast.tx(nhung, (tx) => openDraft(tx, BIRTH, "vi"))
  assert.deepEqual(draft.silent, [])
  const shown = Object.fromEntries(
    Object.entries(draft.values).filter(([, { source }]) => source?.register === "health/birth-statement"),
  )
  const values = Object.fromEntries(Object.entries(shown).map(([id, { value }]) => [id, value]))
  assert.ok(Object.values(values).includes("CS-000777"), JSON.stringify(values))
  assert.ok(Object.values(values).includes("Bệnh viện Đống Đa"), JSON.stringify(values))
  assert.ok(Object.values(values).includes("2026-03-05"), JSON.stringify(values))
  assert.ok(Object.values(values).includes("female"), JSON.stringify(values))
  assert.ok(Object.values(shown).every(({ state, source }) => state === "verified" && source?.message && source.asOf))

  const { pages } = await cast.tx(nhung, (tx) => getDraft(tx, draft.id, "vi"))
  assert.ok(pages.length > 0)
  const lookups = await cast.tx(nhung, (tx) => listLookups(tx, nhung.subject, ...day))
  const seen = lookups.find(({ message }) => message === Object.values(shown)[0]!.source!.message)
  assert.ok(seen, "the lookup is on “who has looked at my data”")
  assert.equal(seen.outcome, "answered")
  assert.equal(seen.service, "health/birth-statement.read")
})

test("a right with fewer fields gives fewer, and a purpose without a right asks the old system nothing", { skip }, async () => {
  const before = sources.byType.get("health/birth-statement")!.figures.asked
  const answer = await ask(numberOf("nhung"), "household-business")
  assert.ok(answer.outcome === "refused" && answer.refusal === "no-right")
  assert.equal(sources.byType.get("health/birth-statement")!.figures.asked, before)
})

test("a record that lacks what the pack requires is not shown as the truth", { skip }, async () => {
  assert.equal((await ask(numberOf("hoa"))).outcome, "silent")
})

test("a number that is SQL is a value and nothing more", { skip }, async () => {
  for (const number of ["' or '1'='1", "1; drop table giay_chung_sinh; --", "\\' or 1=1 #", "%", "\u0000"]) {
    const answer = await ask(number)
    assert.ok(answer.outcome === "empty" || answer.outcome === "silent", `${number}: ${answer.outcome}`)
  }
  assert.deepEqual(await old.one("select count(*) as n from giay_chung_sinh"), { n: 3 })
})

test("nothing is written, though the account could: not by the exchange, not by a query, not by a function", {
  skip,
}, async () => {
  const write = { data: { statementNumber: "X" }, validFrom: TODAY }
  const asked = {
    service: "health/birth-statement.write",
    requester: "hoa-sen-hospital",
    purpose: "birth-statement",
    today: TODAY,
  }
  const answer = await cast.tx(system, (tx) => request(tx, { ...asked, number: numberOf("nhung"), write }))
  assert.ok(answer.outcome === "refused", answer.outcome)
  assert.equal(await cast.tx(system, (tx) => findDuplicate(tx, { ...asked, number: numberOf("nhung"), write })), undefined)

  await old.run(
    "create table dau_vet (n int)",
    "create function ghi() returns int modifies sql data begin insert into dau_vet values (1); return 1; end",
  )
  relink(declaration("", "select g.*, ghi() as n from giay_chung_sinh g where cccd_me = :number"))
  assert.equal((await ask(numberOf("nhung"))).outcome, "silent")
  assert.deepEqual(await old.one("select count(*) as n from dau_vet"), { n: 0 })
  await old.one("select ghi()")
  assert.deepEqual(await old.one("select count(*) as n from dau_vet"), { n: 1 }, "elsewhere the function does write")
  relink(declaration())
})

test("a query that is too slow is stopped at both ends, and one with too many rows brings none", { skip }, async () => {
  relink(
    declaration(
      "limits: { waitMs: 400, tries: 1 }\n",
      "select g.*, sleep(20) as n from giay_chung_sinh g where cccd_me = :number",
    ),
  )
  const began = performance.now()
  assert.equal((await ask(numberOf("nhung"))).outcome, "silent")
  assert.ok(performance.now() - began < 2_000)
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert.deepEqual(
    await old.one("select count(*) as n from information_schema.processlist where user = 'motlan' and command <> 'Sleep'"),
    { n: 0 },
  )

  relink(
    declaration(
      "limits: { rows: 2 }\n",
      "select g.* from giay_chung_sinh g join (select 1 as x union select 2 union select 3) k where cccd_me = :number limit 100000",
    ),
  )
  assert.equal((await ask(numberOf("nhung"))).outcome, "silent")
  relink(declaration())
})

test("a column that has been renamed or has another type is told in plain words, in both languages", { skip }, async () => {
  assert.deepEqual(await sources.check(), [])
  await old.run("alter table giay_chung_sinh rename column nơi_sinh to noi_sinh, modify ngày_sinh varchar(20)")
  const findings = await sources.check()
  assert.deepEqual(
    findings.map(({ code, line }) => [code, line]),
    [
      ["column-differs", 10],
      ["column-missing", 12],
    ],
  )
  assert.match(findings[1]!.words.vi!, /không còn cột “nơi_sinh”/)
  assert.match(findings[1]!.words.en!, /has no column “nơi_sinh”; it has: .*noi_sinh/)
  assert.ok(findings.every(({ mend }) => mend.vi && mend.en))
  assert.equal((await ask(numberOf("nhung"))).outcome, "silent")
  await old.run("alter table giay_chung_sinh rename column noi_sinh to nơi_sinh, modify ngày_sinh date")
  assert.deepEqual(await sources.check(), [])
})

test("over TLS the server has to prove its address, and there is no falling back to clear", { skip }, async () => {
  systems.write("ca.pem", old.certificate)
  const over = (host: string, more: string) => declaration().replace("host: 127.0.0.1,", `host: ${host}, tls: required${more},`)
  relink(over("127.0.0.1", ", ca: ca.pem"))
  assert.equal((await ask(numberOf("nhung"))).outcome, "answered")
  relink(over("127.0.0.1", ""))
  assert.equal((await ask(numberOf("nhung"))).outcome, "silent", "an authority that nobody knows")
  for (let i = 0; i < 2; i++) {
    relink(over("127.0.0.1", ", ca: ca.pem"))
    assert.equal((await ask(numberOf("nhung"))).outcome, "answered", "a session that goes on")
    relink(over("127.0.0.2", ", ca: ca.pem"))
    assert.equal((await ask(numberOf("nhung"))).outcome, "silent", "a certificate of another address")
  }
  relink(over("localhost", ", ca: ca.pem"))
  assert.equal((await ask(numberOf("nhung"))).outcome, "silent", "a certificate without that name")
  relink(declaration())
})

test("the database is killed and comes back while the site runs: silent, never blocking, then answering", { skip }, async () => {
  let ms = 0
  relink(declaration(), () => performance.now() + ms)
  assert.equal((await ask(numberOf("nhung"))).outcome, "answered")
  await old.stop()
  const lan = await cast.person("lan")
  const draft = await cast.tx(lan, (tx) => openDraft(tx, BIRTH, "vi"))
  assert.deepEqual(draft.silent, ["statement"])
  for (let i = 0; i < 5; i++) assert.equal((await ask(numberOf("nhung"))).outcome, "silent")
  const source = sources.byType.get("health/birth-statement")!
  assert.equal(source.guard.state, "open")
  const began = performance.now()
  assert.equal((await ask(numberOf("nhung"))).outcome, "silent")
  assert.ok(performance.now() - began < 200, "nobody waits while the breaker is open")
  assert.equal(source.figures.counts["turned-away"] > 0, true)

  await old.start()
  ms = 31_000
  const { pages } = await cast.tx(lan, (tx) => getDraft(tx, draft.id, "vi"))
  await cast.tx(lan, (tx) => savePage(tx, draft.id, pages[0]!.id, {}, "vi"))
  const again = await cast.tx(lan, (tx) => getDraft(tx, draft.id, "vi"))
  assert.deepEqual(again.draft.silent, [])
  assert.ok(Object.values(again.draft.values).some(({ value }) => value === "CS-000779"))
  assert.equal(source.guard.state, "closed")
})
