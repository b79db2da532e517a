// From a definition to a form: shapes, names, bindings and expressions checked; every fault told with its place.
import { compileFeel } from "#engines/feel"
import { type Compiling, compileCondition, compileFields, fault } from "./compile-field.ts"
import { type CheckDefinition, FetchDefinition, PageDefinition, Subjects, type Vocabulary } from "./definition.ts"
import { compileExpression, FETCHED } from "./expressions.ts"
import { type DefinitionFault, FormDefinitionError } from "./faults.ts"
import type { Check, Field, Form, Page } from "./form.ts"
import { FAULTS_MAX, FETCHES_MAX, FIELDS_MAX, PAGES_MAX } from "./limits.ts"
import { isShaped } from "./shape.ts"

/**
 * Compiles a form.yaml, as parsed, with the country's data elements. Throws FormDefinitionError with all faults found, each with the path
 * into the definition.
 */
export function compileForm(definition: unknown, vocabulary: Vocabulary): Form {
  const faults: DefinitionFault[] = []
  const parts = partsOf(definition, faults)
  const compiling: Compiling = {
    vocabulary,
    faults,
    fetches: [],
    subjects: parts.subjects,
    declared: ["applicant", "today"],
    fields: new Map(),
  }
  for (const [index, fetch] of parts.fetch.entries()) compileFetch(fetch, ["fetch", index], compiling)
  compiling.declared.push(...compiling.fetches.map((fetch) => `${FETCHED}.${fetch.id}`))
  const pages = parts.pages
    .map((page, index) => compilePage(page, ["pages", index], compiling))
    .filter((page) => page !== undefined)
  checkWhole(pages, compiling)
  for (const [index, fetch] of parts.fetch.entries()) checkFetchKey(fetch, ["fetch", index], compiling)
  if (compiling.faults.length > 0) throw new FormDefinitionError(compiling.faults.slice(0, FAULTS_MAX))
  const checks = pages.flatMap((page) => page.checks)
  return {
    fetches: compiling.fetches,
    pages,
    fields: compiling.fields,
    named: namedFields(pages, compiling),
    checkWords: new Map(checks.map((check) => [check.say, check.words])),
  }
}

interface Parts {
  readonly fetch: readonly unknown[]
  readonly subjects: Subjects
  readonly pages: readonly unknown[]
}

/** The parts of a definition as lists; anything else is a fault. */
function partsOf(definition: unknown, faults: DefinitionFault[]): Parts {
  const given = (typeof definition === "object" && definition !== null ? definition : {}) as Record<string, unknown>
  for (const word of Object.keys(given))
    if (!["fetch", "subjects", "pages"].includes(word))
      faults.push({
        path: [word],
        code: "unknown-word",
        message: `"${word}" is no part of a form`,
        mend: "A form has fetch, subjects and pages",
      })
  const { fetch = [], subjects = {}, pages = [] } = given
  const list = (name: string, value: unknown, min: number, max: number): readonly unknown[] => {
    if (Array.isArray(value) && value.length >= min && value.length <= max) return value
    faults.push({ path: [name], code: "shape", message: `${name} is no list of ${min} to ${max}`, mend: `List ${min} to ${max}` })
    return []
  }
  const named = isShaped(Subjects, subjects, ["subjects"], faults) ? subjects : {}
  return { fetch: list("fetch", fetch, 0, FETCHES_MAX), subjects: named, pages: list("pages", pages, 1, PAGES_MAX) }
}

function compileFetch(definition: unknown, path: readonly (string | number)[], compiling: Compiling): void {
  if (!isShaped(FetchDefinition, definition, path, compiling.faults)) return
  const { id, service, key, optional = false, name } = definition
  if (compiling.fetches.some((other) => other.id === id))
    fault(compiling, [...path, "id"], "twice", `Two fetches are called ${id}`, "Give each its own id")
  if (reserved.has(id))
    fault(compiling, [...path, "id"], "reserved", `${id} has a meaning of its own in conditions`, "Choose another id")
  // Keys may read answers, which aren't known yet: their names are checked at the end.
  const keyCompiled = compileExpression(key, [...path, "key"], [...firstWordsOf(key), "applicant"], compiling.faults)
  // A faulty key doesn't make the fetch unknown: one mistake, one fault.
  compiling.fetches.push({
    id,
    service,
    key,
    optional,
    ...(name && { name }),
    keyCompiled: keyCompiled ?? compileFeel("null", []),
  })
}

const reserved: ReadonlySet<string> = new Set(["applicant", "today", FETCHED, "row"])

/** Words that conditions know already, and those that every JavaScript object has. */
const isReserved = (id: string) => reserved.has(id.split(".")[0]!) || id.split(".").some((word) => word in {})

const keywords: ReadonlySet<string> = new Set(
  "if then else null true false and or not in between instance of for some every satisfies return".split(" "),
)

const firstWordsOf = (key: string): string[] =>
  (key.match(/(?<![.\w"])[a-z][A-Za-z0-9]*(?![A-Za-z0-9]|\s*\()/g) ?? []).filter((word) => !keywords.has(word))

/** A key may read the applicant, the records of earlier fetches, and answers. */
function checkFetchKey(definition: unknown, path: readonly (string | number)[], compiling: Compiling): void {
  const { id, key } = definition as FetchDefinition
  const index = compiling.fetches.findIndex((fetch) => fetch.id === id && fetch.key === key)
  const earlier = new Set(["applicant", ...compiling.fetches.slice(0, Math.max(0, index)).map((fetch) => fetch.id)])
  for (const name of compiling.fetches[index]?.keyCompiled.names ?? []) {
    if (
      earlier.has(name.split(".")[0]!) ||
      [...compiling.fields.keys()].some((field) => name === field || name.startsWith(`${field}.`))
    )
      continue
    fault(
      compiling,
      [...path, "key"],
      "unknown-name",
      `${name} is no answer, no earlier fetch and nothing of the applicant`,
      "Name one of these",
    )
  }
}

function compilePage(definition: unknown, path: readonly (string | number)[], compiling: Compiling): Page | undefined {
  if (!isShaped(PageDefinition, definition, path, compiling.faults, ["fields"])) return undefined
  const { id, title, intro, when, fields: items, checks = [] } = definition
  const whenCompiled = when === undefined ? undefined : compileCondition(when, [...path, "when"], compiling)
  const fields = compileFields(items, id, [...path, "fields"], compiling)
  return {
    id,
    title,
    ...(intro && { intro }),
    ...(whenCompiled && { when: whenCompiled }),
    fields,
    checks: checks
      .map((check, index) => compileCheck(check, fields, [...path, "checks", index], compiling))
      .filter((check) => check !== undefined),
  }
}

function compileCheck(
  definition: CheckDefinition,
  fields: readonly Field[],
  path: readonly (string | number)[],
  compiling: Compiling,
): Check | undefined {
  const { if: text, say, words, law, fields: given } = definition
  const compiled = compileCondition(text, [...path, "if"], compiling)
  const here = fields.filter((field) => field.type !== "computed" && field.type !== "register-value").map((field) => field.id)
  for (const [index, id] of (given ?? []).entries())
    if (!here.includes(id))
      fault(
        compiling,
        [...path, "fields", index],
        "unknown-field",
        `${id} is not asked on this page`,
        `One of: ${here.join(", ")}`,
      )
  if (!compiled) return undefined
  const named = here.filter((id) => compiled.names.some((name) => name === id || name.startsWith(`${id}.`)))
  return { if: compiled, say, words, ...(law && { law }), fields: given ?? (named.length > 0 ? named : here.slice(0, 1)) }
}

/** What only the whole shows: pages twice, ids within ids, too many fields, conditions on fetches that fill nothing. */
function checkWhole(pages: readonly Page[], compiling: Compiling): void {
  for (const [index, page] of pages.entries())
    if (pages.findIndex((other) => other.id === page.id) !== index)
      fault(compiling, ["pages", index, "id"], "twice", `Two pages are called ${page.id}`, "Give each page its own id")
  const ids = [...compiling.fields.keys()]
  for (const id of ids) {
    const place = ["pages", pages.findIndex((page) => page.fields.some((field) => field.id === id)), "fields"]
    if (isReserved(id))
      fault(compiling, place, "reserved", `${id} begins with or has a word of its own meaning`, "Choose another id")
    const inner = ids.find((other) => other.startsWith(`${id}.`))
    if (inner) fault(compiling, place, "id-within-id", `${id} is the beginning of ${inner}`, `Call it ${id}.known, say`)
  }
  const count = (fields: readonly Field[]): number => fields.reduce((sum, field) => sum + 1 + count(field.fields ?? []), 0)
  if (count([...compiling.fields.values()]) > FIELDS_MAX)
    fault(compiling, ["pages"], "too-many-fields", `More than ${FIELDS_MAX} fields`, "Ask for less, or make two services of it")
  checkFetchedNames(pages, compiling)
}

/** The fields that conditions, checks, suggestions and computed values read. */
function namedFields(pages: readonly Page[], { fields }: Compiling): ReadonlySet<string> {
  const ofFields = [...fields.values()].flatMap((field) => [field.when, field.suggest, field.value])
  const ofPages = pages.flatMap((page) => [page.when, ...page.checks.map((check) => check.if)])
  const names = new Set([...ofFields, ...ofPages].flatMap((one) => one?.names ?? []))
  return new Set(
    [...fields.keys()].filter((id) =>
      [...names].some((name) => name === id || name.startsWith(`${id}.`) || id.startsWith(`${name}.`)),
    ),
  )
}

/** `fetched.x` is known from the answers that x filled: one that fills none would never be true. */
function checkFetchedNames(pages: readonly Page[], compiling: Compiling): void {
  const filled = new Set([...compiling.fields.values()].map((field) => field.binding?.fetch))
  for (const [index, page] of pages.entries()) {
    const named = [page.when, ...page.fields.map((field) => field.when), ...page.checks.map((check) => check.if)].flatMap(
      (one) => one?.names ?? [],
    )
    for (const name of new Set(named))
      if (name.startsWith(`${FETCHED}.`) && !filled.has(name.slice(FETCHED.length + 1)))
        fault(
          compiling,
          ["pages", index],
          "fetch-fills-nothing",
          `${name} can't be known: no field is filled by it`,
          "Bind a field to it with from",
        )
  }
}
