// A published version as files: those of a country pack, its drawings for other editors, and what proves it without this site.
import { dmnOfRules, fileNameOf, isDrawing, serviceFiles } from "#country"
import { compileForm, type Vocabulary } from "#engines/form"
import { bpmnOfTable, type ProcessDefinition } from "#engines/process"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { canonicalJson } from "./canonical.ts"
import { textsOf } from "./draft.ts"
import { getHistory, type VersionEntry } from "./list-definitions.ts"
import type { Definition } from "./published.ts"
import { publicKeyOf } from "./signature.ts"
import { writtenOf } from "./written.ts"

export interface DefinitionFile {
  /** `service.yaml`, `process.bpmn`, `definition.json`. */
  readonly name: string
  readonly text: string
}

export interface ExportedDefinition {
  readonly version: VersionEntry
  /** What stands in `services/CODE/` of a country pack; there it makes this version again, with the same hash. */
  readonly files: readonly DefinitionFile[]
  /** The process as BPMN and the decision tables as DMN, where `files` holds them as YAML. */
  readonly drawings: readonly DefinitionFile[]
  /** The definition as canonical JSON (RFC 8785), the site's signature over its hash (RFC 7515), and the key of that (RFC 7517). */
  readonly proof: readonly DefinitionFile[]
}

/** One version as files, for officials who keep the catalogue. Throws `not-allowed`, `not-found` for a withdrawal too. */
export async function exportDefinition(tx: Tx, code: string, version: number): Promise<ExportedDefinition> {
  const { versions } = await getHistory(tx, code)
  const entry = versions.find(({ kind, service }) => kind === "published" && service.version === version)
  if (!entry) throw problem("not-found")
  const { definition, signature } = entry.service
  const texts = textsOf(await writtenOf(tx, entry.service))
  return {
    version: entry,
    files: serviceFiles.flatMap((name) => {
      const text = texts[name]
      return text === undefined ? [] : [{ name: fileNameOf(name, text), text }]
    }),
    drawings: [
      ...(definition.process && !isDrawing(texts.process)
        ? [{ name: "process.bpmn", text: bpmnOfTable(definition.process as ProcessDefinition) }]
        : []),
      ...(definition.rules && !isDrawing(texts.rules)
        ? [{ name: "rules.dmn", text: dmnOfRules(definition.rules, fieldsOf(definition)) }]
        : []),
    ],
    proof: [
      { name: "definition.json", text: canonicalJson(definition) },
      { name: "signature.jws", text: signature },
      { name: "key.jwk", text: canonicalJson(publicKeyOf(tx)) },
    ],
  }
}

const fieldsOf = ({ form, elements }: Definition): Iterable<string> =>
  form === undefined ? [] : compileForm(form, elements as Vocabulary).fields.keys()
