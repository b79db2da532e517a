// Asks the source that answers a record type: within its limits, mapped to the record's fields, believed only where it fits them.
import { createHash } from "node:crypto"
import type { Tx } from "#platform/db"
import { Problem } from "#platform/problem"
import type { Site } from "#platform/site"
import { checkFields, type RecordType, type RegisterEntry } from "#registers"
import { SourceFailure } from "./failure.ts"
import { type MappedRow, recordIdOf, type SourceRequest } from "./mapping.ts"
import type { Kept, OpenSource, Sources } from "./open-sources.ts"

const links = new WeakMap<Site, Sources>()

/** Links a site with its sources: their record types are answered by them from now on, read only. */
export function linkSources(site: Site, sources: Sources): void {
  links.set(site, sources)
}

/** What people call the source that answers a record type; undefined where this site keeps it. */
export const sourceNameOf = (tx: Pick<Tx, "site">, type: string): Readonly<Record<string, string>> | undefined =>
  links.get(tx.site)?.byType.get(type)?.declared.name

/** Does a source answer for this record type (`health/birth-statement`)? Then nothing can be written to it here. */
export const isAnsweredBySource = (tx: Pick<Tx, "site">, type: string): boolean => links.get(tx.site)?.byType.has(type) ?? false

export type SourceAnswer =
  | {
      readonly kind: "answer"
      /** Newest first; none when the source knows nothing of the person. */
      readonly entries: readonly RegisterEntry[]
      /** When the source was really asked. */
      readonly askedAt: Date
    }
  /** It did not answer as declared; `code` says why, without anybody's data. */
  | { readonly kind: "silent"; readonly code: string }

/**
 * Asks the source of `type`, after the exchange has authorised; with `isFresh` the source itself, whatever was kept of it. Throws what a
 * register of this site throws when that is the source.
 */
export async function readFromSource(
  tx: Tx,
  type: RecordType,
  request: SourceRequest,
  { isFresh = false } = {},
): Promise<SourceAnswer> {
  const source = links.get(tx.site)?.byType.get(type.name)
  if (!source) throw new Error(`no source answers ${type.name}`)
  const { declared, figures } = source
  const began = performance.now()
  try {
    const { rows, askedAt, isKept } = await ask(tx, source, request, isFresh)
    const entries = rows.map((raw) => entryOf(tx, type, source, request, source.mapping.rowOf(raw), askedAt))
    figures.counts[isKept ? "kept" : entries.length > 0 ? "answered" : "empty"]++
    return { kind: "answer", entries: entries.sort(newestFirst), askedAt }
  } catch (error) {
    if (!(error instanceof SourceFailure) && declared.kind === "register") throw error
    const code = error instanceof SourceFailure ? error.message : "fault"
    const isTurnedAway = error instanceof SourceFailure && (error.code === "busy" || error.code === "breaker-open")
    figures.counts[isTurnedAway ? "turned-away" : "failed"]++
    tx.site.log.warn({ source: declared.id, service: type.name, code, ms: performance.now() - began }, "a source is silent")
    return { kind: "silent", code }
  }
}

/** Of what was kept, else of the source itself. What is empty is not kept: a record that has just been made would stay unseen. */
async function ask(
  tx: Tx,
  source: OpenSource,
  request: SourceRequest,
  isFresh: boolean,
): Promise<Kept & { readonly isKept: boolean }> {
  const { asker, mapping, guard, cache, figures, rowsMax } = source
  const parameters = mapping.parametersOf(request)
  const key = keyOf(request, parameters)
  const kept = isFresh ? undefined : cache.find(key)
  if (kept) return { ...kept, isKept: true }
  const began = performance.now()
  const rows = await guard
    .run(async (signal, leftMs) => {
      figures.asked++
      return asker.ask({ parameters, request, rowsMax, signal, leftMs, tx })
    })
    .finally(() => {
      figures.seconds += (performance.now() - began) / 1000
    })
  // Not the time of the deed: it has waited.
  const found = { rows, askedAt: tx.site.clock() }
  if (rows.length > 0) cache.keep(key, found)
  return { ...found, isKept: false }
}

/** The purpose is part of it: what was asked for one purpose is not at hand for another. */
const keyOf = (request: SourceRequest, parameters: object): string =>
  createHash("sha256")
    .update(JSON.stringify([request.purpose, request.number, request.validOn, parameters]))
    .digest("base64url")

function entryOf(
  tx: Tx,
  type: RecordType,
  { declared }: OpenSource,
  { number, validOn }: SourceRequest,
  { data, validFrom, mark }: MappedRow,
  askedAt: Date,
): RegisterEntry {
  const { key, many } = type.record
  if (data[key] !== undefined && data[key] !== number) throw new SourceFailure("other-subject", key)
  const fields = { ...data, [key]: number }
  const fault = faultOf(tx, type, fields)
  if (fault !== undefined) throw new SourceFailure("field-wrong", fault)
  const secret = tx.site.keys.secret("source-record")
  const record = many ? recordIdOf(secret, declared.id, number, mark) : tx.site.keys.subjectOf(number)
  return { type: type.name, record, version: 1, data: fields, validFrom: validFrom ?? validOn, recordedAt: askedAt }
}

/** The field that is not what the pack says it is. */
function faultOf(tx: Tx, type: RecordType, fields: Readonly<Record<string, unknown>>): string | undefined {
  try {
    checkFields(tx, type, fields)
    return undefined
  } catch (error) {
    if (error instanceof Problem && error.code === "record-invalid") return String(error.params.field)
    throw error
  }
}

const newestFirst = (a: RegisterEntry, b: RegisterEntry): number =>
  a.validFrom < b.validFrom ? 1 : a.validFrom > b.validFrom ? -1 : 0
