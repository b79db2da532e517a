// How fast exported exchanges are verified from their files alone, and how many bytes the evidence of an exchange takes.
import { type Bundle, BundleVerifier, readBundle } from "#evidence"
import { sql } from "#platform/db"
import { openTwoBooks, type TwoBooks } from "../test/evidence/two-books.ts"
import { openWorld, type World } from "../test/world.ts"
import { type Benchmark, type Measure, median } from "./measure.ts"

const ROUNDS = 5
const EXCHANGES = 2_000
const AT_ONCE = 64
/** One after the other: each record is a batch of its own. */
const ALONE = 300
const BYTES_MAX = 2_560

/** Benchmark `evidence`. */
export const run: Benchmark = async (say) => {
  const world = await openWorld({ country: false })
  try {
    const alone = await measured(world, say, "one at a time", ALONE, 1)
    const crowd = await measured(world, say, `${AT_ONCE} at once`, EXCHANGES, AT_ONCE)
    return [...crowd, ...alone]
  } finally {
    await world.close()
  }
}

async function measured(
  world: World,
  say: (line: string) => void,
  about: string,
  count: number,
  atOnce: number,
): Promise<Measure[]> {
  const before = await bytesIn(world)
  const books = await openTwoBooks(world)
  const messages = await exchanged(books, count, atOnce)
  await books.close()
  const bytes = ((await bytesIn(world)) - before) / count
  const files: string[] = []
  for (const message of messages)
    for (const book of [books.commune, books.ministry]) files.push(JSON.stringify(await books.bundle(book, message)))
  const rates = Array.from({ length: ROUNDS }, () => verified(files, books.federation.anchor))
  say(`${about}: ${count} exchanges, ${files.length} files of ${(median(files.map((f) => f.length)) / 1_024).toFixed(1)} kB`)
  const isCrowd = atOnce > 1
  const most = { atMost: BYTES_MAX, about: "rows of all tables" }
  return [
    {
      ...{ name: `records verified from files, sealed ${about}`, value: median(rates), unit: "/s", about: "processor time" },
      ...(isCrowd && { atLeast: 5_000 }),
    },
    { name: `evidence of an exchange at both sites, sealed ${about}`, value: bytes, unit: "B", ...(isCrowd && most) },
    { name: `the same at one site, sealed ${about}`, value: bytes / 2, unit: "B", ...most },
  ]
}

async function exchanged(books: TwoBooks, count: number, atOnce: number): Promise<string[]> {
  const messages: string[] = []
  const work = async () => {
    for (let i = 0; i < count / atOnce; i++) messages.push(await books.exchange())
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return messages
}

/** Reads and checks every file; records by the second of processor time. */
function verified(files: readonly string[], anchor: string): number {
  const verifier = new BundleVerifier([anchor])
  let records = 0
  const began = process.cpuUsage()
  for (const file of files) {
    const reading = readBundle(file)
    if (!("bundle" in reading)) throw new Error(reading.faults.join())
    const verdict = verifier.verify(reading.bundle satisfies Bundle)
    if (!verdict.holds) throw new Error(`a bundle does not hold: ${JSON.stringify(verdict)}`)
    records += verdict.records.length
  }
  const { user, system } = process.cpuUsage(began)
  return records / ((user + system) / 1e6)
}

/** Of the rows, as they are stored, without indexes. */
async function bytesIn({ migrator }: World): Promise<number> {
  const [sum] = await migrator.rows<{ bytes: string }>(sql`
    select (
      select coalesce(sum(octet_length(records) + pg_column_size((book, seq, made_at, key_id, size, root, signature, sealed, tags))), 0)
      from evidence.batch)
      + (select coalesce(sum(pg_column_size(c)), 0) from evidence.checkpoint c) as bytes`)
  return Number(sum!.bytes)
}
