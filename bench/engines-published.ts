// What publishing one definition takes, and what a process weighs that has loaded as many as a country has: on a PostgreSQL of its own.
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { parse, stringify } from "yaml"
import { beginDraft, getCheckedDraft, getService, proposeDraft, publishDraft, saveDraft } from "#catalogue"
import { packageRoot } from "#platform/config"
import { built, NODE_FLAGS } from "../test/built.ts"
import { type Measure, median } from "./measure.ts"
import { type BenchSite, officialWith, openBenchSite } from "./site.ts"

const DEFINITIONS = 5000
/** A procedure with a form, a process, decision tables, a result and words. */
const WHOLE = "1.004873"
/** Fields among them, as many as a country has. */
const FIELDS = 400
const ROUNDS = 5
const LAW = "Nghị định 15/2026/NĐ-CP"
const PEOPLE = ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"]

export async function publishedMeasures(): Promise<Measure[]> {
  const bench = await openBenchSite()
  try {
    const milliseconds = await publishing(bench)
    await layOut(bench)
    return [
      {
        name: "one definition published",
        value: median(milliseconds),
        unit: "ms",
        atMost: 1000,
        about: `checked with its tests, proposed and published by two people, ${ROUNDS} rounds`,
      },
      ...loaded(bench),
    ]
  } finally {
    await bench.close()
  }
}

/** Milliseconds from the proposal of a saved draft until its version is in force. */
async function publishing(bench: BenchSite): Promise<number[]> {
  const justice = bench.country.agencies.get("justice")!
  const [author, publisher] = PEOPLE.map((id) => officialWith(justice, "catalogue-admin", id))
  if (!author || !publisher) throw new Error("two officials publish")
  const validFrom = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
  const times: number[] = []
  for (let round = 1; round <= ROUNDS; round++) {
    const id = await bench.tx(author, (tx) => beginDraft(tx, WHOLE, "bench"))
    const { draft } = await bench.tx(author, (tx) => getCheckedDraft(tx, WHOLE, id))
    const texts = draft.texts as Record<string, string>
    const service = stringify({ ...(parse(texts.service!) as object), takesMinutes: round })
    await bench.tx(author, (tx) => saveDraft(tx, WHOLE, id, { revision: 1, texts: { ...texts, service }, why: "bench" }))
    const began = performance.now()
    await bench.tx(author, (tx) => proposeDraft(tx, WHOLE, id, { validFrom, legalBasis: LAW }))
    await bench.tx(publisher, (tx) => publishDraft(tx, WHOLE, id, 2))
    times.push(performance.now() - began)
  }
  return times
}

/** Copies of the whole definition, each with a code, fees and words of its own. */
async function layOut(bench: BenchSite): Promise<void> {
  const { hash } = await bench.db.tx({ kind: "system", name: "bench" }, (tx) => getService(tx, WHOLE))
  await bench.above.query(
    `insert into catalogue.definition (code, hash, canonical)
     select 'bench.' || n, encode(sha256(('bench' || n)::bytea), 'hex'),
       replace(regexp_replace(replace(canonical, '"vi":"', '"vi":"' || n || ' '), '("field":[^}]*"vi":")[0-9]+', '\\1' || n % $4),
         '${WHOLE}', 'bench.' || n)
     from catalogue.definition, generate_series(1, $3::integer) n where code = $1 and hash = $2`,
    [WHOLE, hash, DEFINITIONS, FIELDS],
  )
  await bench.above.query(
    `insert into catalogue.publication (code, version, hash, kind, valid_from, signature, published_at, published_by)
     select code, 1, hash, 'published', '2026-01-01', 'bench', now(), 'bench' from catalogue.definition where code like 'bench.%'`,
  )
}

function loaded({ above }: BenchSite): Measure[] {
  const { host, port, user, password, database } = above.options
  const connection = JSON.stringify({ host, port, user, password, database })
  const pack = join(packageRoot(), "countries/viet-nam")
  // The password goes by the standard input: the list of processes is everybody's.
  const told = execFileSync(process.execPath, [...NODE_FLAGS, built(join(import.meta.dirname, "load-definitions.ts")), pack], {
    encoding: "utf8",
    input: connection,
  })
  const { rss, empty, loaded, seconds, first, count, milliseconds } = JSON.parse(told) as Loaded
  if (count !== DEFINITIONS) throw new Error(`${count} were loaded`)
  const { home, all, search, desk, deskSearch } = milliseconds
  const before = `${Math.round(empty)} MB before, ${Math.round(loaded)} MB without searches`
  return [
    {
      name: "memory with 5,000 definitions loaded",
      value: rss,
      unit: "MB",
      atMost: 300,
      about: `the most at any time: form, process, decision tables and words of all, listed and searched; ${before}`,
    },
    {
      name: "one of them compiled and used",
      value: (seconds / count) * 1000,
      unit: "ms",
      about: "processor time, with one of twenty popular ones used again",
    },
    { name: "the first list of all", value: first * 1000, unit: "ms", about: "once in a process; all are read" },
    {
      name: "the home page's list",
      value: home,
      unit: "ms",
      atMost: 20,
      about: "as those below: processor time, warm",
    },
    { name: "a page of all services", value: all, unit: "ms", atMost: 20 },
    { name: "a search", value: search, unit: "ms", atMost: 20, about: "six queries in turn, with slips, by code, nonsense" },
    { name: "a page of the desk's list", value: desk, unit: "ms", atMost: 20 },
    { name: "a search of the desk's list", value: deskSearch, unit: "ms", atMost: 20 },
  ]
}

/** What the process of load-definitions.ts tells, in megabytes, seconds and milliseconds. */
interface Loaded {
  readonly count: number
  readonly rss: number
  readonly empty: number
  readonly loaded: number
  readonly seconds: number
  readonly first: number
  readonly milliseconds: Readonly<Record<"home" | "all" | "search" | "desk" | "deskSearch", number>>
}
