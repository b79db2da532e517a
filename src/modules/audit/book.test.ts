// The book: written with the deed, refused to everybody who would change it, and telling when somebody did.
import assert from "node:assert/strict"
import { randomUUID } from "node:crypto"
import { after, before, test } from "node:test"
import { append, listBook, verifyBook } from "#audit"
import { type Actor, sql } from "#platform/db"
import { openWorld, type World } from "../../../test/world.ts"

const system: Actor = { kind: "system", name: "tests" }
const official = (agency: string, ...roles: string[]): Actor => ({
  kind: "official",
  accountId: randomUUID(),
  subject: randomUUID(),
  name: "Mai",
  agency,
  positions: [{ id: "post", unit: "office", roles, delegatedBy: "0197a1b2-0000-7000-8000-000000000001" }],
})
const lan: Actor = { kind: "person", accountId: randomUUID(), subject: randomUUID(), name: "Lan" }

let world: World
before(async () => {
  world = await openWorld({ country: false })
})
after(() => world.close())

/** A chain of its own with `count` entries. */
async function written(agency: string, count = 5): Promise<void> {
  for (let i = 0; i < count; i++) {
    await world.tx(official(agency, "appraiser"), async (tx) => {
      append(tx, {
        agency,
        event: "step-completed",
        caseId: randomUUID(),
        details: { step: "appraise", outcome: "ok", position: String(i) },
      })
    })
  }
}
const broken = async (agency: string) => (await verifyBook(world.db, agency)).broken

test("what a deed writes stands in the book with who, when and what, and nothing of a deed that failed", async () => {
  const caseId = randomUUID()
  await world.tx(lan, async (tx) => {
    append(tx, {
      agency: "a1",
      event: "draft-opened",
      caseId,
      subject: lan.kind === "person" ? lan.subject : "",
      details: { service: "1.001193" },
    })
    append(tx, { agency: "a1", event: "case-submitted", caseId, details: { code: "H26-260309-0001", version: undefined } })
  })
  const failed = world.tx(lan, async (tx) => {
    append(tx, { agency: "a1", event: "signed-out" })
    throw new Error("no")
  })
  await assert.rejects(failed, /no/)
  const [second, first, ...more] = await world.tx(system, (tx) => listBook(tx, { agency: "a1" }))
  assert.equal(more.length, 0)
  assert.equal(first?.event, "draft-opened")
  assert.deepEqual(second?.actor, { kind: "person", account: lan.kind === "person" && lan.accountId })
  assert.deepEqual(second?.details, { code: "H26-260309-0001" })
  assert.equal(second?.at.toISOString(), "2026-03-09T03:00:00.000Z")
  assert.deepEqual([second?.seq, second?.caseId], [2, caseId])
  assert.deepEqual(await verifyBook(world.db, "a1"), { agencies: 1, entries: 2, broken: [] })
})

test("a deed whose book has lost its head fails, however many entries it writes, and leaves none", async () => {
  const write = (...agencies: string[]) =>
    world.tx(system, async (tx) => {
      for (const agency of agencies) append(tx, { agency, event: "pack-loaded" })
    })
  await write("lost")
  await write("lost", "kept")
  await write("lost", "kept")
  await world.migrator.run(sql`delete from audit.head where agency = 'lost'`)
  for (const agencies of [["lost"], ["lost", "lost"], ["lost", "kept"], Array<string>(9).fill("lost")])
    await assert.rejects(write(...agencies), (error: { code?: string }) => error.code === "23502")
  const left = await world.migrator.rows<{ n: number }>(
    sql`select count(*)::int as n from audit.entry where agency in ('lost', 'kept')`,
  )
  assert.equal(left[0]?.n, 5)
})

test("an entry left by another late act of the deed is in the book too", async () => {
  await world.tx(system, async (tx) => {
    append(tx, { agency: "late", event: "pack-loaded" })
    tx.beforeCommit("number", async () => {
      append(tx, { agency: "late", event: "service-published" })
      return undefined
    })
  })
  assert.equal((await verifyBook(world.db, "late")).entries, 2)
})

test("the application can neither change, delete nor empty the book", async () => {
  await written("a2")
  const refuse = (statement: ReturnType<typeof sql>) =>
    assert.rejects(
      world.tx(system, (tx) => tx.run(statement)),
      /permission denied|must be owner/,
    )
  await refuse(sql`update audit.entry set event = 'signed-in' where agency = 'a2'`)
  await refuse(sql`delete from audit.entry where agency = 'a2'`)
  await refuse(sql`truncate audit.entry`)
  await refuse(sql`delete from audit.head`)
  await refuse(sql`alter table audit.entry disable row level security`)
  assert.deepEqual(await broken("a2"), [])
})

test("the owner's role changes nothing either as long as row-level security stands", async () => {
  await written("a3")
  const { default: pg } = await import("pg")
  const owner = new pg.Client(world.migratorConnection)
  await owner.connect()
  try {
    await owner.query("select set_config('motlan.kind', 'system', false)")
    assert.equal((await owner.query("update audit.entry set event = 'signed-in'")).rowCount, 0)
    assert.equal((await owner.query("delete from audit.entry")).rowCount, 0)
  } finally {
    await owner.end()
  }
  assert.equal((await verifyBook(world.db, "a3")).entries, 5)
})

const tampering: [string, string, ReturnType<typeof sql>[], { seq: number; reason: string }][] = [
  [
    "words altered",
    "t1",
    [sql`update audit.entry set details = '{"outcome":"refuse"}' where agency = 't1' and seq = 3`],
    { seq: 3, reason: "altered" },
  ],
  [
    "the time moved",
    "t2",
    [sql`update audit.entry set at = at + interval '1 millisecond' where agency = 't2' and seq = 1`],
    { seq: 1, reason: "altered" },
  ],
  [
    "another actor",
    "t3",
    [sql`update audit.entry set actor = '{"kind":"public"}' where agency = 't3' and seq = 5`],
    { seq: 5, reason: "altered" },
  ],
  ["a row taken out", "t4", [sql`delete from audit.entry where agency = 't4' and seq = 2`], { seq: 2, reason: "missing" }],
  ["the tail cut off", "t5", [sql`delete from audit.entry where agency = 't5' and seq > 3`], { seq: 4, reason: "missing" }],
  [
    "two rows in each other's place",
    "t6",
    [
      sql`update audit.entry set seq = 99 where agency = 't6' and seq = 2`,
      sql`update audit.entry set seq = 2 where agency = 't6' and seq = 3`,
      sql`update audit.entry set seq = 3 where agency = 't6' and seq = 99`,
    ],
    { seq: 2, reason: "reordered" },
  ],
  ["the head set back", "t7", [sql`update audit.head set seq = 4 where agency = 't7'`], { seq: 5, reason: "forked-head" }],
  [
    "the head's hash changed",
    "t8",
    [sql`update audit.head set hash = sha256('x') where agency = 't8'`],
    { seq: 5, reason: "forked-head" },
  ],
  ["the head gone", "t9", [sql`delete from audit.head where agency = 't9'`], { seq: 0, reason: "forked-head" }],
  [
    "a row written behind the head",
    "t10",
    [
      sql`insert into audit.entry select agency, 6, at, event, actor, subject, case_id, details, hash from audit.entry where agency = 't10' and seq = 5`,
    ],
    { seq: 6, reason: "forked-head" },
  ],
]
for (const [what, agency, statements, link] of tampering) {
  test(`the walk finds ${what}, and where`, async () => {
    await written(agency)
    assert.deepEqual(await broken(agency), [])
    for (const statement of statements) await world.migrator.run(statement)
    assert.deepEqual(await broken(agency), [{ agency, ...link }])
  })
}

test("200 deeds at once over three agencies chain without gap", async () => {
  const agencies = ["c1", "c2", "c3"]
  const deed = (i: number) =>
    world.tx(official("c1", "appraiser"), async (tx) => {
      // each deed names the agencies in another order: locking them unsorted would end in a deadlock
      for (let k = 0; k < 3; k++)
        append(tx, { agency: agencies[(i * (k + 1) + k) % 3]!, event: "case-read", caseId: randomUUID() })
    })
  await Promise.all(Array.from({ length: 200 }, (_, i) => deed(i)))
  const verdicts = await Promise.all(agencies.map((agency) => verifyBook(world.db, agency)))
  assert.equal(
    verdicts.reduce((sum, v) => sum + v.entries, 0),
    600,
  )
  assert.deepEqual(
    verdicts.flatMap((v) => v.broken),
    [],
  )
})

test("a chain longer than a batch is walked whole, and its last link is checked", async () => {
  for (let i = 0; i < 3; i++) {
    await world.tx(system, async (tx) => {
      for (let k = 0; k < 900; k++) append(tx, { agency: "long", event: "request-answered", details: { records: k } })
    })
  }
  assert.deepEqual(await verifyBook(world.db, "long"), { agencies: 1, entries: 2_700, broken: [] })
  await world.migrator.run(sql`update audit.entry set event = 'case-read' where agency = 'long' and seq = 2700`)
  assert.deepEqual(await broken("long"), [{ agency: "long", seq: 2_700, reason: "altered" }])
})

test("the auditor of an agency reads and verifies its book; nobody else's auditor, official or citizen does", async () => {
  await written("r1")
  const auditor = official("r1", "auditor")
  assert.equal((await world.tx(auditor, (tx) => listBook(tx, { agency: "r1", limit: 3 }))).length, 3)
  assert.equal((await world.tx(auditor, (tx) => verifyBook(tx, "r1"))).entries, 5)
  for (const other of [official("r2", "auditor"), official("r1", "leader"), lan, { kind: "public" } as const]) {
    await assert.rejects(
      world.tx(other, (tx) => listBook(tx, { agency: "r1" })),
      { code: "not-allowed" },
    )
    await assert.rejects(
      world.tx(other, (tx) => verifyBook(tx)),
      { code: "not-allowed" },
    )
    const rows = await world.tx(other, (tx) => tx.rows(sql`select 1 from audit.entry where agency = 'r1'`))
    assert.equal(rows.length, 0)
  }
})

test("the book is listed by case, by event, by time and page by page", async () => {
  const caseId = randomUUID()
  const subject = randomUUID()
  await written("l1", 3)
  world.clock.move(60_000)
  await world.tx(system, async (tx) =>
    append(tx, { agency: "l1", event: "case-ended", caseId, subject, details: { as: "completed" } }),
  )
  const seqs = async (filter: object) =>
    (await world.tx(system, (tx) => listBook(tx, { agency: "l1", ...filter }))).map((e) => e.seq)
  assert.deepEqual(await seqs({}), [4, 3, 2, 1])
  assert.deepEqual(await seqs({ caseId }), [4])
  assert.deepEqual(await seqs({ subject }), [4])
  assert.deepEqual(await seqs({ event: "step-completed", limit: 2 }), [3, 2])
  assert.deepEqual(await seqs({ before: 2 }), [1])
  assert.deepEqual(await seqs({ from: world.site.clock() }), [4])
  assert.deepEqual(await seqs({ to: world.site.clock() }), [3, 2, 1])
})

test("details that the event does not declare, texts and personal numbers never reach the book", async () => {
  const loose = append as (tx: unknown, entry: unknown) => void
  const tried = (details: object) => world.tx(system, async (tx) => loose(tx, { agency: "p1", event: "case-read", details }))
  await assert.rejects(tried({ name: "Lan" }), /declares no detail/)
  await assert.rejects(tried({ code: "900196001234" }), /not a code/)
  await assert.rejects(tried({ code: "x".repeat(301) }), /not a code/)
  await assert.rejects(tried({ code: { deep: 1 } }), /not a code/)
  await assert.rejects(tried({ code: Number.NaN }), /not a code/)
  assert.equal((await verifyBook(world.db, "p1")).entries, 0)
})
