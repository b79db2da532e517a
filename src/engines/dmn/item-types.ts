// Item definitions as types of FEEL, with the values they allow.
import {
  basicTypes,
  type Code,
  compileText,
  FeelError,
  type FeelType,
  Frame,
  INPUT,
  type Run,
  Scope,
  typeOfText,
  type Value,
} from "#engines/feel"
import { TEXT_MAX, TEXT_TREE_MAX } from "./limits.ts"
import type { ItemDefinition, Model } from "./model.ts"

export const textLimits = { length: TEXT_MAX, tree: TEXT_TREE_MAX, depth: 200 } as const

/** Types by the names that a model may use. */
export type Types = (name: string) => FeelType | null

/** The types of a model; `imported` knows those of `import.name`. */
export function typesOf(model: Model, imported: Types): Types {
  const made = new Map<string, FeelType>()
  const types: Types = (given) => {
    const name = plainRef(given)
    return made.get(name) ?? basicTypes.get(name) ?? imported(name)
  }
  for (const item of model.items) made.set(item.name, itemType(item, types))
  return types
}

/** `feel:string` is `string`; `ns:tPerson` is `tPerson`. */
const plainRef = (ref: string): string => ref.replace(/^[\w.-]+:(?!:)/, "").trim()

/** The type of a reference; null for none or an unknown one. */
export const typeOfRef = (ref: string | null, types: Types): FeelType | null =>
  ref === null || ref.trim() === "" ? null : typeOfText(plainRef(ref), types)

const UNKNOWN: FeelType = { kind: "any" }

function itemType(item: ItemDefinition, types: Types): FeelType {
  let known: FeelType | undefined
  const single = () => {
    if (item.functionItem)
      return {
        kind: "function-of",
        parameters: item.functionItem.parameters.map(({ typeRef }) => typeOfRef(typeRef, types) ?? UNKNOWN),
        result: typeOfRef(item.functionItem.result, types) ?? UNKNOWN,
      } as const satisfies FeelType
    if (item.components.length > 0)
      return { kind: "context-of", entries: new Map(item.components.map((part) => [part.name, itemType(part, types)])) } as const
    return typeOfRef(item.typeRef, types) ?? UNKNOWN
  }
  const allowed = allowance(item.allowedValues, types)
  const constraint = allowance(item.typeConstraint, types)
  let asked = false
  const element: FeelType = {
    kind: "item",
    name: item.name,
    base() {
      if (known) return known
      // Definitions that lead to themselves alone say nothing.
      if (asked) return UNKNOWN
      asked = true
      const made = single()
      let end: FeelType = made
      while (end.kind === "item" && end !== element) end = end.base()
      known = end === element ? UNKNOWN : made
      return known
    },
    ...(allowed && { allows: allowed, allowed: item.allowedValues! }),
  }
  const base: FeelType = item.isCollection ? { kind: "list-of", of: element } : element
  return constraint
    ? { kind: "item", name: item.name, base: () => base, allows: constraint, allowed: item.typeConstraint! }
    : base
}

/** Whether a value passes the tests of a text; undefined without text. */
export function allowance(text: string | null, types: Types): ((value: Value, run: Run) => boolean) | undefined {
  if (text === null || text.trim() === "") return undefined
  let code: Code | null | undefined
  const compiled = () => {
    try {
      return compileText(text, new Scope(null, [INPUT]), { types, limits: textLimits }, "UnaryTests")
    } catch (error) {
      if (error instanceof FeelError) return null
      throw error
    }
  }
  return (value, run) => {
    code ??= compiled()
    return code === null || code(new Frame([value], null), run) === true
  }
}
