// The compiled form and process of a version, made once per process and kept as long as they are in use.
import { modelOfRules, type ResultDefinition, type RulesDefinition, type ServiceDefinition, type Text } from "#country"
import { type CompiledModel, compileModel } from "#engines/dmn"
import { compileForm, type Form, type Vocabulary } from "#engines/form"
import { compileProcess, type Process } from "#engines/process"
import type { Tx } from "#platform/db"
import { Bounded } from "./bounded.ts"
import { startableService } from "./published.ts"
import { getVersion } from "./services.ts"

/** A version that can run here. */
export interface CompiledService {
  readonly code: string
  readonly hash: string
  readonly version: number
  readonly definition: ServiceDefinition
  readonly form: Form
  readonly process: Process
  /** Its decision tables, and the model to ask them. */
  readonly rules?: RulesDefinition & { readonly model: CompiledModel }
  readonly result?: ResultDefinition
  readonly words: Readonly<Record<string, Text>>
}

/** Versions kept compiled; the one that was used longest ago goes first, and is compiled again when it is asked for. */
const COMPILED_MAX = 50
const cache = new Bounded<CompiledService>(COMPILED_MAX)

/**
 * The compiled form and process of a pinned version; undefined when the service can't be run here. Throws `not-found` for a version that
 * was never published. A version never changes, so neither does what is given here: don't write into it.
 */
export async function compiled(tx: Tx, code: string, hash: string): Promise<CompiledService | undefined> {
  const key = `${code}/${hash}`
  const known = cache.get(key)
  if (known) return known
  const { definition, version } = await getVersion(tx, code, hash)
  if (!startableService(definition).online) return undefined
  const form = compileForm(definition.form, definition.elements as Vocabulary)
  const { rules } = definition
  return cache.set(key, {
    code,
    hash,
    version,
    definition: definition.service,
    form,
    process: compileProcess(definition.process),
    ...(rules && { rules: { ...rules, model: compileModel(modelOfRules(rules, form.fields.keys())) } }),
    ...(definition.result && { result: definition.result }),
    words: definition.words,
  })
}
