// The list of definitions as those who keep the catalogue look through it: by words, state, ministry and field, a page at a time.
import { countryOf, type Text, textIn } from "#country"
import type { Tx } from "#platform/db"
import { Bounded } from "./bounded.ts"
import { sha256 } from "./canonical.ts"
import type { Draft } from "./draft.ts"
import { type DefinitionRow, listDefinitions } from "./list-definitions.ts"
import { SearchIndex } from "./search-index.ts"
import { searchedService } from "./searched.ts"

/** Definitions on a page of the list. */
export const DEFINITIONS_PAGE = 20

/** changing: something is published that begins later, or it has a last day. draft: somebody is writing it, or it waits for a second person. */
export const definitionStates = ["in-force", "changing", "draft", "withdrawn", "past"] as const
export type DefinitionState = (typeof definitionStates)[number]

/** What to list; what is empty asks for nothing. */
export interface DefinitionFilter {
  /** As people type it: marks and slips aside, or a code. */
  readonly words: string
  readonly state: string
  /** Code of the ministry that answers for the procedure: `G15`. */
  readonly ministry: string
  /** The field's name in the country's first language. */
  readonly field: string
  /** From 1. */
  readonly page: number
}

export interface FoundDefinitions {
  readonly definitions: readonly DefinitionRow[]
  readonly count: number
  readonly pages: number
  /** Those in work, whatever is asked for. */
  readonly drafts: readonly Draft[]
  /** What can be chosen from, with names in each language. */
  readonly ministries: readonly { readonly code: string; readonly name: Text }[]
  readonly fields: readonly { readonly code: string; readonly name: Text }[]
}

/** Built once per set of versions. */
const indexes = new Bounded<SearchIndex>(2)

/** The definitions that fit: with words the best hit first, otherwise by code; 20 a page. Throws `not-allowed`. */
export async function findDefinitions(tx: Tx, filter: DefinitionFilter): Promise<FoundDefinitions> {
  const { definitions, drafts } = await listDefinitions(tx)
  const written = new Set(drafts.map(({ code }) => code))
  const found = searched(definitions, filter.words)
    .filter((row) => !filter.state || isIn(row, filter.state, written))
    .filter(({ service }) => !filter.ministry || service.definition.service.ministry === filter.ministry)
    .filter((row) => !filter.field || fieldOf(tx, row) === filter.field)
  const start = (filter.page - 1) * DEFINITIONS_PAGE
  return {
    definitions: found.slice(start, start + DEFINITIONS_PAGE),
    count: found.length,
    pages: Math.max(1, Math.ceil(found.length / DEFINITIONS_PAGE)),
    drafts,
    ministries: ministriesOf(tx, definitions),
    fields: [...new Map(definitions.map((row) => [fieldOf(tx, row), row.service.definition.service.field]))].map(
      ([code, name]) => ({ code, name }),
    ),
  }
}

function searched(rows: readonly DefinitionRow[], words: string): readonly DefinitionRow[] {
  if (words.trim() === "") return rows
  const key = sha256(rows.map(({ code, service }) => `${code}/${service.hash}`).join(" "))
  const index =
    indexes.get(key) ?? indexes.set(key, new SearchIndex(rows.map(({ service }) => searchedService(service.definition))))
  const byCode = new Map(rows.map((row) => [row.code, row]))
  return index.search(words, rows.length).map(({ code }) => byCode.get(code)!)
}

function isIn({ code, state, service }: DefinitionRow, wanted: string, written: ReadonlySet<string>): boolean {
  if (wanted === "draft") return written.has(code)
  if (wanted === "changing") return state === "coming" || (state === "in-force" && service.validUntil !== undefined)
  return state === wanted
}

const fieldOf = (tx: Tx, { service }: DefinitionRow): string =>
  textIn(service.definition.service.field, countryOf(tx).languages[0]!)

function ministriesOf(tx: Tx, rows: readonly DefinitionRow[]) {
  const { agencies, languages } = countryOf(tx)
  const names = new Map([...agencies.values()].flatMap(({ code, name }) => (code === undefined ? [] : [[code, name] as const])))
  const codes = new Set(rows.map(({ service }) => service.definition.service.ministry).filter((code) => code !== undefined))
  const bare = (code: string): Text => Object.fromEntries(languages.map((lang) => [lang, code]))
  return [...codes].sort().map((code) => ({ code, name: names.get(code) ?? bare(code) }))
}
