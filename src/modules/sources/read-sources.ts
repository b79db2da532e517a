// Reads sources/*.yaml: everything wrong in them with its line and mend, at once, before anything is opened.

import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import type { FileFinding } from "#country"
import { type Country, readSource, type SourceFile, schemaFindings } from "#country"
import { checkSource } from "./check-source.ts"
import { findingAt, SourceFaults } from "./finding.ts"
import { SOURCES_MAX } from "./limits.ts"
import { kinds, type SourceDeclaration, type SourceKind, schemas } from "./source-file.ts"

const FOLDER = "sources"

/** A declaration and the text that it stands in. */
export interface ReadSource {
  readonly declared: SourceDeclaration
  readonly file: SourceFile
}

export interface ReadSources {
  /** Files that a declaration names count from here. */
  readonly folder: string
  readonly sources: readonly ReadSource[]
}

/**
 * Reads the folder `sources` beside the site's file; none means no source. `isHere` says whether an agency works at this site. Throws
 * SourceFaults with every fault.
 */
export function readSources(siteFolder: string, country: Country, isHere: (agency: string) => boolean = () => true): ReadSources {
  const folder = join(siteFolder, FOLDER)
  if (!existsSync(folder)) return { folder, sources: [] }
  const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name))
  const findings: FileFinding[] = []
  const sources: ReadSource[] = []
  for (const name of names.sort()) {
    const read = readShape(folder, name)
    if (Array.isArray(read)) findings.push(...read)
    else sources.push(read as ReadSource)
  }
  if (sources.length > SOURCES_MAX) findings.push(findingAt(sources.at(-1)!.file, [], "sources-too-many", { max: SOURCES_MAX }))
  findings.push(...namedTwice(sources))
  const answered = new Set(sources.map(({ declared }) => declared.answers))
  for (const source of sources) findings.push(...checkSource(source, { folder, country, isHere, answered }))
  if (findings.length > 0) throw new SourceFaults(findings)
  return { folder, sources }
}

/** The declaration, when it is one; else what is wrong with its shape. */
function readShape(folder: string, name: string): ReadSource | readonly FileFinding[] {
  const file = readSource(folder, name)
  if (!("data" in file)) return file
  const secrets = secretsInClear(file)
  const kind = (file.data as { kind?: unknown } | null)?.kind
  if (!kinds.includes(kind as SourceKind))
    return [...secrets, findingAt(file, ["kind"], "kind-unknown", { value: String(kind ?? ""), known: kinds.join(", ") })]
  const shape = schemaFindings(file, schemas[kind as SourceKind])
  const others = shape.filter((one) => !secrets.some(({ line }) => line === one.line))
  return secrets.length + others.length > 0 ? [...secrets, ...others] : { declared: file.data as SourceDeclaration, file }
}

/** Told before the shape, whose words would show the value. */
function secretsInClear(file: SourceFile): FileFinding[] {
  const { connection, headers, url } = (file.data ?? {}) as Readonly<Record<string, unknown>>
  const found: FileFinding[] = []
  if (isText((connection as { password?: unknown } | undefined)?.password))
    found.push(findingAt(file, ["connection", "password"], "secret-in-clear"))
  if (typeof headers === "object" && headers !== null)
    for (const [name, value] of Object.entries(headers))
      if (isText(value)) found.push(findingAt(file, ["headers", name], "secret-in-clear"))
  if (typeof url === "string" && /^[a-z]+:\/\/[^/]*@/i.test(url)) found.push(findingAt(file, ["url"], "secret-in-clear"))
  return found
}

const isText = (value: unknown): boolean => typeof value === "string" || typeof value === "number"

function namedTwice(sources: readonly ReadSource[]): FileFinding[] {
  const seen = new Set<string>()
  return sources.flatMap(({ declared, file }) =>
    (["id", "answers"] as const).flatMap((key) => {
      const name = `${key} ${declared[key]}`
      const isSeen = seen.has(name)
      seen.add(name)
      return isSeen ? [findingAt(file, [key], "named-twice", { value: declared[key] })] : []
    }),
  )
}
