// Reads all files of a pack against their schemas: what is right as data, what is wrong as findings.
import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import type { Static, TSchema } from "typebox"
import { AgenciesFile } from "./agencies.ts"
import { CalendarData } from "./calendar.ts"
import { drawnRules } from "./drawn-rules.ts"
import { CountryFacts } from "./facts.ts"
import { type Finding, finding } from "./finding.ts"
import { Stories, Words } from "./pack-schemas.ts"
import { PeopleFile } from "./people.ts"
import { RegisterDefinition } from "./registers.ts"
import { RulesDefinition } from "./rules.ts"
import { schemaFindings } from "./schema-findings.ts"
import { ResultDefinition, ServiceDefinition, type ServiceStory } from "./service.ts"
import { isDrawing, readSource, readText, type SourceFile } from "./source.ts"
import type { Text } from "./text.ts"
import { Vocabulary } from "./vocabulary.ts"

const REGISTERS_MAX = 200
const SERVICES_MAX = 10_000

/** A file that fits its schema. */
export interface Part<T> {
  readonly source: SourceFile
  readonly data: T
}

export interface ServicePart {
  readonly dir: string
  readonly definition: Part<ServiceDefinition>
  readonly form?: SourceFile
  /** A step table, or the text of a BPMN drawing of one. */
  readonly process?: SourceFile
  readonly rules?: Part<RulesDefinition>
  readonly result?: Part<ResultDefinition>
  readonly stories?: Part<ServiceStory[]>
  readonly words?: Part<Record<string, Text>>
}

export interface Pack {
  readonly dir: string
  readonly facts: Part<CountryFacts>
  readonly calendar: Part<CalendarData>
  readonly vocabulary: Part<Vocabulary>
  readonly agencies: Part<AgenciesFile>
  readonly people: Part<PeopleFile>
  readonly registers: readonly Part<RegisterDefinition>[]
  readonly services: readonly ServicePart[]
}

/** Reads the pack in `dir`. `pack` is there when the core files and all registers are right; services that are wrong are left out of it. */
export function readPack(dir: string): { pack?: Pack; findings: readonly Finding[] } {
  const reader = openReader(dir)
  const facts = reader.part("country", CountryFacts)
  const calendar = reader.part("calendar", CalendarData)
  const vocabulary = reader.part("vocabulary", Vocabulary)
  const agencies = reader.part("agencies", AgenciesFile)
  const people = reader.part("people", PeopleFile)
  const registers = reader
    .list("registers", REGISTERS_MAX)
    .flatMap((file) => reader.part(`registers/${stem(file)}`, RegisterDefinition) ?? [])
  const isCoreRight = reader.findings.length === 0
  const services = reader.list("services", SERVICES_MAX).flatMap((code) => readService(reader, `services/${code}`) ?? [])
  const { findings } = reader
  if (!isCoreRight || !facts || !calendar || !vocabulary || !agencies || !people) return { findings }
  return { findings, pack: { dir, facts, calendar, vocabulary, agencies, people, registers, services } }
}

interface Reader {
  readonly findings: Finding[]
  /** Names in a folder, in order; none when there is no such folder. */
  list(folder: string, max: number): readonly string[]
  /** The file, with .yaml or .json, where it fits the schema. */
  part<T extends TSchema>(name: string, schema: T, optional?: "optional", made?: Making): Part<Static<T>> | undefined
  plain(name: string): SourceFile | undefined
}

/** Makes data that its schema can look at of what was read. */
type Making = (source: SourceFile) => SourceFile | readonly Finding[]

const openReader = (dir: string): Reader =>
  readerOf(dir, (name) => {
    const [file, ...others] = ["yaml", "json", "bpmn", "dmn"]
      .map((end) => `${name}.${end}`)
      .filter((f) => existsSync(join(dir, f)))
    if (file === undefined) return undefined
    if (others.length === 0) return readSource(dir, file)
    return [finding({ file: others[0]!, line: 1, column: 1 }, "file-twice", { file })]
  })

function readerOf(dir: string, read: (name: string) => ReturnType<typeof readSource> | undefined): Reader {
  const findings: Finding[] = []
  const kept = (source: ReturnType<Making> | undefined): SourceFile | undefined => {
    if (!source || "data" in source) return source
    findings.push(...source)
    return undefined
  }
  const plain = (name: string) => kept(read(name))
  return {
    findings,
    plain,
    list: (folder, max) => {
      if (!existsSync(join(dir, folder))) return []
      const names = readdirSync(join(dir, folder)).filter((n) => !n.startsWith("."))
      if (names.length > max)
        findings.push(finding({ file: folder, line: 1, column: 1 }, "too-many-files", { max, count: names.length }))
      return names.sort().slice(0, max)
    },
    part: (name, schema, optional, made = (source) => source) => {
      const before = findings.length
      const read = plain(name)
      const source = read && kept(made(read))
      if (!source) {
        if (findings.length === before && !optional)
          findings.push(finding({ file: `${name}.yaml`, line: 1, column: 1 }, "file-missing"))
        return undefined
      }
      const wrong = schemaFindings(source, schema)
      findings.push(...wrong)
      return wrong.length > 0 ? undefined : { source, data: source.data as Static<typeof schema> }
    },
  }
}

/** The files of one service that stands in no folder: its parts by name (`service`, `form`, …) as texts of YAML or JSON. */
export function readServiceTexts(
  code: string,
  texts: ServiceTexts,
): { readonly part?: ServicePart; readonly findings: readonly Finding[] } {
  const dir = `services/${code}`
  const reader = readerOf("", (name) => {
    const text = texts[name.slice(dir.length + 1) as keyof ServiceTexts]
    return text === undefined ? undefined : readText(`${name}.yaml`, text)
  })
  const part = readService(reader, dir)
  return { ...(part && { part }), findings: reader.findings }
}

/** The names of a service's files, without their endings. */
export const serviceFiles = ["service", "form", "process", "rules", "result", "tests", "words"] as const

/** Files that may be drawn instead of written, with the ending of their XML. */
export const drawings: { readonly [name in (typeof serviceFiles)[number]]?: string } = { process: "bpmn", rules: "dmn" }

/** What a file is called on a disk: a process that is drawn is BPMN, rules are DMN, everything else YAML. */
export const fileNameOf = (name: (typeof serviceFiles)[number], text: string): string =>
  `${name}.${(isDrawing(text) && drawings[name]) || "yaml"}`

/** The files of one service as texts. */
export type ServiceTexts = { readonly [name in (typeof serviceFiles)[number]]?: string }

function readService(reader: Reader, dir: string): ServicePart | undefined {
  const definition = reader.part(`${dir}/service`, ServiceDefinition)
  const form = reader.plain(`${dir}/form`)
  const process = reader.plain(`${dir}/process`)
  const rules = reader.part(`${dir}/rules`, RulesDefinition, "optional", drawnRules)
  const result = reader.part(`${dir}/result`, ResultDefinition, "optional")
  const stories = reader.part(`${dir}/tests`, Stories, "optional")
  const words = reader.part(`${dir}/words`, Words, "optional")
  if (!definition) return undefined
  return {
    dir,
    definition,
    ...(form && { form }),
    ...(process && { process }),
    ...(rules && { rules }),
    ...(result && { result }),
    ...(stories && { stories }),
    ...(words && { words }),
  }
}

const stem = (file: string) => file.replace(/\.(yaml|json)$/, "")
