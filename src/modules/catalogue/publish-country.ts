// Publishes the services of the country's pack: new content becomes a new version, what stands there is never touched.
import {
  type Country,
  CountryFaults,
  checkService,
  countryOf,
  type DataElement,
  drawnTable,
  faultsAmong,
  type Service,
} from "#country"
import type { Tx } from "#platform/db"
import { keepCalendar } from "./calendars.ts"
import { canonicalJson, sha256 } from "./canonical.ts"
import { publishVersion, withdraw } from "./publish-version.ts"
import type { Definition } from "./published.ts"
import { type DatedRow, selectNewest } from "./store.ts"
import { today } from "./today.ts"

export interface PublicationReport {
  /** Codes that gained a version. */
  readonly published: readonly string[]
  /** Codes that the pack no longer has; their versions stay for the cases pinned to them. */
  readonly withdrawn: readonly string[]
  readonly unchanged: number
}

/**
 * Publishes every service of the pack as an immutable, dated, signed version. The same content makes no new version; other content makes
 * one in force from the day it names, but not before today; a service that the pack dropped is withdrawn. What officials published at the
 * desk stays until the pack says something new. Each change stands in the book. Throws `CountryFaults` with what stands in the way.
 */
export async function publishCountry(tx: Tx): Promise<PublicationReport> {
  const country = countryOf(tx)
  const [newest, ofPack] = [byCode(await selectNewest(tx)), byCode(await selectNewest(tx, "pack"))]
  await keepCalendar(tx, country.calendar)
  const published: string[] = []
  for (const service of country.services.values()) {
    const { code } = service.definition
    if (await publish(tx, service, country, { row: newest.get(code), ofPack: ofPack.get(code) })) published.push(code)
  }
  const gone = [...newest.values()].filter(
    ({ code, kind, origin }) => kind === "published" && origin === "pack" && !country.services.has(code),
  )
  for (const row of gone) await withdraw(tx, row, { validFrom: today(tx) }, { origin: "pack" })
  return { published, withdrawn: gone.map((row) => row.code), unchanged: country.services.size - published.length }
}

const byCode = (rows: readonly DatedRow[]) => new Map(rows.map((row) => [row.code, row]))

/** Everything of a service that its cases need. Stories are left out: a test that changes makes no new law. */
export function definitionOf(service: Service, country: Pick<Country, "vocabulary">): Definition {
  return {
    service: service.definition,
    ...(service.form !== undefined && { form: service.form }),
    ...(service.process !== undefined && { process: service.process }),
    ...(service.rules && { rules: service.rules }),
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

interface Newest {
  readonly row?: DatedRow | undefined
  readonly ofPack?: DatedRow | undefined
}

/** What the pack said before and says again doesn't undo what officials have published since. */
async function publish(tx: Tx, given: Service, country: Country, { row: newest, ofPack }: Newest): Promise<boolean> {
  const service = { ...given, process: await drawnTable(given.process) }
  const definition = definitionOf(service, country)
  const { valid } = definition.service
  const hash = sha256(canonicalJson(definition))
  if ([newest, ofPack].some((row) => row?.kind === "published" && row.hash === hash)) return false
  const day = today(tx)
  const validFrom = newest && valid.from < day ? day : valid.from
  if (valid.until && valid.until < validFrom) return false
  const faults = faultsAmong((await checkService(country, given, validFrom)).findings)
  if (faults.length > 0) throw new CountryFaults(faults)
  return publishVersion(tx, definition, newest?.version ?? 0, { validFrom, validUntil: valid.until }, { origin: "pack" })
}
