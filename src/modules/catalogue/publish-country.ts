// Publishes the services of the country's pack: new content becomes a new version, what stands there is never touched.
import { append } from "#audit"
import { type Country, countryOf, type DataElement, type Service } from "#country"
import { compileForm, type Vocabulary } from "#engines/form"
import { compileProcess, limitHoursOf } from "#engines/process"
import type { Tx } from "#platform/db"
import { canonicalJson, sha256 } from "./canonical.ts"
import type { Definition } from "./published.ts"
import { signClaim } from "./signature.ts"
import { insertDefinition, insertPublication, type PublicationRow, selectNewest } from "./store.ts"
import { today } from "./today.ts"

/** The book of the site itself: publishing is no deed of one agency. */
const SITE_BOOK = "site"

export interface PublicationReport {
  /** Codes that gained a version. */
  readonly published: readonly string[]
  /** Codes that the pack no longer has; their versions stay for the cases pinned to them. */
  readonly withdrawn: readonly string[]
  readonly unchanged: number
}

/**
 * Publishes every service of the pack as an immutable, dated, signed version. The same content makes no new version; other content makes
 * one in force from the day it names, but not before today; a service that the pack dropped is withdrawn. Each change stands in the book.
 */
export async function publishCountry(tx: Tx): Promise<PublicationReport> {
  const country = countryOf(tx)
  const newest = new Map((await selectNewest(tx)).map((row) => [row.code, row]))
  const published: string[] = []
  for (const service of country.services.values())
    if (await publish(tx, definitionOf(service, country), newest.get(service.definition.code)))
      published.push(service.definition.code)
  const gone = [...newest.values()].filter((row) => row.kind === "published" && !country.services.has(row.code))
  for (const row of gone) await withdraw(tx, row)
  return { published, withdrawn: gone.map((row) => row.code), unchanged: country.services.size - published.length }
}

/** Everything of a service that its cases need. Stories are left out: a test that changes makes no new law. */
export function definitionOf(service: Service, country: Pick<Country, "vocabulary">): Definition {
  return {
    service: service.definition,
    ...(service.form !== undefined && { form: service.form }),
    ...(service.process !== undefined && { process: service.process }),
    ...(service.result && { result: service.result }),
    words: service.words,
    elements: elementsIn(service.form, country.vocabulary.elements),
  }
}

/** The data elements that a form names anywhere. */
function elementsIn(form: unknown, elements: Readonly<Record<string, DataElement>>): Record<string, DataElement> {
  const found: Record<string, DataElement> = {}
  const walk = (value: unknown): void => {
    if (typeof value === "string") {
      if (Object.hasOwn(elements, value)) found[value] = elements[value]!
    } else if (typeof value === "object" && value !== null) {
      for (const item of Object.values(value)) walk(item)
    }
  }
  walk(form)
  return found
}

async function publish(tx: Tx, definition: Definition, newest?: PublicationRow): Promise<boolean> {
  const { code, valid } = definition.service
  const canonical = canonicalJson(definition)
  const hash = sha256(canonical)
  if (newest?.kind === "published" && newest.hash === hash) return false
  const day = today(tx)
  const validFrom = newest && valid.from < day ? day : valid.from
  if (valid.until && valid.until < validFrom) return false
  assertRuns(definition)
  const row = { code, hash, version: (newest?.version ?? 0) + 1, kind: "published" as const, validFrom, validUntil: valid.until }
  await insertDefinition(tx, code, hash, canonical)
  return record(tx, row)
}

/** What can't be compiled is never published. Throws the engines' own faults. */
function assertRuns({ service, form, process, elements }: Definition): void {
  if (form !== undefined) compileForm(form, elements as Vocabulary)
  const { limit } = service
  if (process === undefined) return
  compileProcess(process, limit.unit === "unspecified" ? {} : { limitHours: limitHoursOf({ ...limit, unit: limit.unit }) })
}

async function withdraw(tx: Tx, { code, hash, version }: PublicationRow): Promise<void> {
  await record(tx, { code, hash, version: version + 1, kind: "withdrawn", validFrom: today(tx), validUntil: undefined })
}

/** Adds the signed row and its entry in the book; false when another process has done so already. */
async function record(tx: Tx, claim: Parameters<typeof signClaim>[1]): Promise<boolean> {
  const { code, hash, version, kind } = claim
  const inserted = await insertPublication(tx, {
    code,
    hash,
    version,
    kind,
    valid_from: claim.validFrom,
    valid_until: claim.validUntil ?? null,
    signature: signClaim(tx, claim),
    published_at: tx.now,
    published_by: publisherOf(tx),
  })
  if (!inserted) return false
  if (kind === "published")
    append(tx, { agency: SITE_BOOK, event: "service-published", details: { service: code, version, hash } })
  else append(tx, { agency: SITE_BOOK, event: "service-withdrawn", details: { service: code, version } })
  return true
}

function publisherOf({ actor }: Tx): string {
  if (actor.kind === "system") return actor.name
  return actor.kind === "public" ? "public" : actor.accountId
}
