// Delegations: who may give what to whom, and that an ended one is gone at once.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { sql } from "#platform/db"
import { Problem } from "#platform/problem"
import { openWorld, type World } from "../../../test/world.ts"
import {
  colleaguesOf,
  type DelegationWish,
  delegate,
  findSession,
  listDelegations,
  loadAgencies,
  positionsOf,
  revokeDelegation,
  signIn,
  switchTo,
} from "./index.ts"
import { people, smallCountry } from "./small-country.ts"

const system = { kind: "system", name: "test" } as const
const HOUR = 3_600_000
const DAY = 24 * HOUR
let world: World

before(async () => {
  world = await openWorld({ reference: smallCountry() })
  await world.tx(system, loadAgencies)
})
after(() => world.close())

type Name = keyof typeof people
const subjectOf = (name: Name) => world.site.keys.subjectOf(people[name].number)
const enter = (name: Name) =>
  world.tx(system, (tx) => {
    const { number, name: parts } = people[name]
    const said = { issuer: "https://id.example", sub: name, personNumber: number, name: parts.given, authTime: tx.now, acr: "2" }
    return signIn(tx, { ...said, asOfficial: true })
  })
const wish = (position: string, to: Name, more: Partial<DelegationWish> = {}): DelegationWish => {
  const now = world.site.clock().getTime()
  return { position, toSubject: subjectOf(to), from: new Date(now), until: new Date(now + 5 * DAY), reason: "Nghỉ phép", ...more }
}
const grant = async (by: Name, given: DelegationWish) => world.tx((await enter(by)).actor, (tx) => delegate(tx, given))
const posts = async (name: Name) => (await world.tx(system, (tx) => positionsOf(tx, subjectOf(name)))).map((p) => p.position)
const isProblem = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

test("Hoa lets Minh appraise in her place for five days; then it is gone, also from the session that he acts in", async () => {
  const given = await grant("hoa", wish("civil-status", "minh"))
  assert.deepEqual([given.fromName, given.toName], ["Hoa", "Minh"])
  const minh = await enter("minh")
  assert.deepEqual(
    minh.actor.kind === "official" && minh.actor.positions.map((p) => p.id),
    ["reception"],
    "his own post comes first",
  )
  const post = { kind: "official", agency: "commune-a", position: "civil-status" } as const
  world.clock.move(5 * DAY - 10 * 60_000)
  const late = await enter("minh")
  const standIn = await world.tx(system, (tx) => switchTo(tx, late.token, post))
  assert.deepEqual(standIn.actor.kind === "official" && standIn.actor.positions, [
    { id: "civil-status", unit: "office", roles: ["appraiser"], delegatedBy: subjectOf("hoa") },
  ])
  world.clock.move(11 * 60_000)
  assert.equal((await world.tx(system, (tx) => findSession(tx, standIn.token)))?.actor.kind, "person")
  await assert.rejects(
    world.tx(system, (tx) => switchTo(tx, standIn.token, post)),
    isProblem("not-allowed"),
  )
})

test("a delegation that begins tomorrow isn't held today", async () => {
  const now = world.site.clock().getTime()
  await grant("hoa", wish("civil-status", "minh", { from: new Date(now + DAY), until: new Date(now + 2 * DAY) }))
  assert.deepEqual(await posts("minh"), ["reception"])
  world.clock.move(DAY)
  assert.deepEqual(await posts("minh"), ["reception", "civil-status"])
  world.clock.move(DAY)
  assert.deepEqual(await posts("minh"), ["reception"])
})

test("ending it is at once; who neither holds the position nor leads may not end it", async () => {
  const given = await grant("hoa", wish("civil-status", "minh"))
  const end = async (by: Name) => world.tx((await enter(by)).actor, (tx) => revokeDelegation(tx, given.id))
  await assert.rejects(end("minh"), isProblem("not-allowed"))
  await assert.rejects(end("other"), isProblem("not-found"))
  assert.deepEqual(await posts("minh"), ["reception", "civil-status"])
  await end("chair")
  assert.deepEqual(await posts("minh"), ["reception"])
  await end("hoa")
})

test("nobody gives what they don't hold, and the leader gives nothing beyond the leader's own roles", async () => {
  await assert.rejects(grant("minh", wish("civil-status", "hoa")), isProblem("not-allowed"))
  await assert.rejects(grant("minh", wish("chair", "minh")), isProblem("not-allowed"))
  await assert.rejects(grant("chair", wish("operator", "minh")), isProblem("delegation-beyond-own"))
  const given = await grant("chair", wish("civil-status", "minh"))
  assert.equal(given.fromName, "Hoa")
  await world.tx((await enter("chair")).actor, (tx) => revokeDelegation(tx, given.id))
})

test("what is delegated can't be handed on", async () => {
  const given = await grant("chair", wish("chair", "hoa"))
  const hoa = await enter("hoa")
  const standIn = await world.tx(system, (tx) =>
    switchTo(tx, hoa.token, { kind: "official", agency: "commune-a", position: "chair" }),
  )
  const onward = (position: string) => world.tx(standIn.actor, (tx) => delegate(tx, wish(position, "minh")))
  await assert.rejects(onward("chair"), isProblem("not-allowed"))
  await assert.rejects(onward("civil-status"), isProblem("not-allowed"))
  await world.tx((await enter("chair")).actor, (tx) => revokeDelegation(tx, given.id))
})

test("the receiver serves in the same agency and is somebody else", async () => {
  for (const to of ["lan", "other", "hoa"] as const) {
    await assert.rejects(grant("hoa", wish("civil-status", to)), isProblem("delegation-people"))
  }
})

test("dates and reasons are checked", async () => {
  const now = world.site.clock().getTime()
  const dates = [
    [now, now],
    [now + DAY, now],
    [now - 2 * DAY, now - DAY],
    [now, now + 181 * DAY],
    [Number.NaN, now + DAY],
    [now, Number.NaN],
  ] as const
  for (const [from, until] of dates) {
    const given = wish("civil-status", "minh", { from: new Date(from), until: new Date(until) })
    await assert.rejects(grant("hoa", given), isProblem("delegation-dates"))
  }
  for (const reason of [" ", "x".repeat(501)]) {
    await assert.rejects(grant("hoa", wish("civil-status", "minh", { reason })), isProblem("delegation-reason"))
  }
})

test("citizens, the public and the technical administrator delegate nothing and see no colleagues", async () => {
  const lan = await enter("lan")
  const tech = await enter("tech")
  for (const actor of [lan.actor, tech.actor, { kind: "public" } as const]) {
    await assert.rejects(
      world.tx(actor, (tx) => delegate(tx, wish("operator", "minh"))),
      isProblem("not-allowed"),
    )
    await assert.rejects(
      world.tx(actor, (tx) => listDelegations(tx)),
      isProblem("not-allowed"),
    )
    assert.deepEqual(await world.tx(actor, (tx) => colleaguesOf(tx, "commune-a")), [])
  }
})

test("an officer of another commune sees none of these delegations and can't write one into this commune", async () => {
  await grant("hoa", wish("civil-status", "minh"))
  const other = await enter("other")
  assert.deepEqual(await world.tx(other.actor, (tx) => listDelegations(tx)), [])
  assert.equal((await world.tx(other.actor, (tx) => tx.rows(sql`select id from identity.delegation`))).length, 0)
  await assert.rejects(
    world.tx(other.actor, (tx) =>
      tx.run(sql`
        insert into identity.delegation (agency, id, position, from_subject, from_name, to_subject, to_name, reason, from_at, until_at,
          granted_at, granted_by)
        select 'commune-a', gen_random_uuid(), 'chair', ${subjectOf("chair")}, 'x', ${subjectOf("other")}, 'x', 'x', ${tx.now},
          ${new Date(tx.now.getTime() + DAY)}, ${tx.now}, ${tx.actor.kind === "official" ? tx.actor.accountId : ""}`),
    ),
    /row-level security/,
  )
})

test("it ends with the giver's own position, and with the receiver's place in the agency", async () => {
  assert.deepEqual(await posts("minh"), ["reception", "civil-status"])
  const ended = (name: Name) =>
    world.migrator.run(
      sql`update identity.holding set until_at = ${world.site.clock()} where subject = ${subjectOf(name)} and until_at is null`,
    )
  await ended("hoa")
  assert.deepEqual(await posts("minh"), ["reception"])
  await world.migrator.run(sql`update identity.holding set until_at = null where subject = ${subjectOf("hoa")}`)
  assert.deepEqual(await posts("minh"), ["reception", "civil-status"])
  await ended("minh")
  assert.deepEqual(await posts("minh"), [])
})
