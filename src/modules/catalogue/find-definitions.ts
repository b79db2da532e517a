// The list of definitions as those who keep the catalogue look through it: by words, state, ministry and field, a page at a time.
import { countryOf, type Text, textIn } from "#country"
import type { Tx } from "#platform/db"
import type { Draft } from "./draft.ts"
import { type DefinitionRow, listDefinitions } from "./list-definitions.ts"
import type { ListedService } from "./list-services.ts"
import { searchAmong } from "./shelf.ts"

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

/** What is worked out once of a list: what is searched, and what can be chosen from. */
interface Facets {
  readonly services: readonly ListedService[]
  readonly byCode: ReadonlyMap<string, DefinitionRow>
  readonly ministries: FoundDefinitions["ministries"]
  readonly fields: FoundDefinitions["fields"]
}

const facets = new WeakMap<readonly DefinitionRow[], Facets>()

/** The definitions that fit: with words the best hit first, otherwise by code; 20 a page. Throws `not-allowed`. */
export async function findDefinitions(tx: Tx, filter: DefinitionFilter): Promise<FoundDefinitions> {
  const { definitions, drafts } = await listDefinitions(tx)
  const known = facets.get(definitions) ?? facetsOf(tx, definitions)
  facets.set(definitions, known)
  const written = new Set(drafts.map(({ code }) => code))
  const found = (await searched(tx, definitions, known, filter.words))
    .filter((row) => !filter.state || isIn(row, filter.state, written))
    .filter(({ service }) => !filter.ministry || service.ministry === filter.ministry)
    .filter(({ service }) => !filter.field || fieldOf(tx, service) === filter.field)
  const start = (filter.page - 1) * DEFINITIONS_PAGE
  return {
    definitions: found.slice(start, start + DEFINITIONS_PAGE),
    count: found.length,
    pages: Math.max(1, Math.ceil(found.length / DEFINITIONS_PAGE)),
    drafts,
    ministries: known.ministries,
    fields: known.fields,
  }
}

async function searched(tx: Tx, rows: readonly DefinitionRow[], { services, byCode }: Facets, words: string) {
  if (words.trim() === "") return rows
  const hits = await searchAmong(tx, words, rows.length, services)
  return hits.map(({ code }) => byCode.get(code)!)
}

function isIn({ code, state, service }: DefinitionRow, wanted: string, written: ReadonlySet<string>): boolean {
  if (wanted === "draft") return written.has(code)
  if (wanted === "changing") return state === "coming" || (state === "in-force" && service.validUntil !== undefined)
  return state === wanted
}

function facetsOf(tx: Tx, rows: readonly DefinitionRow[]): Facets {
  const services = rows.map(({ service }) => service)
  const fields = new Map(services.map((service) => [fieldOf(tx, service), service.field]))
  return {
    services,
    byCode: new Map(rows.map((row) => [row.code, row])),
    ministries: ministriesOf(tx, services),
    fields: [...fields].map(([code, name]) => ({ code, name })),
  }
}

const fieldOf = (tx: Tx, { field }: ListedService): string => textIn(field, countryOf(tx).languages[0]!)

function ministriesOf(tx: Tx, services: readonly ListedService[]) {
  const { agencies, languages } = countryOf(tx)
  const names = new Map([...agencies.values()].flatMap(({ code, name }) => (code === undefined ? [] : [[code, name] as const])))
  const codes = new Set(services.map(({ ministry }) => ministry).filter((code) => code !== undefined))
  const bare = (code: string): Text => Object.fromEntries(languages.map((lang) => [lang, code]))
  return [...codes].sort().map((code) => ({ code, name: names.get(code) ?? bare(code) }))
}
