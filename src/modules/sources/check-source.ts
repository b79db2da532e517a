// Does a declaration fit the country pack and itself? Names of fields, columns and parameters, expressions, queries, files, secrets.

import { existsSync } from "node:fs"
import { resolve } from "node:path"
import type { FileFinding } from "#country"
import { type Country, findRecord, type RegisterRecord } from "#country"
import { ANY, checkFeel, compileFeel, type DeclaredTypes, FeelError, type FeelType } from "#engines/feel"
import { type ElementType, resultTypeOf } from "#engines/form"
import { pathParameters } from "./ask-rest.ts"
import { findingAt, type SourceFindingCode } from "./finding.ts"
import { parametersOf, plainPath, requestNames } from "./mapping.ts"
import { findOperation } from "./openapi.ts"
import { type Dialect, readQuery } from "./query.ts"
import type { ReadSource } from "./read-sources.ts"
import { findSecret } from "./secret.ts"
import type {
  ColumnType,
  CsvSource,
  DatabaseSource,
  RegisterSource,
  RestSource,
  Secret,
  SourceDeclaration,
} from "./source-file.ts"

export interface Surroundings {
  readonly folder: string
  readonly country: Country
  readonly isHere: (agency: string) => boolean
  /** Record types that sources answer. */
  readonly answered: ReadonlySet<string>
}

type Find = (
  keys: readonly (string | number)[],
  code: SourceFindingCode,
  params?: Readonly<Record<string, string | number>>,
) => void

/** Everything that is wrong with a declaration of the right shape. */
export function checkSource({ declared, file }: ReadSource, around: Surroundings): FileFinding[] {
  const findings: FileFinding[] = []
  const find: Find = (keys, code, params) => findings.push(findingAt(file, keys, code, params))
  checkRecord(declared, around, find)
  checkExpressions(declared, resultsIn(declared, around.country), find)
  checkFiles(declared, around.folder, find)
  if (declared.kind === "postgresql" || declared.kind === "mariadb") checkQuery(declared as DatabaseSource, find)
  else if (declared.kind === "rest") checkRest(declared as RestSource, around.folder, find)
  else if (declared.kind === "csv") checkMatch(declared as CsvSource, find)
  else if (declared.kind === "register") checkFrom(declared as RegisterSource, around, find)
  return findings
}

function checkRecord({ answers, fields, cache }: SourceDeclaration, { country, isHere }: Surroundings, find: Find): void {
  const found = findRecord(country, answers)
  if (!found) {
    find(["answers"], "record-unknown", { value: answers })
    return
  }
  const { record, register } = found
  if (!isHere(register.owner)) find(["answers"], "owner-elsewhere", { value: answers })
  checkFields(fields, answers, record, find)
  const max = record.keepSecondsMax ?? 0
  if (cache && cache.seconds > max) find(["cache"], "cache-not-allowed", { value: answers, max })
}

function checkFields(
  fields: SourceDeclaration["fields"],
  answers: string,
  { fields: own, key }: RegisterRecord,
  find: Find,
): void {
  const known = own.map(({ id }) => id)
  for (const id of Object.keys(fields))
    if (!known.includes(id)) find(["fields", id], "field-unknown", { value: id, record: answers, known: known.join(", ") })
  for (const { id, required } of own)
    if (required && id !== key && !Object.hasOwn(fields, id)) find(["fields"], "field-missing", { value: id })
}

const types: Readonly<Record<ColumnType, FeelType>> = {
  text: { kind: "string" },
  number: { kind: "number" },
  date: { kind: "date" },
  "date dd/mm/yyyy": { kind: "date" },
  time: { kind: "time" },
  "yes-no": { kind: "boolean" },
  any: ANY,
}

const requestTypes: DeclaredTypes = Object.fromEntries(
  requestNames.map((name) => [name, { kind: name === "validOn" || name === "today" ? "date" : "string" }]),
)

/** What each mapping must give, by the data element of its field. */
function resultsIn({ answers }: SourceDeclaration, country: Country): DeclaredTypes {
  const fields = findRecord(country, answers)?.record.fields ?? []
  return Object.fromEntries(
    fields.map(({ id, is }) => {
      const element = country.vocabulary.elements[is]
      return [id, element === undefined || element.many ? ANY : resultOf(element.type as ElementType)]
    }),
  )
}

/** A form takes everything for a text and prints it; a record does not. */
const resultOf = (type: ElementType): FeelType => (type === "text" ? { kind: "string" } : resultTypeOf(type))

function checkExpressions(declared: SourceDeclaration, results: DeclaredTypes, find: Find): void {
  const { columns, fields, parameters = {}, record, validFrom } = declared
  const names: DeclaredTypes = Object.fromEntries(Object.entries(columns).map(([name, type]) => [plainPath(name), types[type]]))
  const check = (keys: readonly string[], text: string | undefined, declared: DeclaredTypes, result: FeelType = ANY): void => {
    if (text === undefined) return
    const known = Object.keys(declared)
    try {
      compileFeel(text, known)
      for (const { from, to, found, expected } of checkFeel(text, declared, { result }).faults)
        find(keys, "expression-types", { near: text.slice(from, to), found, expected })
    } catch (error) {
      if (!(error instanceof FeelError)) throw error
      find(keys, "expression-wrong", { at: error.from + 1, fault: error.code, detail: error.detail, known: known.join(", ") })
    }
  }
  for (const [name, text] of Object.entries(fields)) check(["fields", name], text, names, results[name])
  for (const [name, text] of Object.entries(parameters)) check(["parameters", name], text, requestTypes)
  check(["record"], record, names)
  check(["validFrom"], validFrom, names)
}

function checkFiles(declared: SourceDeclaration, folder: string, find: Find): void {
  const { connection, ca, headers = {} } = declared as Partial<DatabaseSource & RestSource>
  const secret = (keys: readonly string[], one: Secret | undefined): void => {
    if (!one) return
    if ((one.env === undefined) === (one.file === undefined)) find(keys, "secret-nowhere")
    else if (findSecret(folder, one) === undefined) find(keys, "secret-missing", { value: one.env ?? one.file ?? "" })
  }
  const there = (keys: readonly string[], name: string | undefined): void => {
    if (name !== undefined && !existsSync(resolve(folder, name))) find(keys, "file-missing", { value: name })
  }
  secret(["connection", "password"], connection?.password)
  for (const [name, one] of Object.entries(headers)) secret(["headers", name], one)
  there(["connection", "ca"], connection?.ca)
  there(["ca"], ca)
  there(["folder"], (declared as Partial<CsvSource>).folder)
}

function checkQuery(declared: DatabaseSource, find: Find): void {
  const query = readQuery(declared.query, declared.kind as Dialect)
  if (typeof query === "string") find(["query"], query)
  else checkUsed(declared, query.names, ["query"], find)
}

/** The names that a question uses are parameters, and one of them comes from the personal number. */
function checkUsed(declared: SourceDeclaration, used: readonly string[], keys: readonly string[], find: Find): void {
  const parameters = parametersOf(declared)
  for (const name of new Set(used))
    if (!Object.hasOwn(parameters, name))
      find(keys, "parameter-unknown", { value: name, known: Object.keys(parameters).join(", ") })
  if (!used.some((name) => /\bnumber\b/.test(parameters[name] ?? ""))) find(keys, "number-unused")
}

function checkRest(declared: RestSource, folder: string, find: Find): void {
  const { url, openapi } = declared
  const parameters = Object.keys(parametersOf(declared))
  if ((url === undefined) === (openapi === undefined)) find([], "address-twice")
  else if (url !== undefined) checkUsed(declared, [...parameters, ...pathParameters(url)], ["url"], find)
  else checkOperation(openapi!, parameters, folder, find)
}

function checkOperation(
  { file, operation, server }: NonNullable<RestSource["openapi"]>,
  parameters: readonly string[],
  folder: string,
  find: Find,
): void {
  const found = findOperation(folder, file, operation, server)
  if (typeof found === "string") {
    find(["openapi"], found, { value: found === "description-unreadable" ? file : operation })
    return
  }
  for (const name of found.required) if (!parameters.includes(name)) find(["parameters"], "parameter-missing", { value: name })
  for (const name of parameters)
    if (!found.known.includes(name))
      find(["parameters", name], "parameter-unknown", { value: name, known: found.known.join(", ") })
}

function checkMatch(declared: CsvSource, find: Find): void {
  checkUsed(declared, Object.values(declared.match), ["match"], find)
}

function checkFrom({ answers, from, columns }: RegisterSource, { country, answered }: Surroundings, find: Find): void {
  const found = findRecord(country, from)
  if (!found) {
    find(["from"], "record-unknown", { value: from })
    return
  }
  if (answered.has(from)) find(["from"], "register-of-itself")
  const own = findRecord(country, answers)
  if (own && own.register.owner !== found.register.owner) find(["from"], "register-of-another", { value: from })
  const known = found.record.fields.map(({ id }) => id)
  for (const column of Object.keys(columns))
    if (!known.includes(column.split(".")[0]!))
      find(["columns", column], "field-unknown", { value: column, record: from, known: known.join(", ") })
}
