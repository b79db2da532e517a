// The outbox: what is for another site stands in it with its deed, and arrives once, in order, whatever is down meanwhile.
import assert from "node:assert/strict"
import { fork } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { after, before, test } from "node:test"
import {
  carryParcels,
  DELIVERY_DAYS_MAX,
  type Delivered,
  deliver,
  linkSites,
  listOpenParcels,
  listParcelsOf,
  type Parcel,
  tryParcelAgain,
} from "#exchange"
import { type Actor, sql } from "#platform/db"
import { newId } from "#platform/ids"
import { kindsAt } from "../evidence/kinds-at.ts"
import type { CourierOrder } from "./dying-courier.ts"
import { type LinkedSite, type LinkedSites, openLinked } from "./linked-sites.ts"
import { system } from "./three-sites.ts"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

let sites: LinkedSites
before(async () => {
  sites = await openLinked()
})
after(() => sites?.close())

const code = (expected: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, expected, String(error))
  return true
}

const official: Actor = {
  ...{ kind: "official", accountId: newId(new Date(0)), subject: newId(new Date(0)), name: "Bình", agency: "ba-dinh" },
  positions: [{ id: "reception", unit: "one-stop", roles: ["reception-officer"] }],
}

const birth = (name: string) => ({
  data: {
    ...{ familyName: "Phạm", givenName: name, fullName: `Phạm ${name}`, sex: "male", birthDate: sites.today },
    ...{ nationality: "VN", ethnicity: "kinh", motherNumber: sites.numberOf("lan") },
  },
  validFrom: sites.today,
})

const put = (name: string, key: string, lane = key, more: object = {}): Promise<Delivered> =>
  sites.ward.tx(system, (tx) =>
    deliver(
      tx,
      {
        ...{ service: "population/person.write", requester: "ba-dinh", purpose: "birth-registration", today: sites.today, key },
        write: { ...birth(name), ...more },
      },
      { lane },
    ),
  )

const carry = () => carryParcels(sites.ward.db, sites.ward.site)

const rows = () =>
  sites.ward.migrator.rows<{
    key: string
    state: string
    fault: string | null
    tries: number
    id: string
    message: string | null
  }>(sql`select key, state, fault, tries, id, message from exchange.parcel order by key`)
const row = async (key: string) => (await rows()).find((one) => one.key === key)!

const namesAt = async (site: LinkedSite) =>
  (
    await site.migrator.rows<{ name: string }>(sql`
      select data->>'givenName' as name from registers.record
      where register = 'population/person' and data->>'fullName' like 'Phạm %' and recorded_by <> '' and data->>'middleName' is null
      order by recorded_at, name`)
  ).map(({ name }) => name)

test("a write for another site stands in the outbox with its deed, and not without it", async () => {
  const failing = sites.ward.tx(system, async (tx) => {
    await deliver(
      tx,
      {
        ...{ service: "population/person.write", requester: "ba-dinh", purpose: "birth-registration", today: sites.today },
        ...{ key: "none/0", write: birth("Không") },
      },
      { lane: "none" },
    )
    throw new Error("no")
  })
  await assert.rejects(failing, /no/)
  assert.deepEqual(await rows(), [])
  assert.deepEqual(await put("An", "a/0"), { outcome: "waiting", isStuck: false })
  assert.deepEqual(await put("An", "a/0"), { outcome: "waiting", isStuck: false })
  assert.equal((await rows()).length, 1)
})

test("it is carried once; its receipt, sealed by both sides, is the answer from then on", async () => {
  await carry()
  const answer = await put("An", "a/0")
  assert.ok(answer.outcome === "written", JSON.stringify(answer))
  assert.match(answer.written.number, /^9\d{11}$/)
  assert.deepEqual(await namesAt(sites.ministry), ["An"])
  const { message } = await row("a/0")
  assert.equal(message, answer.message)
  for (const site of [sites.ward, sites.ministry]) {
    assert.deepEqual(await kindsAt(site, message!), ["got", "sent"])
    const logged: unknown = await site.migrator.rows<{ outcome: string }>(
      sql`select outcome from exchange.message where id = ${message}`,
    )
    assert.deepEqual(logged, [{ outcome: "answered" }])
  }
  await carry()
  assert.deepEqual(await namesAt(sites.ministry), ["An"])
})

test("a ministry that is down for three days: nothing is lost, nothing is done twice, each lane keeps its order", async () => {
  await sites.ministry.hangUp()
  const names = ["Bình", "Cường", "Dũng"]
  for (const [i, name] of names.entries()) await put(name, `b/${i}`, "b")
  await put("Em", "c/0")
  for (let hour = 0; hour < 72; hour++) {
    await carry()
    sites.move(HOUR_MS)
  }
  const waiting = (await rows()).filter(({ state }) => state === "waiting")
  assert.deepEqual(
    waiting.map(({ key }) => key),
    ["b/0", "b/1", "b/2", "c/0"],
  )
  assert.deepEqual([(await row("b/1")).tries, (await row("b/2")).tries], [0, 0], "those behind in the lane are not tried")
  await sites.ministry.pickUp()
  sites.move(6 * MINUTE_MS)
  await sites.renewDirectory()
  await carry()
  await carry()
  assert.ok(
    (await rows()).every(({ state }) => state === "answered"),
    JSON.stringify(await rows()),
  )
  assert.deepEqual(
    (await namesAt(sites.ministry)).filter((name) => names.includes(name)),
    names,
  )
  assert.deepEqual([...(await namesAt(sites.ministry))].sort(), ["An", "Bình", "Cường", "Dũng", "Em"].sort())
})

test("after a silence the next try comes within five minutes, however long it has lasted", async () => {
  await sites.ministry.hangUp()
  await put("Giang", "d/0")
  for (let i = 0; i < 20; i++) {
    await carry()
    sites.move(6 * MINUTE_MS)
  }
  const before = (await row("d/0")).tries
  assert.ok(before >= 19, `${before} tries`)
  await sites.ministry.pickUp()
  await carry()
  assert.equal((await row("d/0")).state, "answered")
})

/** The ward's line as it is, but for what `spoil` makes of an answer. */
const lossy = (spoil: (json: unknown) => boolean) => {
  const { ward } = sites
  linkSites(ward.site, {
    ...ward.others,
    access: ward.access,
    ask: async (asked) => {
      const told = await ward.others.ask(asked)
      return spoil(asked.json) ? { kind: "silent", code: "Lost" } : told
    },
  })
}
const mended = () => linkSites(sites.ward.site, sites.ward.others)

test("a receipt that is lost on its way is asked for again: written once, and the number is the first one", async () => {
  let lost = 2
  lossy(() => lost-- > 0)
  await put("Hải", "e/0")
  for (let i = 0; i < 4; i++) {
    await carry()
    sites.move(10 * MINUTE_MS)
  }
  mended()
  const answer = await put("Hải", "e/0")
  assert.equal(answer.outcome, "written")
  assert.equal((await namesAt(sites.ministry)).filter((name) => name === "Hải").length, 1)
})

test("four couriers at once carry twenty parcels: each is written once", async () => {
  const keys = Array.from({ length: 20 }, (_, i) => `f/${i}`)
  for (const [i, key] of keys.entries()) await put(`Kiên${"abcdefghijklmnopqrst"[i]}`, key)
  await Promise.all([carry(), carry(), carry(), carry()])
  await carry()
  for (const key of keys) assert.equal((await row(key)).state, "answered", key)
  assert.equal((await namesAt(sites.ministry)).filter((name) => name.startsWith("Kiên")).length, 20)
})

test("what the register refuses is stuck at once and told; it holds up its own lane and nobody else's", async () => {
  await put("An", "g/0", "g")
  await put("Liên", "g/1", "g")
  await put("Mơ", "h/0")
  await carry()
  assert.deepEqual(
    [await row("g/0"), await row("g/1"), await row("h/0")].map(({ state, fault }) => [state, fault]),
    [
      ["stuck", "record-likely-duplicate"],
      ["waiting", null],
      ["answered", null],
    ],
  )
  assert.deepEqual(await put("An", "g/0"), { outcome: "waiting", isStuck: true })
  const open = await sites.ward.tx(official, listOpenParcels)
  assert.deepEqual(
    open.map(({ state, fault, service, recipient }: Parcel) => [state, fault, service, recipient]),
    [["stuck", "record-likely-duplicate", "population/person.write", "public-security"]],
  )
})

test("a parcel that its recipient can't digest is tried on and on behind the others, which pass it", async () => {
  lossy((json) => JSON.stringify(json).includes("Ngộ"))
  await put("Ngộ", "i/0")
  for (let i = 0; i < 3; i++) {
    await carry()
    await put(`Oanh${"abc"[i]}`, `j/${i}`)
    sites.move(10 * MINUTE_MS)
    await carry()
    await carry()
    assert.equal((await row(`j/${i}`)).state, "answered", `round ${i}`)
  }
  assert.equal((await row("i/0")).state, "waiting")
  mended()
})

/** Carries in a process of its own, which is killed when the ministry has answered and before it has heard so. */
async function carryAndDie(isWritten: boolean): Promise<void> {
  const { ward } = sites
  const child = fork(join(import.meta.dirname, "dying-courier.ts"), { execArgv: ["--import", "tsx"] })
  const order: CourierOrder = {
    ...{
      connection: { ...ward.connection, max: 4 },
      at: ward.site.clock().toISOString(),
      file: ward.file,
      keys: join(ward.dir, "keys"),
    },
  }
  const posted = once(child, "message") as Promise<[Parameters<typeof ward.others.ask>[0]]>
  const gone = once(child, "exit")
  child.send(order)
  const [asked] = await posted
  if (isWritten) assert.equal((await ward.others.ask(asked)).kind, "answer")
  child.kill("SIGKILL")
  assert.deepEqual((await gone)[1], "SIGKILL")
}

for (const [isWritten, name] of [
  [false, "Quân"],
  [true, "Rạng"],
] as const)
  test(`a courier killed ${isWritten ? "between the write and its receipt" : "before its request has left"}: written once, by the next one`, async () => {
    const key = `dying/${name}`
    await put(name, key)
    await carryAndDie(isWritten)
    assert.equal((await namesAt(sites.ministry)).filter((one) => one === name).length, isWritten ? 1 : 0)
    await carry()
    assert.equal((await row(key)).state, "waiting", "the dead courier's claim holds for a minute")
    sites.move(2 * MINUTE_MS)
    await carry()
    assert.equal((await row(key)).state, "answered")
    assert.equal((await namesAt(sites.ministry)).filter((one) => one === name).length, 1)
  })

test("after seven days it is given up and told; the official tries it again, and it arrives", async () => {
  await sites.ministry.hangUp()
  await put("Phúc", "k/0")
  await carry()
  sites.move(DELIVERY_DAYS_MAX * 24 * HOUR_MS + MINUTE_MS)
  await carry()
  const { id, state, fault } = await row("k/0")
  assert.deepEqual([state, fault], ["stuck", "silent"])
  const told = await sites.ward.migrator.rows<{ event: string }>(
    sql`select event from audit.entry where event = 'delivery-stuck' and details->>'parcel' = ${id}`,
  )
  assert.equal(told.length, 1)
  const stranger: Actor = { ...official, agency: "hoan-kiem" }
  await assert.rejects(
    sites.ward.tx(stranger, (tx) => tryParcelAgain(tx, id)),
    code("not-found"),
  )
  await sites.ward.tx(official, (tx) => tryParcelAgain(tx, id))
  await assert.rejects(
    sites.ward.tx(official, (tx) => tryParcelAgain(tx, id)),
    code("not-found"),
  )
  await sites.ministry.pickUp()
  await sites.renewDirectory()
  sites.move(6 * MINUTE_MS)
  await carry()
  assert.equal((await row("k/0")).state, "answered")
})

test("nobody of another agency sees what stands in the outbox", async () => {
  const stranger: Actor = { ...official, agency: "hoan-kiem" }
  assert.deepEqual(await sites.ward.tx(stranger, listOpenParcels), [])
  const lan = await sites.person("lan")
  assert.deepEqual(await sites.ward.tx(lan, (tx) => listParcelsOf(tx, newId(new Date(0)))), [])
  assert.deepEqual(await sites.ward.tx(lan, (tx) => tx.rows(sql`select * from exchange.parcel`)), [])
})
