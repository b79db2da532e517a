// Loads a country pack for running: read, fitted to its schemas, laid out for quick look-up. The full check is checkCountry.
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Country, Service } from "./country.ts"
import { openDivisions } from "./division-tree.ts"
import type { Finding } from "./finding.ts"
import { type Pack, readPack, type ServicePart } from "./pack.ts"
import type { IndexFile, IndexRow } from "./service.ts"
import type { Vocabulary } from "./vocabulary.ts"

/** Thrown when a pack does not fit its schemas; `findings` say where and how to mend it. */
export class CountryFaults extends Error {
  constructor(readonly findings: readonly Finding[]) {
    super(findings.map((f) => `${f.file}:${f.line}:${f.column} ${f.code}: ${f.words.en} ${f.mend.en}`).join("\n"))
    this.name = "CountryFaults"
  }
}

/** Loads the pack in `dir`. Throws CountryFaults with every place where it does not fit the schemas. */
export function loadCountry(dir: string): Country {
  const { pack, findings } = readPack(dir)
  if (!pack || findings.length > 0) throw new CountryFaults(findings)
  return countryFrom(pack)
}

/** Lays out a pack that was read. */
export function countryFrom(pack: Pack): Country {
  const { dir, facts, people } = pack
  const agencies = pack.agencies.data
  return {
    ...facts.data,
    dir,
    calendar: pack.calendar.data,
    vocabulary: withOptions(pack.vocabulary.data),
    agencyKinds: agencies.kinds,
    agencies: new Map(agencies.agencies.map((a) => [a.id, a])),
    divisions: openDivisions({
      generations: facts.data.generations,
      current: facts.data.generations.find((g) => !g.until)?.id ?? facts.data.generations.at(-1)!.id,
      successions: facts.data.successions,
      read: (file) => readJson(join(dir, file)),
    }),
    cast: people.data,
    registers: new Map(pack.registers.map(({ data }) => [data.id, data])),
    services: new Map(pack.services.map((s) => [s.definition.data.code, serviceOf(s)])),
    index: indexReader(dir),
  }
}

/** Lays the items of each code list into the elements that name it. */
function withOptions(vocabulary: Vocabulary): Vocabulary {
  const elements = Object.entries(vocabulary.elements).map(([id, element]) => {
    const items = element.codes ? vocabulary.codeLists[element.codes] : undefined
    return [id, items ? { ...element, options: items.map(({ id: value, name }) => ({ value, name })) } : element] as const
  })
  return { ...vocabulary, elements: Object.fromEntries(elements) }
}

/** A service as the program reads it. */
export function serviceOf(part: ServicePart): Service {
  return {
    definition: part.definition.data,
    ...(part.form && { form: part.form.data }),
    ...(part.process && { process: part.process.data }),
    ...(part.rules && { rules: part.rules.data }),
    ...(part.result && { result: part.result.data }),
    stories: part.stories?.data ?? [],
    words: part.words?.data ?? {},
  }
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"))

function indexReader(dir: string): () => readonly IndexRow[] {
  let rows: readonly IndexRow[] | undefined
  return () => {
    const path = join(dir, "indexes/procedures.json")
    rows ??= existsSync(path)
      ? (readJson(path) as IndexFile).rows.map(([code, name, tier, field, ministry]) => ({ code, name, tier, field, ministry }))
      : []
    return rows
  }
}
