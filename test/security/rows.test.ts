// Row-level security alone: what each actor gets of each table with no where clause at all.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import type { Country } from "#country"
import { openCorrection } from "#exchange"
import { type Actor, openDb, sql, type Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { rawSql } from "./raw-sql.ts"
import { type Actors, openStory, type Story, TODAY } from "./story.ts"

let story: Story
before(async () => {
  story = await openStory()
  const { lan } = story.actors
  const { number } = (story.cast.site.reference as Country).cast.people.find(({ id }) => id === "lan")!
  await story.cast.tx(lan, (tx) =>
    openCorrection(tx, {
      ...{ register: "population/person", requester: "ba-dinh", purpose: "birth-registration", number, record: lan.subject },
      ...{
        field: "ethnicity",
        registered: "kinh",
        claimed: "tay",
        caseId: newId(tx.now),
        place: "mother.ethnicity",
        today: TODAY,
      },
    }),
  )
  await consentOf(story.actors.lan.subject)
})
after(() => story?.cast.close())

/** What Lan and Hoa have agreed to, used and taken back; and one that came from another site, whose person is not known here. */
async function consentOf(lan: string): Promise<void> {
  const { migrator } = story.cast
  const at = new Date()
  for (const subject of [lan, story.actors.hoa.subject, "00000000-0000-8000-8000-000000000001"]) {
    const id = newId(at)
    await migrator.run(sql`
      insert into consents.consent (id, subject, contract, signer, artefact, salt, issued_at, until_at, taken_at)
      values (${id}, ${subject}, 'contract', 'ward', 'a.b.c', 'salt', ${at}, ${at}, ${at})`)
    await migrator.run(
      sql`insert into consents.use (consent, message, subject, used_at) values (${id}, ${newId(at)}, ${subject}, ${at})`,
    )
    await migrator.run(sql`
      insert into consents.revocation (consent, subject, revocation, revoked_at) values (${id}, ${subject}, 'a.b.c', ${at})`)
  }
}

/**
 * Which rows come: none; all; those that say "me" (own); those of my agency; those of my own cases; those that I may audit (requester
 * or provider of a request). The word is turned into a condition that the owner of the tables runs for comparison.
 */
type Rows = "-" | "all" | "own" | "agency" | "own-case" | "asked"

const WHO = [
  "public",
  "lan",
  "hoa",
  "mai",
  "binh",
  "my",
  "cuong",
  "son",
  "ky",
  "an",
  "kim",
  "luong",
  "system",
] as const satisfies (keyof Actors)[]

/** A line per table; columns in the order of WHO: the public, three mothers, reception here and elsewhere, appraiser, leader, technical
 * administrator, auditor, hospital registrar, auditor of the population register, the system's own jobs. */
// biome-ignore format: a table is read by its columns
const table: Record<string, readonly Rows[]> = {
  //                          public lan        hoa         mai         binh      my        cuong     son       ky   an        kim       luong     system
  "cases.draft":             ["-", "own",      "own",      "own",      "-",      "-",      "-",      "-",      "-", "-",      "-",      "-",      "all"],
  "cases.dossier":           ["-", "own",      "own",      "own",      "agency", "agency", "agency", "agency", "-", "agency", "agency", "agency", "all"],
  "cases.task":              ["-", "own-case", "own-case", "own-case", "agency", "agency", "agency", "agency", "-", "agency", "agency", "agency", "all"],
  "cases.supplement":        ["-", "own-case", "own-case", "own-case", "agency", "agency", "agency", "agency", "-", "agency", "agency", "agency", "all"],
  "cases.event":             ["-", "own-case", "own-case", "own-case", "agency", "agency", "agency", "agency", "-", "agency", "agency", "agency", "all"],
  "cases.reading":           ["-", "own",      "own",      "own",      "agency", "agency", "agency", "agency", "-", "agency", "agency", "agency", "all"],
  "documents.document":      ["-", "own",      "own",      "own",      "agency", "agency", "agency", "agency", "-", "agency", "agency", "agency", "all"],
  "documents.revocation":    ["-", "own-case", "own-case", "own-case", "agency", "agency", "agency", "agency", "-", "agency", "agency", "agency", "all"],
  "documents.upload":        ["-", "own",      "own",      "own",      "agency", "agency", "agency", "agency", "-", "agency", "agency", "agency", "all"],
  "notices.message":         ["-", "own",      "own",      "own",      "-",      "-",      "-",      "-",      "-", "-",      "-",      "-",      "all"],
  "exchange.message":        ["-", "own",      "own",      "own",      "-",      "-",      "-",      "-",      "-", "asked",  "-",      "asked",  "all"],
  "exchange.delivery":       ["-", "-",        "-",        "-",        "-",      "-",      "-",      "-",      "-", "-",      "-",      "-",      "-"],
  "exchange.parcel":         ["-", "-",        "-",        "-",        "agency", "agency", "agency", "agency", "-", "agency", "agency", "agency", "all"],
  "exchange.correction":     ["-", "own",      "own",      "own",      "agency", "agency", "agency", "agency", "-", "agency", "agency", "agency", "all"],
  "consents.consent":        ["-", "own",      "own",      "own",      "-",      "-",      "-",      "-",      "-", "-",      "-",      "-",      "all"],
  "consents.revocation":     ["-", "own",      "own",      "own",      "-",      "-",      "-",      "-",      "-", "-",      "-",      "-",      "all"],
  "consents.use":            ["-", "own",      "own",      "own",      "-",      "-",      "-",      "-",      "-", "-",      "-",      "-",      "all"],
  "registers.record":        ["-", "-",        "-",        "-",        "-",      "-",      "-",      "-",      "-", "-",      "-",      "-",      "-"],
  "registers.likeness":      ["-", "-",        "-",        "-",        "-",      "-",      "-",      "-",      "-", "-",      "-",      "-",      "-"],
  "registers.event":         ["-", "-",        "-",        "-",        "-",      "-",      "-",      "-",      "-", "-",      "-",      "-",      "all"],
  "audit.entry":             ["-", "-",        "-",        "-",        "-",      "-",      "-",      "-",      "-", "agency", "-",      "agency", "all"],
  "identity.account":        ["-", "own",      "own",      "own",      "-",      "-",      "-",      "-",      "-", "-",      "-",      "-",      "all"],
  "identity.session":        ["-", "-",        "-",        "-",        "-",      "-",      "-",      "-",      "-", "-",      "-",      "-",      "all"],
  "identity.holding":        ["-", "own",      "own",      "own",      "agency", "agency", "agency", "agency", "-", "agency", "agency", "agency", "all"],
  "identity.delegation":     ["-", "own",      "own",      "own",      "agency", "agency", "agency", "agency", "-", "agency", "agency", "agency", "all"],
  "platform.job":            ["-", "-",        "-",        "-",        "-",      "-",      "-",      "-",      "-", "-",      "-",      "-",      "all"],
}

/** Tables without row-level security that stand outside the matrix, each with its reason. */
const OPEN: Record<string, string> = {
  "audit.head": "the last link of each chain: a number and a hash, nobody's data",
  "cases.consultation": "of the case's agency and of the one that is asked: src/modules/cases/executors.test.ts",
  "cases.counter": "the last number of a series of an agency",
  "cases.decision": "seen with its case: src/modules/cases/executors.test.ts",
  "cases.payment": "the same",
  "cases.migration": "of administrators of the catalogue, and nobody's data: src/modules/cases/migration.test.ts",
  "cases.migration_stay": "of the case's agency, as its case: src/modules/cases/migration.test.ts",
  "catalogue.calendar": "published: everybody reads the calendar",
  "catalogue.definition": "published: everybody reads the catalogue",
  "catalogue.draft": "of administrators of the catalogue, and nobody's data: src/modules/catalogue/drafts.test.ts",
  "catalogue.draft_save": "the same",
  "catalogue.publication": "published: everybody reads the catalogue",
  "consents.errand": "which consents are on their way to which site: ids",
  "evidence.batch":
    "encrypted; of the system, technical administrators and auditors, whom the finder shows their own: src/modules/oversight/oversight.test.ts",
  "evidence.certificate": "public keys of sites",
  "evidence.checkpoint": "signed notes of the log's size, for whoever asks",
  "evidence.cosignature": "what witnesses have signed, for whoever asks",
  "evidence.timestamp": "tokens over checkpoints, for whoever asks",
  "evidence.witnessed": "signed notes of other logs' sizes",
  "exchange.passage": "of the auditors of either party, and no persons: test/federation/systems-log.test.ts",
  "federation.certificate": "public keys of sites",
  "federation.contract": "what organisations have agreed",
  "federation.contract_signature": "what organisations have signed",
  "federation.directory": "published: every site has it",
  "federation.errand": "which contracts are on their way to which site",
  "federation.invitation": "who was invited; the secret of the code is not there",
  "federation.member": "organisations and the sites that host them",
  "federation.own_certificate": "public keys of this site, and the names of the files that hold the private ones",
  "federation.site": "what sites say of themselves",
  "identity.agency": "the state's own directory",
  "identity.unit": "the state's own directory",
  "identity.position": "the state's own directory: posts, not who holds them",
  "identity.sign_in_attempt": "hash of a cookie and the page to come back to, for minutes",
  "oversight.figure": "counts by service, nobody's data; of the system, technical administrators and auditors",
  "platform.migration": "which migrations ran",
  "platform.site_fact": "what is decided once for the site",
}

/** The rows that come, told apart by their place in the table. */
const placesIn = async (tx: Pick<Tx, "rows">, name: string, where = "true"): Promise<string[]> =>
  (await tx.rows<{ place: string }>(rawSql(`select ctid::text as place from ${name} t where ${where} order by ctid`))).map(
    (row) => row.place,
  )

const columns = async (name: string): Promise<string[]> =>
  (
    await story.cast.migrator.rows<{ name: string }>(
      sql`select attname as name from pg_attribute where attrelid = ${name}::regclass and attnum > 0 and not attisdropped`,
    )
  ).map((c) => c.name)

/** The word as a condition for the owner of the tables. */
async function condition(rows: Rows, name: string, actor: Actor): Promise<string> {
  const has = await columns(name)
  const subject = actor.kind === "person" ? actor.subject : ""
  const agency = actor.kind === "official" ? actor.agency : ""
  switch (rows) {
    case "-":
      return "false"
    case "all":
      return "true"
    case "own":
      return `t.${has.includes("subject") ? "subject" : "to_subject"}::text = '${subject}'`
    case "agency":
      if (has.includes("sender")) return `t.sender = '${agency}'`
      return has.includes("owner") ? `'${agency}' in (t.owner, t.requester)` : `t.agency = '${agency}'`
    case "own-case":
      return has.includes("case_id")
        ? `exists (select from cases.dossier d where d.id = t.case_id and d.subject::text = '${subject}')`
        : `exists (select from documents.document d where d.id = t.document_id and d.subject::text = '${subject}')`
    case "asked":
      return `'${agency}' in (t.requester, t.provider)`
  }
}

for (const [name, line] of Object.entries(table))
  test(`${name}: without a where clause everybody gets their rows and no other`, async () => {
    assert.equal(line.length, WHO.length)
    const got: Record<string, string[]> = {}
    const due: Record<string, string[]> = {}
    for (const [at, who] of WHO.entries()) {
      const actor = story.actors[who]
      got[who] = await story.cast.tx(actor, (tx) => placesIn(tx, name))
      due[who] = await placesIn(story.cast.migrator, name, await condition(line[at]!, name, actor))
    }
    assert.deepEqual(got, due)
  })

test("the story leaves rows in every table of the matrix, so that an empty answer says something", async () => {
  for (const name of Object.keys(table)) assert.notEqual((await placesIn(story.cast.migrator, name)).length, 0, name)
})

test("the matrix tells people apart: what Lan and her commune see is neither nothing nor everything", async () => {
  const count = async (who: keyof Actors, name: string) =>
    (await story.cast.tx(story.actors[who], (tx) => placesIn(tx, name))).length
  const total = async (name: string) => (await placesIn(story.cast.migrator, name)).length
  for (const name of ["cases.dossier", "cases.task", "cases.event", "documents.document"])
    for (const who of ["lan", "hoa", "binh"] as const) {
      assert.notEqual(await count(who, name), 0, `${who} ${name}`)
      assert.ok((await count(who, name)) < (await total(name)), `${who} ${name}`)
    }
  assert.equal(await count("my", "cases.dossier"), 0)
  assert.equal(await count("ky", "cases.dossier"), 0)
})

test("every table of the database stands in the matrix or among the open ones", async () => {
  const names = await story.cast.migrator.rows<{ name: string }>(sql`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_' order by 1`)
  assert.deepEqual(
    names.map((row) => row.name),
    [...Object.keys(table), ...Object.keys(OPEN)].sort(),
  )
})

test("what one deed was granted is gone in the next one on the same connection", async () => {
  const db = openDb({ ...story.cast.connection, max: 1 }, story.cast.site)
  try {
    const lan = story.actors.lan
    const records = (tx: Tx) => placesIn(tx, "registers.record")
    const within = await db.tx(lan, async (tx) => {
      await tx.run(sql`select set_config('motlan.grant', ${`population/person/${lan.subject}`}, true)`)
      return records(tx)
    })
    assert.equal(within.length, 1)
    assert.equal((await db.tx(lan, records)).length, 0)
    assert.equal((await db.tx({ kind: "public" }, (tx) => placesIn(tx, "cases.dossier"))).length, 0)
    await assert.rejects(db.tx(lan, () => Promise.reject(new Error("half way"))))
    assert.equal((await db.tx({ kind: "public" }, (tx) => placesIn(tx, "cases.draft"))).length, 0)
  } finally {
    await db.close()
  }
})
