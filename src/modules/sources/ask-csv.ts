// A folder of CSV files: read whole when one of them has changed, then asked by the columns that match. A half-written file changes nothing.
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join, resolve } from "node:path"
import type { Asker } from "./asker.ts"
import type { Family, RawRow } from "./column.ts"
import { plainName } from "./column.ts"
import { SourceFailure } from "./failure.ts"
import { CSV_BYTES_MAX, CSV_FILES_MAX, CSV_LOOK_MS, CSV_ROWS_MAX } from "./limits.ts"
import { NotCsv, readCsv } from "./read-csv.ts"
import type { CsvSource } from "./source-file.ts"

interface Held {
  /** Names, sizes and times of the files as they were read. */
  readonly print: string
  readonly rows: ReadonlyMap<string, readonly RawRow[]>
  readonly columns: ReadonlyMap<string, Family>
}

export function openCsv(declared: CsvSource, folder: string, now: () => number, warn: (failure: SourceFailure) => void): Asker {
  const dir = resolve(folder, declared.folder)
  let held: Held | undefined
  let lookedAt = Number.NEGATIVE_INFINITY
  /** A print that could not be read is not tried again until it changes. */
  let failed: { readonly print: string; readonly failure: SourceFailure } | undefined
  const current = (): Held => {
    if (held && now() - lookedAt < CSV_LOOK_MS) return held
    lookedAt = now()
    try {
      const files = filesOf(dir)
      const print = JSON.stringify(files)
      if (held?.print !== print && failed?.print !== print) {
        try {
          held = { print, ...readAll(declared, dir, files) }
          failed = undefined
        } catch (error) {
          failed = { print, failure: failureOf(error) }
          warn(failed.failure)
        }
      }
    } catch (error) {
      failed = { print: "", failure: failureOf(error) }
    }
    if (held) return held
    throw failed!.failure
  }
  return {
    ask: async ({ parameters, rowsMax }) => {
      const wanted = Object.values(declared.match).map((name) => parameters[name] ?? null)
      if (wanted.includes(null)) return []
      const rows = current().rows.get(keyOf(wanted.map(String))) ?? []
      if (rows.length > rowsMax) throw new SourceFailure("rows-too-many", String(rowsMax))
      return rows
    },
    describe: async () => current().columns,
    close: async () => undefined,
  }
}

const keyOf = (values: readonly string[]): string => JSON.stringify(values.map((value) => value.normalize("NFC").trim()))

/** Name, bytes and time of every file that counts. */
function filesOf(dir: string): (readonly [name: string, bytes: number, changedMs: number])[] {
  const names = readdirSync(dir).filter((name) => /^[^.].*\.csv$/i.test(name))
  if (names.length > CSV_FILES_MAX) throw new SourceFailure("files-unreadable", `more than ${CSV_FILES_MAX} files`)
  return names.sort().map((name) => {
    const { size, mtimeMs } = statSync(join(dir, name))
    return [name, size, mtimeMs] as const
  })
}

function readAll(declared: CsvSource, dir: string, files: ReturnType<typeof filesOf>): Omit<Held, "print"> {
  if (files.reduce((sum, [, bytes]) => sum + bytes, 0) > CSV_BYTES_MAX) throw new SourceFailure("files-unreadable", "too large")
  const decoder = new TextDecoder(declared.encoding ?? "utf-8", { fatal: true, ignoreBOM: true })
  const separator = declared.separator === "tab" ? "\t" : (declared.separator ?? ",")
  const rows = new Map<string, RawRow[]>()
  let columns: ReadonlyMap<string, Family> | undefined
  let count = 0
  for (const [name] of files) {
    const text = decodedOf(decoder, readFileSync(join(dir, name)), name)
    const lines = readCsv(text, separator)
    const head = firstOf(lines, name).map(plainName)
    const own = new Map(head.map((column) => [column, "text" as const]))
    for (const column of columns?.keys() ?? [])
      if (!own.has(column)) throw new SourceFailure("column-missing", `${name}: ${column}`)
    columns ??= own
    for (const { line, cells } of rowsOf(lines, name)) {
      if (cells.length !== head.length) throw new SourceFailure("files-unreadable", `${name}:${line}`)
      if (++count > CSV_ROWS_MAX) throw new SourceFailure("files-unreadable", `more than ${CSV_ROWS_MAX} rows`)
      const row: RawRow = Object.fromEntries(head.map((column, i) => [column, cells[i]]))
      const key = keyOf(Object.keys(declared.match).map((column) => String(row[plainName(column)] ?? "")))
      const same = rows.get(key)
      if (same) same.push(row)
      else rows.set(key, [row])
    }
  }
  return { rows, columns: columns ?? new Map() }
}

function decodedOf(decoder: TextDecoder, bytes: Buffer, name: string): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new SourceFailure("files-unreadable", `${name}: encoding`)
  }
}

function firstOf(lines: ReturnType<typeof readCsv>, name: string): readonly string[] {
  for (const { cells } of rowsOf(lines, name)) return cells
  throw new SourceFailure("files-unreadable", `${name}: empty`)
}

/** The rows with the file's name in what can go wrong; goes on where it was left. */
function* rowsOf(lines: ReturnType<typeof readCsv>, name: string): ReturnType<typeof readCsv> {
  try {
    for (let next = lines.next(); !next.done; next = lines.next()) yield next.value
  } catch (error) {
    throw error instanceof NotCsv ? new SourceFailure("files-unreadable", `${name}:${error.line}`) : error
  }
}

const failureOf = (error: unknown): SourceFailure =>
  error instanceof SourceFailure ? error : new SourceFailure("files-unreadable", String((error as { code?: unknown }).code ?? ""))
