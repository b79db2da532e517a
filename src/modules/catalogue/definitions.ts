// The definitions that a process knows: each is read from the database once and kept packed.
import { setImmediate as otherWork } from "node:timers/promises"
import type { Tx } from "#platform/db"
import { Packed } from "./packed.ts"
import type { Definition } from "./published.ts"
import { type PublicationRow, selectDefinitions } from "./store.ts"

/** Definitions that a process keeps packed: more than a country has procedures. */
export const PACKED_MAX = 10_000
/** Those among them that were used lately and lie open. */
const READ_MAX = 20
/** Definitions of one answer of the database. */
const READ_BATCH = 20

/** Names a definition. */
export type DefinitionKey = Pick<PublicationRow, "code" | "hash">

/** By hash, which their code is part of. Definitions never change, so a process reads each once. */
const definitions = new Packed<Definition>(PACKED_MAX, READ_MAX)

/** The definition of a row, which stays open for those who ask next. */
export async function definitionAt(tx: Tx, row: DefinitionKey): Promise<Definition> {
  await fetchMissing(tx, [row])
  return definitions.get(row.hash)!
}

/**
 * Shows `see` those definitions that `isKnown` says are not known yet, one at a time; none of them stays open. Long work: it is done by one at
 * a time, the others wait and find it done, and between two batches everybody has a turn.
 */
export async function goThrough<Row extends DefinitionKey>(
  tx: Tx,
  rows: readonly Row[],
  isKnown: (row: Row) => boolean,
  see: (row: Row, definition: Definition) => void,
): Promise<void> {
  if (rows.every(isKnown)) return
  const mine = before.then(async () => {
    const unknown = rows.filter((row) => !isKnown(row))
    for (let start = 0; start < unknown.length; start += READ_BATCH) {
      const batch = unknown.slice(start, start + READ_BATCH)
      const read = await fetchMissing(tx, batch)
      for (const row of batch) {
        const text = read.get(row.hash)
        see(row, text === undefined ? definitions.glance(row.hash)! : (JSON.parse(text) as Definition))
      }
      await otherWork()
    }
  })
  before = mine.catch(() => undefined)
  return mine
}

let before: Promise<void> = Promise.resolve()

/** Packs what was not read before; gives the texts of it by hash. */
async function fetchMissing(tx: Tx, rows: readonly DefinitionKey[]): Promise<ReadonlyMap<string, string>> {
  const missing = rows.filter((row) => !definitions.has(row.hash))
  const found = missing.length === 0 ? [] : await selectDefinitions(tx, missing)
  for (const each of found) definitions.set(each.hash, each.canonical)
  return new Map(found.map((each) => [each.hash, each.canonical]))
}
