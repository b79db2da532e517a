// The check of one definition against the country that runs: the same as that of a whole pack, for a draft that stands in no folder.
import { checkLanguagesOf } from "./check-languages.ts"
import { checkPublication } from "./check-publication.ts"
import { checkRunnable } from "./check-runnable.ts"
import { checkService as checkPublished } from "./check-services.ts"
import { type Checking, checkingOf } from "./checking.ts"
import type { Country, Service } from "./country.ts"
import { withTable } from "./drawn-process.ts"
import type { Finding } from "./finding.ts"
import { serviceOf } from "./load.ts"
import { type Pack, type Part, readServiceTexts, type ServicePart, type ServiceTexts } from "./pack.ts"
import type { SourceFile } from "./source.ts"

/** A definition that was looked at: the service where its files fit their schemas, and all that is wrong with it. */
export interface CheckedDefinition {
  readonly service?: Service
  readonly findings: readonly Finding[]
}

/**
 * Checks a definition given as the texts of its files, as they would stand in `services/CODE`, by the facts, registers, agencies and cast
 * of `country`. `day` (2026-03-09) is when it would come into force: discounts that are over by then are refused.
 */
export async function checkDefinition(
  country: Country,
  code: string,
  texts: ServiceTexts,
  day: string,
): Promise<CheckedDefinition> {
  const { part, findings } = readServiceTexts(code, texts)
  if (!part || findings.length > 0) return { findings: sorted(findings) }
  const c = checkingOf(packOf(country), country)
  checkLanguagesOf(c, part)
  const whole = await checkWhole(c, part, day)
  return { service: serviceOf(whole), findings: sorted(c.findings) }
}

/** The same of a service that was read before: its places in the files are unknown. */
export async function checkService(country: Country, service: Service, day: string): Promise<CheckedDefinition> {
  const dir = `services/${service.definition.code}`
  const file = <T>(name: string, data: T | undefined) =>
    data === undefined ? undefined : { source: placeless(`${dir}/${name}.yaml`, data), data }
  const { source: form } = file("form", service.form) ?? {}
  const { source: process } = file("process", service.process) ?? {}
  const rules = file("rules", service.rules)
  const result = file("result", service.result)
  const stories = service.stories.length > 0 ? file("tests", [...service.stories]) : undefined
  const part: ServicePart = {
    dir,
    definition: file("service", service.definition)!,
    ...(form && { form }),
    ...(process && { process }),
    ...(rules && { rules }),
    ...(result && { result }),
    ...(stories && { stories }),
    words: file("words", service.words)!,
  }
  const c = checkingOf(packOf(country), country)
  checkLanguagesOf(c, part)
  const whole = await checkWhole(c, part, day)
  return { service: serviceOf(whole), findings: sorted(c.findings) }
}

/** Everything of one service but its languages, which are looked at with the whole pack; gives it with its process as a table. */
export async function checkWhole(c: Checking, given: ServicePart, day: string | undefined): Promise<ServicePart> {
  const { part, findings } = await withTable(given)
  c.findings.push(...findings)
  if (findings.length > 0) return part // without a process everything else would be told wrongly
  checkPublished(c, part)
  checkPublication(c, part, checkRunnable(c, part), day)
  return part
}

const sorted = (findings: readonly Finding[]) =>
  [...findings].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column)

const packs = new WeakMap<Country, Pack>()

/** The country as the pack that it came from; its files are not looked at again, so their places are unknown. */
function packOf(country: Country): Pack {
  const known = packs.get(country)
  if (known) return known
  const part = <T>(file: string, data: T): Part<T> => ({ source: placeless(file, data), data })
  const pack: Pack = {
    dir: country.dir,
    facts: part("country.yaml", country),
    calendar: part("calendar.yaml", country.calendar),
    vocabulary: part("vocabulary.yaml", country.vocabulary),
    agencies: part("agencies.yaml", { kinds: country.agencyKinds, agencies: [...country.agencies.values()] }),
    people: part("people.yaml", country.cast),
    registers: [...country.registers.values()].map((register) => part(`registers/${register.id}.yaml`, register)),
    services: [],
  }
  packs.set(country, pack)
  return pack
}

const placeless = (file: string, data: unknown): SourceFile => ({ file, data, at: () => ({ file, line: 1, column: 1 }) })
