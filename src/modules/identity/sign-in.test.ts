// Sessions: what opens one, what ends it, and what nobody can do with it.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { listBook } from "#audit"
import { sql } from "#platform/db"
import { Problem } from "#platform/problem"
import { openWorld, type World } from "../../../test/world.ts"
import {
  accountNumberOf,
  findSession,
  type KnownPerson,
  loadAgencies,
  OFFICIAL_IDLE_MAX_MINUTES,
  OFFICIAL_SESSION_MAX_HOURS,
  PERSON_IDLE_MAX_MINUTES,
  PERSON_SESSION_MAX_HOURS,
  requireFreshSignIn,
  signIn,
  signOut,
  signOutEverywhere,
  switchTo,
} from "./index.ts"
import { people, smallCountry } from "./small-country.ts"

const system = { kind: "system", name: "test" } as const
const MINUTE = 60_000
let world: World

before(async () => {
  world = await openWorld({ reference: smallCountry() })
  await world.tx(system, loadAgencies)
})
after(() => world.close())

type Name = keyof typeof people
const enter = (name: Name, more: Partial<KnownPerson> = {}) =>
  world.tx(system, (tx) =>
    signIn(tx, {
      issuer: "https://id.example",
      sub: name,
      personNumber: people[name].number,
      name: people[name].name.given,
      authTime: tx.now,
      acr: "level-2",
      ...more,
    }),
  )
const find = (token: string) => world.tx(system, (tx) => findSession(tx, token))
const isProblem = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

test("Lan signs in twice: one account, two sessions, each with its own token and secret", async () => {
  const first = await enter("lan")
  const second = await enter("lan")
  assert.equal(first.session.accountId, second.session.accountId)
  assert.notEqual(first.session.id, second.session.id)
  assert.notEqual(first.token, second.token)
  assert.notEqual(first.session.key, second.session.key)
  assert.deepEqual(first.actor, {
    kind: "person",
    accountId: first.session.accountId,
    subject: world.site.keys.subjectOf(people.lan.number),
    name: "Lan",
  })
  assert.equal((await find(first.token))?.session.id, first.session.id)
})

test("two first sign-ins at once make one account", async () => {
  const both = await Promise.all([enter("lan", { sub: "lan-anew" }), enter("lan", { sub: "lan-anew" })])
  assert.equal(both[0].session.accountId, both[1].session.accountId)
})

test("the token is nowhere in the database, nor is the personal number", async () => {
  const { token } = await enter("lan", { idToken: "eyJ-secret-token" })
  const rows = await world.migrator.rows<{ s: string }>(
    sql`select s::text from identity.session s union all select a::text from identity.account a`,
  )
  const all = rows.map((r) => r.s).join("\n")
  const asHex = (text: string) => Buffer.from(text).toString("hex")
  for (const secret of [token, people.lan.number, "eyJ-secret-token"]) {
    assert.ok(!all.includes(secret) && !all.includes(asHex(secret)))
  }
})

test("Lan opens her own number, Minh can't, and a number moved to another row doesn't open", async () => {
  const lan = await enter("lan")
  const minh = await enter("minh")
  const numberFor = (actor: typeof lan.actor, id: string) => world.tx(actor, (tx) => accountNumberOf(tx, id))
  assert.equal(await numberFor(lan.actor, lan.session.accountId), people.lan.number)
  await assert.rejects(numberFor(minh.actor, lan.session.accountId), isProblem("not-found"))
  await world.migrator.run(sql`
    update identity.account set person_number = (select person_number from identity.account where id = ${lan.session.accountId})
    where id = ${minh.session.accountId}`)
  await assert.rejects(numberFor(minh.actor, minh.session.accountId))
  await world.migrator.run(sql`delete from identity.session where account = ${minh.session.accountId}`)
  await world.migrator.run(sql`delete from identity.account where id = ${minh.session.accountId}`)
})

test("neither a person nor an official nor the public sees a session or somebody else's account", async () => {
  const lan = await enter("lan")
  const hoa = await enter("hoa", { asOfficial: true })
  const count = (actor: Parameters<World["tx"]>[0]) =>
    world.tx(actor, (tx) =>
      tx.get<{ sessions: number; foreign: number }>(sql`
        select (select count(*) from identity.session) as sessions,
          (select count(*) from identity.account where id <> ${lan.session.accountId}) as foreign`),
    )
  await enter("other")
  assert.deepEqual(await count(hoa.actor), { sessions: 0, foreign: 0 })
  assert.deepEqual(await count({ kind: "public" }), { sessions: 0, foreign: 0 })
  assert.equal((await count(lan.actor)).sessions, 0)
})

test("the token that a browser brought never survives a sign-in, whoever's it was", async () => {
  const lan = await enter("lan")
  const minh = await enter("minh", { replaces: lan.token })
  assert.notEqual(minh.token, lan.token)
  assert.equal(await find(lan.token), undefined)
  assert.equal((await find(minh.token))?.session.name, "Minh")
})

test("a planted token is not adopted", async () => {
  const planted = "A".repeat(43)
  const lan = await enter("lan", { replaces: planted })
  assert.notEqual(lan.token, planted)
  assert.equal(await find(planted), undefined)
})

test("signing out kills at once and once; a second device stays", async () => {
  const phone = await enter("lan", { idToken: "id-token" })
  const desk = await enter("lan")
  assert.deepEqual(await world.tx(system, (tx) => signOut(tx, phone.token)), { idToken: "id-token" })
  assert.equal(await find(phone.token), undefined)
  assert.equal(await world.tx(system, (tx) => signOut(tx, phone.token)), undefined)
  assert.ok(await find(desk.token))
})

test("signing out everywhere ends every device of Lan's and nobody else's", async () => {
  const [phone, desk, hoa] = [await enter("lan"), await enter("lan"), await enter("hoa")]
  assert.ok((await world.tx(system, (tx) => signOutEverywhere(tx, desk.token))) >= 2)
  assert.deepEqual([await find(phone.token), await find(desk.token)], [undefined, undefined])
  assert.ok(await find(hoa.token))
})

test("a session idles out, stays while used, and ends in any case", async () => {
  const idle = await enter("lan")
  const used = await enter("lan")
  world.clock.move((PERSON_IDLE_MAX_MINUTES - 1) * MINUTE)
  assert.ok(await find(used.token))
  world.clock.move(2 * MINUTE)
  assert.equal(await find(idle.token), undefined)
  for (let hour = 1; hour < PERSON_SESSION_MAX_HOURS; hour++) {
    assert.ok(await find(used.token), `after ${hour} hours`)
    world.clock.move(59 * MINUTE)
  }
  world.clock.move(30 * MINUTE)
  assert.equal(await find(used.token), undefined)
})

test("an official's session is shorter", async () => {
  assert.ok(OFFICIAL_IDLE_MAX_MINUTES < PERSON_IDLE_MAX_MINUTES && OFFICIAL_SESSION_MAX_HOURS < PERSON_SESSION_MAX_HOURS)
  const hoa = await enter("hoa", { asOfficial: true })
  world.clock.move(OFFICIAL_IDLE_MAX_MINUTES * MINUTE)
  assert.equal(await find(hoa.token), undefined)
})

test("signing asks for a proof of the last minutes", async () => {
  const { session } = await enter("hoa")
  const later = (minutes: number) => new Date(session.authTime.getTime() + minutes * MINUTE)
  requireFreshSignIn(session, later(5), 5)
  assert.throws(() => requireFreshSignIn(session, later(5.1), 5), isProblem("fresh-sign-in-needed"))
})

test("a known login that suddenly names another person is refused, and so are empty names and proofs from the future", async () => {
  await enter("lan")
  await assert.rejects(enter("lan", { personNumber: people.minh.number }), isProblem("identity-changed"))
  await assert.rejects(enter("lan", { name: "  " }), isProblem("sign-in-refused"))
  await assert.rejects(enter("lan", { personNumber: "" }), isProblem("sign-in-refused"))
  const future = new Date(world.site.clock().getTime() + 2 * MINUTE)
  await assert.rejects(enter("lan", { authTime: future }), isProblem("sign-in-refused"))
})

test("Minh acts as a citizen or in his post, one at a time, under a new token each time", async () => {
  const citizen = await enter("minh")
  assert.equal(citizen.actor.kind, "person")
  const post = { kind: "official", agency: "commune-a", position: "reception" } as const
  const official = await world.tx(system, (tx) => switchTo(tx, citizen.token, post))
  assert.deepEqual(official.actor, {
    kind: "official",
    accountId: citizen.session.accountId,
    subject: citizen.session.subject,
    name: "Minh",
    agency: "commune-a",
    positions: [{ id: "reception", unit: "office", roles: ["reception-officer"] }],
  })
  assert.equal(await find(citizen.token), undefined, "the token from before the switch is dead")
  const back = await world.tx(system, (tx) => switchTo(tx, official.token, { kind: "citizen" }))
  assert.equal(back.actor.kind, "person")
})

test("nobody switches to a post that they don't hold, nor to one that has ended", async () => {
  const minh = await enter("minh")
  const to = (agency: string, position: string) =>
    world.tx(system, (tx) => switchTo(tx, minh.token, { kind: "official", agency, position }))
  await assert.rejects(to("commune-a", "chair"), isProblem("not-allowed"))
  await assert.rejects(to("commune-b", "chair"), isProblem("not-allowed"))
  assert.equal((await find(minh.token))?.actor.kind, "person")
})

test("a fresh proof by the same person goes on in the same post; by another person it doesn't", async () => {
  const hoa = await enter("hoa", { asOfficial: true })
  const again = await enter("hoa", { replaces: hoa.token })
  assert.deepEqual(again.session.actingAs, { kind: "official", agency: "commune-a", position: "civil-status" })
  const lan = await enter("lan", { replaces: again.token })
  assert.deepEqual(lan.session.actingAs, { kind: "citizen" })
})

test("the technical administrator acts in no agency and with no other role, whatever the pack says", async () => {
  const tech = await enter("tech", { asOfficial: true })
  assert.deepEqual(tech.actor, {
    kind: "official",
    accountId: tech.session.accountId,
    subject: tech.session.subject,
    name: "Tú",
    agency: "",
    positions: [{ id: "operator", unit: "office", roles: ["tech-admin"] }],
  })
  const settings = await world.tx(tech.actor, (tx) =>
    tx.get<{ agency: string; roles: string; holdings: number }>(sql`
      select current_setting('motlan.agency') as agency, current_setting('motlan.roles') as roles,
        (select count(*) from identity.holding) as holdings`),
  )
  assert.deepEqual(settings, { agency: "", roles: "tech-admin", holdings: 0 })
})

test("the technical administrator loads no case of the agency that they serve, while its appraiser does", async () => {
  const at = world.site.clock()
  await world.migrator.run(sql`
    insert into cases.dossier (agency, id, code, subject, applicant, service, definition, status, money_state, delivery_state, sync_state,
      process, form_values, revision, lang, submitted_at, due_at)
    values ('commune-a', gen_random_uuid(), 'H00-1', ${world.site.keys.subjectOf(people.lan.number)}, 'Lan', '1.001193', 'x', 2, 'none',
      'pending', 'local', '{}', '{}', 1, 'vi', ${at}, ${at})`)
  const seenBy = async (name: Name) =>
    (await world.tx((await enter(name, { asOfficial: true })).actor, (tx) => tx.rows(sql`select id from cases.dossier`))).length
  assert.deepEqual([await seenBy("hoa"), await seenBy("tech"), await seenBy("other")], [1, 0, 0])
})

test("signing in, switching, signing out and being replaced stand in the book, of the site or of the agency", async () => {
  const minh = await enter("minh", { sub: "minh-book", acr: "level-3" })
  const post = { kind: "official", agency: "commune-a", position: "reception" } as const
  const official = await world.tx(system, (tx) => switchTo(tx, minh.token, post))
  const again = await enter("minh", { sub: "minh-book", replaces: official.token })
  await world.tx(system, (tx) => signOut(tx, again.token))
  const book = async (agency: string) => {
    const entries = await world.tx(system, (tx) => listBook(tx, { agency, subject: minh.session.subject }))
    return entries.map((e) => [e.event, e.details])
  }
  const method = "openid-connect"
  assert.deepEqual((await book("commune-a")).slice(0, 4), [
    ["signed-out", {}],
    ["signed-in", { method, level: "level-2" }],
    ["session-revoked", { account: minh.session.accountId, reason: "replaced" }],
    ["acting-switched", { as: "official", position: "reception" }],
  ])
  assert.deepEqual((await book("site")).slice(0, 2).sort(), [
    ["account-opened", { account: minh.session.accountId }],
    ["signed-in", { method, level: "level-3" }],
  ])
})

test("malformed tokens are refused before they reach the database", async () => {
  for (const token of ["", "x", "'; drop table", "A".repeat(44), "A".repeat(5_000)]) assert.equal(await find(token), undefined)
})
