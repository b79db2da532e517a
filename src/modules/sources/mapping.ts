// From a request to the parameters of a source, and from its rows to the fields of a record: compiled once, by FEEL.
import { createHmac } from "node:crypto"
import { type Compiled, compileFeel, FeelError, feelDate } from "#engines/feel"
import { at, plainName, type RawRow, readColumn } from "./column.ts"
import { SourceFailure } from "./failure.ts"
import type { ColumnType, SourceDeclaration } from "./source-file.ts"

/** What a request is made of, as the parameters' FEEL reads it. */
export const requestNames = ["number", "validOn", "today", "purpose"] as const

export interface SourceRequest {
  readonly number: string
  readonly validOn: string
  readonly today: string
  readonly purpose: string
}

/** Values go to a source apart from any text of ours. */
export type Parameters = Readonly<Record<string, string | number | boolean | null>>

export interface MappedRow {
  readonly data: Readonly<Record<string, unknown>>
  readonly validFrom?: string
  /** What tells this record from others of the person. */
  readonly mark: string
}

export interface Mapping {
  parametersOf(request: SourceRequest): Parameters
  /** Throws SourceFailure for a column that is missing or is not what was declared. */
  rowOf(raw: RawRow): MappedRow
}

/** Compiles what a declaration maps. Throws FeelError; the declaration has been checked before. */
export function compileMapping(declared: SourceDeclaration): Mapping {
  const columns = Object.keys(declared.columns).map(plainPath)
  const over = (text: string) => compileFeel(text, columns)
  const parameters = Object.entries(parametersOf(declared)).map(
    ([name, text]) => [name, compileFeel(text, requestNames)] as const,
  )
  const fields = Object.entries(declared.fields).map(([name, text]) => [name, over(text)] as const)
  const mark = declared.record === undefined ? undefined : over(declared.record)
  const validFrom = declared.validFrom === undefined ? undefined : over(declared.validFrom)
  return {
    parametersOf: (request) => {
      const known = { ...request, validOn: feelDate(request.validOn), today: feelDate(request.today) }
      return Object.fromEntries(parameters.map(([name, text]) => [name, scalar(evaluated(text, known, name))]))
    },
    rowOf: (raw) => {
      const row = contextOf(declared.columns, raw)
      const data = Object.fromEntries(
        fields.map(([name, text]) => [name, evaluated(text, row, name)]).filter(([, value]) => value !== null),
      )
      const from = validFrom && evaluated(validFrom, row, "validFrom")
      const told = mark && evaluated(mark, row, "record")
      return { data, ...(typeof from === "string" && { validFrom: from }), mark: JSON.stringify(told ?? data) }
    },
  }
}

/** What a source is asked with: what was declared, else the request as it is. */
export const parametersOf = ({ parameters }: Pick<SourceDeclaration, "parameters">): Readonly<Record<string, string>> =>
  parameters ?? Object.fromEntries(requestNames.map((name) => [name, name]))

export const plainPath = (path: string): string => path.split(".").map(plainName).join(".")

function evaluated(text: Compiled, context: Readonly<Record<string, unknown>>, name: string): unknown {
  try {
    return text.evaluate(context)
  } catch (error) {
    if (error instanceof FeelError) throw new SourceFailure("field-wrong", name)
    throw error
  }
}

const scalar = (value: unknown): string | number | boolean | null =>
  value === null || typeof value === "object" ? null : (value as string | number | boolean)

/** The columns as nested contexts of FEEL. */
function contextOf(columns: Readonly<Record<string, ColumnType>>, raw: RawRow): Record<string, unknown> {
  const context: Record<string, unknown> = {}
  for (const [column, type] of Object.entries(columns)) {
    const path = plainPath(column).split(".")
    const value = readColumn(column, type, Object.hasOwn(raw, column) ? raw[column] : at(raw, column))
    let place = context
    for (const name of path.slice(0, -1)) place = placeIn(place, name)
    place[path.at(-1)!] = value
  }
  return context
}

function placeIn(context: Record<string, unknown>, name: string): Record<string, unknown> {
  if (!Object.hasOwn(context, name)) context[name] = {}
  return context[name] as Record<string, unknown>
}

/** A UUID (version 8) that only this site can make, the same for the same record as long as its mark stays. */
export function recordIdOf(secret: Buffer, source: string, number: string, mark: string): string {
  const bytes = createHmac("sha256", secret)
    .update(JSON.stringify([source, number, mark]))
    .digest()
    .subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}
