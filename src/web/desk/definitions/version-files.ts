// The files of a published version as a browser saves them: one by one, or all in one archive laid out as in a country pack.
import { strToU8, zipSync } from "fflate"
import type { ExportedDefinition } from "#catalogue"

/** The name of the archive. */
export const archiveOf = ({ version: { service } }: ExportedDefinition): string => `${service.code}-v${service.version}.zip`

/** Its content; the same version always gives the same entries, dated by its publication. */
export function zipOf({ version: { service }, files }: ExportedDefinition): Buffer {
  const entries = files.map(({ name, text }) => [`services/${service.code}/${name}`, strToU8(text)] as const)
  return Buffer.from(zipSync(Object.fromEntries(entries), { mtime: service.publishedAt }))
}

const types: Readonly<Record<string, string>> = {
  yaml: "application/yaml", // RFC 9512
  bpmn: "application/xml",
  dmn: "application/xml",
  json: "application/json",
  jws: "application/jose", // RFC 7515
  jwk: "application/jwk+json", // RFC 7517
}

/** The media type of a file by its ending. */
export const typeOfFile = (name: string): string => types[name.split(".").at(-1)!] ?? "application/octet-stream"
