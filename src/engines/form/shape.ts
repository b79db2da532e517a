// A piece of a definition against its schema; the validator's words turned into faults.
import type { Static, TSchema } from "typebox"
import { Value } from "typebox/value"
import type { DefinitionFault } from "./faults.ts"

/** Has `value` the shape of `schema`? Words in `loose` are looked at by somebody else. Adds what is wrong to `faults`. */
export function isShaped<T extends TSchema>(
  schema: T,
  value: unknown,
  path: readonly (string | number)[],
  faults: DefinitionFault[],
  loose: readonly string[] = [],
): value is Static<T> {
  const errors = Value.Errors(schema, value).filter((error) => !loose.some((word) => error.instancePath.startsWith(`/${word}/`)))
  // A word too many is told once: of the object that has it, not of the word's own value as well.
  const extras = new Set(errors.flatMap((error) => extrasOf(error.params).map((word) => `${error.instancePath}/${word}`)))
  for (const error of errors.filter((one) => !extras.has(one.instancePath)).slice(0, 10)) {
    const inside = error.instancePath.split("/").slice(1).map(keyOf)
    const [extra] = extrasOf(error.params)
    const [code, place] = extra === undefined ? ["shape", inside] : ["unknown-word", [...inside, extra]]
    faults.push({
      path: [...path, ...place],
      code: code as string,
      message: messageOf(error.message, extra),
      mend: "See the grammar of form.yaml",
    })
  }
  return errors.length === 0
}

const keyOf = (part: string): string | number =>
  /^\d+$/.test(part) ? Number(part) : part.replaceAll("~1", "/").replaceAll("~0", "~")

const extrasOf = (params: object): readonly string[] =>
  (params as { additionalProperties?: readonly string[] }).additionalProperties ?? []

const messageOf = (message: string, extra: string | undefined) => (extra === undefined ? message : `"${extra}" is not known here`)
