// The catalogue in a world: publishing, versions, pinning, pages, search.
import assert from "node:assert/strict"
import { createPublicKey } from "node:crypto"
import { after, before, test } from "node:test"
import { compactVerify } from "jose"
import { type Country, countryOf, type Service } from "#country"
import type { Actor, Tx } from "#platform/db"
import { sql } from "#platform/db"
import { Problem } from "#platform/problem"
import { openWorld, type World } from "../../../test/world.ts"
import { sha256 } from "./canonical.ts"
import { compiled } from "./compiled.ts"
import { listServices, pageOfServices, SERVICES_PAGE } from "./list-services.ts"
import { publishCountry } from "./publish-country.ts"
import { searchServices } from "./search-services.ts"
import { servicePage } from "./service-page.ts"
import { findService, getService, getVersion, listVersions } from "./services.ts"

const system: Actor = { kind: "system", name: "catalogue tests" }
const visitor: Actor = { kind: "public" }
const DAY_MS = 86_400_000
let world: World

before(async () => {
  world = await openWorld()
  await world.tx(system, publishCountry)
})
after(() => world.close())

const read = <T>(deed: (tx: Tx) => Promise<T>) => world.tx(visitor, deed)
const code = (expected: string) => (error: unknown) => error instanceof Problem && error.code === expected

/** A world of its own whose pack the test changes. */
async function withChangingPack(
  story: (own: World, change: (with_: (services: Map<string, Service>) => void) => Promise<void>) => Promise<void>,
) {
  const country = await read(async (tx) => countryOf(tx))
  const services = new Map(country.services)
  const own = await openWorld({ reference: { ...country, services } satisfies Country })
  try {
    await own.tx(system, publishCountry)
    await story(own, async (with_) => {
      with_(services)
      own.clock.move(DAY_MS)
      await own.tx(system, publishCountry)
    })
  } finally {
    await own.close()
  }
}

const withFee = (service: Service, amount: number): Service => ({
  ...service,
  definition: {
    ...service.definition,
    fee: { currency: "VND", amounts: { counter: amount }, per: { vi: "lần", en: "registration" } },
  },
})

test("every service of the pack is published once, and again nothing is", async () => {
  const country = await read(async (tx) => countryOf(tx))
  const services = await read((tx) => listServices(tx))
  assert.equal(services.length, country.services.size)
  assert.ok(services.length >= 79)
  const again = await world.tx(system, publishCountry)
  assert.deepEqual(again, { published: [], withdrawn: [], unchanged: services.length })
})

test("a version is named by the SHA-256 of its canonical JSON, which stands there word for word", async () => {
  const { hash } = await read((tx) => getService(tx, "1.000894"))
  const { canonical } = (
    await world.migrator.rows<{ canonical: string }>(sql`select canonical from catalogue.definition where hash = ${hash}`)
  )[0]!
  assert.equal(sha256(canonical), hash)
})

test("a publication is signed by the site, and its signature names code, hash and days", async () => {
  const service = await read((tx) => getService(tx, "1.001193"))
  const key = createPublicKey(world.site.keys.ecKey("catalogue"))
  const { payload } = await compactVerify(service.signature, key)
  assert.deepEqual(JSON.parse(new TextDecoder().decode(payload)), {
    code: "1.001193",
    hash: service.hash,
    kind: "published",
    validFrom: service.validFrom,
    version: 1,
  })
})

test("changed content becomes a new version; the case that is pinned to the old one still reads the old fee", async () => {
  await withChangingPack(async (own, change) => {
    const before = await own.tx(visitor, (tx) => getService(tx, "1.000894"))
    await change((services) => services.set("1.000894", withFee(services.get("1.000894")!, 5_000)))
    const now = await own.tx(visitor, (tx) => getService(tx, "1.000894"))
    assert.equal(now.version, 2)
    assert.equal(now.validFrom, "2026-03-10")
    assert.deepEqual(now.definition.service.fee.amounts, { counter: 5_000 })
    const pinned = await own.tx(visitor, (tx) => getVersion(tx, "1.000894", before.hash))
    assert.deepEqual(pinned.definition, before.definition)
    assert.equal(pinned.version, 1)
    const versions = await own.tx(visitor, (tx) => listVersions(tx, "1.000894"))
    assert.deepEqual(
      versions.map((v) => v.hash),
      [before.hash, now.hash],
    )
  })
})

test("content that comes back is a new version with the old hash", async () => {
  await withChangingPack(async (own, change) => {
    const first = await own.tx(visitor, (tx) => getService(tx, "1.000894"))
    let kept: Service | undefined
    await change((services) => {
      kept = services.get("1.000894")!
      services.set("1.000894", withFee(kept, 1))
    })
    await change((services) => services.set("1.000894", kept!))
    const now = await own.tx(visitor, (tx) => getService(tx, "1.000894"))
    assert.equal(now.version, 3)
    assert.equal(now.hash, first.hash)
  })
})

test("a version for a later day waits for it", async () => {
  await withChangingPack(async (own, change) => {
    await change((services) => {
      const service = withFee(services.get("1.000894")!, 7_000)
      services.set("1.000894", { ...service, definition: { ...service.definition, valid: { from: "2026-04-01" } } })
    })
    assert.equal((await own.tx(visitor, (tx) => getService(tx, "1.000894"))).version, 1)
    own.clock.move(30 * DAY_MS)
    assert.equal((await own.tx(visitor, (tx) => getService(tx, "1.000894"))).version, 2)
  })
})

test("a service that the pack drops is withdrawn: not found, not listed, not searched, but there for its cases", async () => {
  await withChangingPack(async (own, change) => {
    const before = await own.tx(visitor, (tx) => getService(tx, "1.014027"))
    await change((services) => services.delete("1.014027"))
    assert.equal(await own.tx(visitor, (tx) => findService(tx, "1.014027")), undefined)
    await assert.rejects(
      own.tx(visitor, (tx) => getService(tx, "1.014027")),
      code("not-found"),
    )
    assert.ok(!(await own.tx(visitor, (tx) => listServices(tx))).some((s) => s.code === "1.014027"))
    const hits = await own.tx(visitor, (tx) => searchServices(tx, "tro cap huu tri xa hoi", "vi"))
    assert.ok(!hits.some((hit) => hit.code === "1.014027"))
    assert.equal((await own.tx(visitor, (tx) => getVersion(tx, "1.014027", before.hash))).version, 1)
  })
})

test("a service that was never published is not found, whatever is asked for", async () => {
  for (const asked of ["9.999999", "", "'; drop table x", "1".repeat(100)]) {
    assert.equal(await read((tx) => findService(tx, asked)), undefined)
    await assert.rejects(
      read((tx) => getService(tx, asked)),
      code("not-found"),
    )
    await assert.rejects(
      read((tx) => servicePage(tx, asked, "vi")),
      code("not-found"),
    )
  }
  await assert.rejects(
    read((tx) => getVersion(tx, "1.001193", "0".repeat(64))),
    code("not-found"),
  )
})

test("a definition whose form or process can't be compiled is not published, and nothing of that deed stays", async () => {
  await withChangingPack(async (own, change) => {
    const broken = (part: "form" | "process") =>
      change((services) => {
        services.set("1.000894", withFee(services.get("1.000894")!, 9_000))
        services.set("1.001193", { ...services.get("1.001193")!, [part]: { pages: "none" } })
      })
    await assert.rejects(broken("form"))
    await assert.rejects(broken("process"))
    assert.equal((await own.tx(visitor, (tx) => getService(tx, "1.001193"))).version, 1)
    assert.equal((await own.tx(visitor, (tx) => getService(tx, "1.000894"))).version, 1)
  })
})

test("two processes that publish at the same moment make one version", async () => {
  const country = await read(async (tx) => countryOf(tx))
  const own = await openWorld({ reference: { ...country, services: new Map(country.services) } satisfies Country })
  try {
    await Promise.all([own.tx(system, publishCountry), own.tx(system, publishCountry)])
    const rows = await own.migrator.rows<{ n: number }>(sql`select count(*)::int as n from catalogue.publication`)
    assert.equal(rows[0]!.n, country.services.size)
  } finally {
    await own.close()
  }
})

test("nobody can change or remove what is published, not even the program", async () => {
  const attempts = [
    sql`update catalogue.definition set canonical = '{}'`,
    sql`delete from catalogue.definition`,
    sql`update catalogue.publication set hash = ${"0".repeat(64)}`,
    sql`delete from catalogue.publication`,
  ]
  for (const attempt of attempts)
    await assert.rejects(
      world.tx(system, (tx) => tx.run(attempt)),
      /permission denied/,
    )
})

test("a visitor and an official without the office can't publish", async () => {
  const official: Actor = {
    kind: "official",
    accountId: "00000000-0000-7000-8000-000000000001",
    subject: "00000000-0000-7000-8000-000000000002",
    name: "Hà",
    agency: "commune-1",
    positions: [{ id: "desk", unit: "one-stop", roles: ["reception-officer"] }],
  }
  const insert = sql`insert into catalogue.definition (code, hash, canonical) values ('x', ${"a".repeat(64)}, '{}')`
  for (const actor of [visitor, official])
    await assert.rejects(
      world.tx(actor, (tx) => tx.run(insert)),
      /row-level security/,
    )
})

test("each publication and withdrawal stands in the book", async () => {
  await withChangingPack(async (own, change) => {
    await change((services) => services.delete("1.014027"))
    const rows = await own.migrator.rows<{ event: string; n: number }>(
      sql`select event, count(*)::int as n from audit.entry where agency = 'site' group by event order by event`,
    )
    const { size } = (own.site.reference as Country).services
    assert.deepEqual(rows, [
      { event: "service-published", n: size + 1 },
      { event: "service-withdrawn", n: 1 },
    ])
  })
})

test("lists can be asked for by field, life event and audience", async () => {
  const births = await read((tx) => listServices(tx, { lifeEvent: "birth" }))
  assert.ok(births.some((s) => s.code === "1.001193") && births.every((s) => s.lifeEvents.includes("birth")))
  const land = await read((tx) => listServices(tx, { field: "Land" }))
  assert.equal(land.length, 6)
  assert.deepEqual(await read((tx) => listServices(tx, { field: "Đất đai", audience: "citizen", lifeEvent: "birth" })), [])
})

/** Copies of a service of the pack, each with a code and a name of its own, as another program at the same database publishes them. */
async function withCopies(own: World, count: number): Promise<void> {
  await own.migrator.run(sql`
    insert into catalogue.definition (code, hash, canonical)
    select '8.' || n, encode(sha256(('copy' || n)::bytea), 'hex'), replace(replace(canonical, '1.000894', '8.' || n), 'kết hôn', 'kết hôn ' || n)
    from catalogue.definition, generate_series(1, ${count}::integer) n where code = '1.000894'`)
  await own.migrator.run(sql`
    insert into catalogue.publication (code, version, hash, kind, valid_from, signature, published_at, published_by)
    select code, 1, hash, 'published', '2026-01-01', code || hash, now(), 'test' from catalogue.definition where code like '8.%'`)
}

test("hundreds of services are listed and searched without reading or opening a definition twice", async (t) => {
  const own = await openWorld()
  try {
    await own.tx(system, publishCountry)
    await withCopies(own, 300)
    const answers: number[] = []
    const counted = <T>(deed: (tx: Tx) => Promise<T>) =>
      own.tx(visitor, (tx) =>
        deed({
          ...tx,
          rows: async <Row>(statement: Parameters<Tx["rows"]>[0]) => {
            const rows = await tx.rows<Row>(statement)
            if (statement.text.includes("catalogue.definition")) answers.push(rows.length)
            return rows
          },
        }),
      )
    const all = await counted((tx) => listServices(tx))
    assert.ok(all.length >= 379 && all.some(({ name }) => name.vi?.includes("kết hôn 300")))
    assert.ok(answers.length > 1 && answers.every((rows) => rows <= 20), `${answers}`)
    await counted((tx) => searchServices(tx, "ket hon 217", "vi"))
    answers.length = 0
    const parse = t.mock.method(JSON, "parse")
    assert.equal(await counted((tx) => listServices(tx)), all)
    assert.equal((await counted((tx) => searchServices(tx, "ket hon 217", "vi")))[0]?.code, "8.217")
    assert.equal((await counted((tx) => pageOfServices(tx, {}, "vi", 2))).services.length, SERVICES_PAGE)
    assert.deepEqual([answers.length, parse.mock.callCount()], [0, 0])
  } finally {
    await own.close()
  }
})

test("a page of the list: what can be started first, then by name; the last page is given for one beyond it", async () => {
  const all = await read((tx) => listServices(tx))
  const first = await read((tx) => pageOfServices(tx, {}, "vi", 1))
  const last = await read((tx) => pageOfServices(tx, {}, "vi", 99))
  assert.deepEqual([first.count, first.pages, last.page], [all.length, Math.ceil(all.length / SERVICES_PAGE), first.pages])
  assert.deepEqual([first.services.length, last.services.length], [SERVICES_PAGE, all.length - SERVICES_PAGE * (first.pages - 1)])
  const codes = new Set([...first.services, ...last.services].map((service) => service.code))
  assert.equal(codes.size, SERVICES_PAGE + last.services.length)
  const firstAtOffice = first.services.findIndex(({ online }) => !online)
  assert.ok(firstAtOffice > 0 && first.services.slice(firstAtOffice).every(({ online }) => !online))
  const names = first.services.slice(firstAtOffice).map(({ name }) => name.vi!)
  assert.deepEqual(names, [...names].sort(new Intl.Collator("vi").compare))
})

for (const lang of ["vi", "en"]) {
  test(`all pages have their seven parts in ${lang}`, async () => {
    for (const { code } of await read((tx) => listServices(tx))) {
      const page = await read((tx) => servicePage(tx, code, lang))
      const say = (part: string) => `${code}: ${part}`
      assert.ok(page.cost.words && (page.cost.amounts.length > 0 || page.cost.note), say("cost"))
      assert.match(page.time.words, /^\d+(–\d+)? \p{L}/u, say("time"))
      assert.ok(page.papers.list.length > 0 && page.papers.list.every((p) => p.name && p.kindWords), say("papers"))
      assert.ok(
        page.papers.list.filter((p) => p.kind === "evidence").every((p) => p.fetched?.words),
        say("evidence"),
      )
      assert.ok(page.law.length > 0 && page.law.every((l) => l.ref), say("law"))
      assert.ok(page.authority.name && page.authority.tiers.every((t) => t.name !== t.id), say("authority"))
      assert.ok(
        page.authority.channels.every((c) => c.name !== c.id),
        say("channels"),
      )
      assert.ok(page.level.name && page.level.meaning, say("level"))
      assert.ok(page.minutes > 0 && page.minutes <= 60, say("minutes"))
      assert.ok(
        page.name && page.results.every((r) => r.name) && page.requirements.length > 0,
        say("name, results, requirements"),
      )
      assert.ok(
        page.lifeEvents.every((e) => e.name !== e.id),
        say("life events"),
      )
    }
  })
}

test("no definition has a bare number, and a fee that ended is not charged", async () => {
  for (const { code } of await read((tx) => listServices(tx))) {
    const { definition } = await read((tx) => getService(tx, code))
    assert.notEqual(definition.service.limit.unit, "unspecified", code)
  }
  const passport = await read((tx) => servicePage(tx, "1.001456", "en"))
  assert.deepEqual(
    passport.cost.amounts.map((a) => a.amount),
    [200_000, 200_000, 200_000],
  )
  const marriage = await read((tx) => servicePage(tx, "1.000894", "vi"))
  assert.equal(marriage.cost.words, "Miễn phí")
})

test("where channels have limits of their own, the page gives the span and each of them", async () => {
  const { time } = await read((tx) => servicePage(tx, "1.013978", "en"))
  assert.equal(time.words, "17–27 working days")
  assert.deepEqual(Object.fromEntries(time.channels.map((c) => [c.id, c.words])), {
    online: "17 working days",
    post: "20 working days",
    counter: "27 working days",
  })
})

test("the page says which papers the state fetches, from which register and by which clause", async () => {
  const { papers } = await read((tx) => servicePage(tx, "2.001263", "en"))
  const marital = papers.list.find((p) => p.id === "marital")!
  assert.equal(marital.fetched?.from, "civil-status/marriage")
  assert.match(marital.fetched!.words, /Ministry of Justice.*Resolution 66\.7\/2025\/NQ-CP, clause 4 art\. 17/)
  assert.equal(papers.fetched, 2)
})

test("birth registration can be started here, what has no form and process is information", async () => {
  const birth = await read((tx) => servicePage(tx, "1.001193", "vi"))
  assert.equal(birth.level.online, true)
  assert.equal(birth.level.level, 4)
  const marriage = await read((tx) => servicePage(tx, "1.000894", "vi"))
  assert.deepEqual([marriage.level.online, marriage.level.level], [false, 1])
  const { hash } = await read((tx) => getService(tx, "1.000894"))
  assert.equal(await read((tx) => compiled(tx, "1.000894", hash)), undefined)
})

test("a version is compiled once and the same object serves every case", async () => {
  const { hash } = await read((tx) => getService(tx, "1.001193"))
  const one = await read((tx) => compiled(tx, "1.001193", hash))
  assert.ok(one && one.form.pages.length > 0 && one.process.steps.size > 0)
  assert.equal(await read((tx) => compiled(tx, "1.001193", hash)), one)
})

test("search speaks the reader's language and says what can be started", async () => {
  const [birth] = await read((tx) => searchServices(tx, "khaisinh", "en", 5))
  assert.equal(birth?.code, "1.001193")
  assert.equal(birth.online, true)
  assert.match(birth.name, /birth/i)
  const index = (await read((tx) => searchServices(tx, "khai sinh", "vi", 50))).find((hit) => hit.kind === "index")
  assert.ok(index && !index.online && index.tiers.length > 0)
})
