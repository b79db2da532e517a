// The inbox: one's own messages and nobody else's.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { sql } from "#platform/db"
import { newId } from "#platform/ids"
import { Problem } from "#platform/problem"
import { openWorld, type World } from "../../../test/world.ts"
import { listInbox, markAllRead, markRead, notify, unreadCount } from "./index.ts"

let world: World
before(async () => {
  world = await openWorld({ country: false })
})
after(() => world.close())

const person = (number: string) =>
  ({ kind: "person", accountId: newId(new Date(0)), subject: world.site.keys.subjectOf(number), name: "x" }) as const
const officer = {
  kind: "official",
  accountId: newId(new Date(0)),
  subject: newId(new Date(0)),
  name: "Hoa",
  agency: "commune-a",
  positions: [],
} as const
const isProblem = (code: string) => (error: unknown) => error instanceof Problem && error.code === code
const tell = (to: string, n: number) =>
  world.tx(officer, (tx) => {
    const notice = { subject: world.site.keys.subjectOf(to), code: "case-received", params: { code: `H00-${n}` } }
    return notify(tx, { ...notice, link: `/my/cases/${n}` })
  })
const LAN = "900190000001"
const MINH = "900190000002"

test("Lan reads what an officer left her, newest first, page by page; Minh sees none of it", async () => {
  for (let n = 1; n <= 25; n++) {
    await tell(LAN, n)
    world.clock.move(1000)
  }
  const lan = person(LAN)
  const first = await world.tx(lan, (tx) => listInbox(tx))
  assert.deepEqual([first.length, first[0]?.params, first[0]?.link], [20, { code: "H00-25" }, "/my/cases/25"])
  const second = await world.tx(lan, (tx) => listInbox(tx, first.at(-1)?.id))
  assert.deepEqual(
    second.map((m) => m.params.code),
    ["H00-5", "H00-4", "H00-3", "H00-2", "H00-1"],
  )
  assert.deepEqual(await world.tx(person(MINH), (tx) => listInbox(tx)), [])
  assert.equal(await world.tx(lan, (tx) => unreadCount(tx)), 25)
})

test("a message is read once, by its owner", async () => {
  const lan = person(LAN)
  const [message] = await world.tx(lan, (tx) => listInbox(tx))
  await assert.rejects(
    world.tx(person(MINH), (tx) => markRead(tx, message!.id)),
    isProblem("not-found"),
  )
  await assert.rejects(
    world.tx(lan, (tx) => markRead(tx, "x")),
    isProblem("not-found"),
  )
  await world.tx(lan, (tx) => markRead(tx, message!.id))
  const readAt = (await world.tx(lan, (tx) => listInbox(tx)))[0]?.readAt
  world.clock.move(1000)
  await world.tx(lan, (tx) => markRead(tx, message!.id))
  assert.deepEqual((await world.tx(lan, (tx) => listInbox(tx)))[0]?.readAt, readAt)
  assert.equal(await world.tx(lan, (tx) => markAllRead(tx)), 24)
  assert.equal(await world.tx(lan, (tx) => unreadCount(tx)), 0)
})

test("an officer can leave a message and read none; words and subjects can't be changed afterwards", async () => {
  await tell(LAN, 1)
  const seen = await world.tx(officer, (tx) => tx.rows(sql`select id from notices.message`))
  assert.deepEqual(seen, [])
  await assert.rejects(
    world.tx(officer, (tx) => listInbox(tx)),
    isProblem("not-allowed"),
  )
  await assert.rejects(
    world.tx(person(LAN), (tx) => tx.run(sql`update notices.message set code = 'x'`)),
    /permission denied/,
  )
  await assert.rejects(
    world.tx(person(LAN), (tx) => tx.run(sql`delete from notices.message`)),
    /permission denied/,
  )
})

test("a citizen can't write into another's inbox", async () => {
  const to = { subject: world.site.keys.subjectOf(MINH), code: "case-received", params: {} }
  await assert.rejects(
    world.tx(person(LAN), (tx) => notify(tx, to)),
    /row-level security/,
  )
})

test("a link that leaves the site, a huge or misspelt message is a fault of the program", async () => {
  const to = { subject: world.site.keys.subjectOf(LAN), code: "case-received", params: {} }
  for (const bad of [
    { link: "//evil.example" },
    { link: "https://evil.example" },
    { code: "Not a code" },
    { params: { text: "x".repeat(2_001) } },
  ]) {
    await assert.rejects(
      world.tx(officer, (tx) => notify(tx, { ...to, ...bad })),
      /can't be kept/,
    )
  }
})
