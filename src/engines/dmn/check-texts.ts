// The texts of a model, told before it decides anything: names that nobody knows, types that can't be right.
import type { FeelType } from "#engines/feel"
import type { TextFault } from "./compile-boxed.ts"
import { type CompiledModel, compileModel } from "./compile-model.ts"
import type { Model } from "./model.ts"

/** A model with its texts compiled, and all that is wrong with them. */
export interface CheckedModel {
  readonly compiled: CompiledModel
  readonly faults: readonly TextFault[]
}

/**
 * Every cell, literal expression and other FEEL of a model against the names and types of its place (DMN 1.5, chapters 6 and 10), imports
 * aside. `inputs` are the types of input data, by name, that the model itself leaves open. Throws DmnError `unknown-element`, `unknown-import`.
 */
export function checkTexts(model: Model, inputs: Readonly<Record<string, FeelType>> = {}): CheckedModel {
  const compiled = compileModel(model, new Map(), { checked: true, inputs })
  for (const { id } of model.elements) compiled.unit(id).prepare?.()
  return { compiled, faults: compiled.faults }
}
