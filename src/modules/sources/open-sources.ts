// Opens the sources of a site: each with its asker, mapping, guard and cache; and looks whether they still are what was declared.
import type { FileFinding } from "#country"
import type { Log } from "#platform/log"
import { openCsv } from "./ask-csv.ts"
import { openMariadb } from "./ask-mariadb.ts"
import { openPostgresql } from "./ask-postgresql.ts"
import { openRegister } from "./ask-register.ts"
import { type Endpoint, openRest } from "./ask-rest.ts"
import { openSoap } from "./ask-soap.ts"
import type { Asker } from "./asker.ts"
import { type Cache, openCache } from "./cache.ts"
import { type Family, fits, plainName, type RawRow } from "./column.ts"
import { SourceFailure } from "./failure.ts"
import { type Figures, measuresOf, newFigures } from "./figures.ts"
import { findingAt } from "./finding.ts"
import { type Guard, openGuard } from "./guard.ts"
import { AT_ONCE, PER_MINUTE, ROWS, TRIES, WAIT_MS } from "./limits.ts"
import { compileMapping, type Mapping } from "./mapping.ts"
import { findOperation } from "./openapi.ts"
import { type Dialect, type Query, readQuery } from "./query.ts"
import type { ReadSource, ReadSources } from "./read-sources.ts"
import type { CsvSource, DatabaseSource, RegisterSource, RestSource, SoapSource, SourceDeclaration } from "./source-file.ts"

/** What was found, and when the source was really asked. */
export interface Kept {
  readonly rows: readonly RawRow[]
  readonly askedAt: Date
}

export interface OpenSource {
  readonly declared: SourceDeclaration
  readonly asker: Asker
  readonly mapping: Mapping
  readonly guard: Guard
  readonly cache: Cache<Kept>
  readonly figures: Figures
  readonly rowsMax: number
}

export interface Sources {
  /** By the record type that they answer. */
  readonly byType: ReadonlyMap<string, OpenSource>
  /** What a source says differently from its declaration, or that it is silent; asks every one that can say. */
  check(): Promise<FileFinding[]>
  /** For the page of measures. */
  readonly measures: ReturnType<typeof measuresOf>
  close(): Promise<void>
}

export interface OpenOptions {
  readonly log: Pick<Log, "warn">
  /** Milliseconds of a clock that never goes back; tests bring their own. */
  readonly now?: () => number
}

/** Opens what `readSources` has read. Nothing is asked yet: a system that is down keeps no site from starting. */
export function openSources({ folder, sources }: ReadSources, { log, now = () => performance.now() }: OpenOptions): Sources {
  const opened = sources.map(({ declared, file }) => ({ file, source: openOne(declared, folder, log, now) }))
  return {
    byType: new Map(opened.map(({ source }) => [source.declared.answers, source])),
    check: async () => (await Promise.all(opened.map(({ file, source }) => differences(source, file)))).flat(),
    measures: measuresOf(() =>
      opened.map(({ source: { declared, figures, guard } }) => ({ id: declared.id, figures, state: guard.state })),
    ),
    close: async () => {
      await Promise.all(opened.map(({ source }) => source.asker.close()))
    },
  }
}

function openOne(declared: SourceDeclaration, folder: string, log: OpenOptions["log"], now: () => number): OpenSource {
  const { waitMs = WAIT_MS, tries = TRIES, atOnce = AT_ONCE, perMinute = PER_MINUTE, rows = ROWS } = declared.limits ?? {}
  const warn = ({ code, detail }: SourceFailure) => log.warn({ source: declared.id, code, detail }, "a source keeps what it had")
  return {
    declared,
    asker: openAsker(declared, folder, atOnce, now, warn),
    mapping: compileMapping(declared),
    guard: openGuard({ waitMs, tries, atOnce, perMinute, now }),
    cache: openCache(declared.cache?.seconds, now),
    figures: newFigures(),
    rowsMax: rows,
  }
}

function openAsker(
  declared: SourceDeclaration,
  folder: string,
  atOnce: number,
  now: () => number,
  warn: (failure: SourceFailure) => void,
): Asker {
  switch (declared.kind) {
    case "postgresql":
      return openPostgresql(declared as DatabaseSource, queryOf(declared as DatabaseSource), folder, atOnce)
    case "mariadb":
      return openMariadb(declared as DatabaseSource, queryOf(declared as DatabaseSource), folder, atOnce)
    case "rest":
      return openRest(declared as RestSource, endpointOf(declared as RestSource, folder), folder, atOnce)
    case "soap":
      return openSoap(declared as SoapSource, folder, atOnce)
    case "csv":
      return openCsv(declared as CsvSource, folder, now, warn)
    case "register":
      return openRegister(declared as RegisterSource)
  }
}

function queryOf({ query, kind, id }: DatabaseSource): Query {
  const read = readQuery(query, kind as Dialect)
  if (typeof read === "string") throw new Error(`the source ${id} was not checked: ${read}`)
  return read
}

function endpointOf({ url, method = "GET", openapi, id }: RestSource, folder: string): Endpoint {
  if (openapi === undefined) return { url: url!, method }
  const found = findOperation(folder, openapi.file, openapi.operation, openapi.server)
  if (typeof found === "string") throw new Error(`the source ${id} was not checked: ${found}`)
  return found
}

const CHECK_MS = 4_000

/** Columns that are gone or have become another type, in plain words. */
async function differences({ declared, asker }: OpenSource, file: ReadSource["file"]): Promise<FileFinding[]> {
  if (!asker.describe) return []
  try {
    const has = await asker.describe(AbortSignal.timeout(CHECK_MS), CHECK_MS)
    const plain = new Map([...has].map(([name, family]) => [plainName(name), family]))
    return Object.entries(declared.columns).flatMap(([column, type]) => {
      const name = plainName(column)
      if (!plain.has(name))
        return [
          findingAt(file, ["columns", column], "column-missing", { value: column, known: [...has.keys()].join(", ") }, "key"),
        ]
      const found: Family | undefined = plain.get(name)
      if (found !== undefined && fits(type, found)) return []
      return [findingAt(file, ["columns", column], "column-differs", { value: column, declared: type, found: found ?? "?" })]
    })
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error
    return [findingAt(file, ["kind"], "source-silent", { value: error.message })]
  }
}
