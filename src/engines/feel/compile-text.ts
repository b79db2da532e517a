// Texts compiled in a scope that somebody else holds: the way in for models that consist of many expressions.
import type { Code, Compiler } from "./evaluate/code.ts"
import { compilerOf } from "./evaluate/compile-node.ts"
import type { Scope } from "./evaluate/scope.ts"
import { INPUT } from "./evaluate/tests.ts"
import { type DefinedTypes, typeOfNode } from "./evaluate/type-of-text.ts"
import { partsOf, readsInput } from "./evaluate/walk.ts"
import { FeelError } from "./feel-error.ts"
import { LENGTH_MAX, PLAIN_TEXTS_MAX } from "./limits.ts"
import type { Ast } from "./syntax/ast.ts"
import { type Dialect, type ParseLimits, parserFor } from "./syntax/parse.ts"
import { parseNumber } from "./values/decimal.ts"
import type { FeelType } from "./values/feel-type.ts"

export interface TextOptions {
  readonly types: DefinedTypes
  readonly limits?: ParseLimits
  readonly watched?: boolean
}

/** Code for a text whose names are those of `scope`; an unknown name is null with a warning. Throws FeelError `syntax` or `too-long`. */
export function compileText(text: string, scope: Scope, options: TextOptions, dialect: Dialect = "Expression"): Code {
  if (options.watched) return compiled(text, scope, options, dialect).code
  // Texts without names mean the same everywhere: most cells of tables are such, and are shared.
  const key = `${dialect}${scope.slotOf(INPUT) ?? ""}\n${text}`
  const known = plainTexts.get(key)
  if (known) return known
  const { node, code } = compiled(text, scope, options, dialect)
  if (!isPlain(node) || (readsInput(node) && scope.slotOf(INPUT) !== 0)) return code
  if (plainTexts.size >= PLAIN_TEXTS_MAX) plainTexts.delete(plainTexts.keys().next().value!)
  plainTexts.set(key, code)
  return code
}

const plainTexts = new Map<string, Code>()

const plainKinds: readonly Ast["kind"][] = [
  "number",
  "string",
  "boolean",
  "null",
  "at",
  "negation",
  "range",
  "test",
  "tests",
  "input",
]

/** Whether it reads nothing but `?`. */
const isPlain = (node: Ast): boolean => plainKinds.includes(node.kind) && partsOf(node).every(isPlain)

function compiled(text: string, scope: Scope, options: TextOptions, dialect: Dialect): { node: Ast; code: Code } {
  const node = literalOf(text, dialect) ?? parserFor(scope.known(), options.limits).parse(text.normalize("NFC"), dialect)
  return { node, code: lenient(options).compile(node, scope) }
}

/** A number or string that stands alone needs no grammar. */
function literalOf(text: string, dialect: Dialect): Ast | undefined {
  if (dialect !== "Expression" || text.length > LENGTH_MAX) return undefined
  const place = { from: 0, to: text.length }
  const number = /^\d+(?:\.\d+)?$/.test(text) ? parseNumber(text) : null
  if (number !== null) return { kind: "number", value: number, ...place }
  return /^"[^"\\]*"$/.test(text) ? { kind: "string", value: text.slice(1, -1).normalize("NFC"), ...place } : undefined
}

const lenient = ({ types, watched }: TextOptions): Compiler =>
  compilerOf(
    {
      type: (node) => typeOfNode(node, types),
      unknown: (name, node) => (_frame, run) => run.warn("unknown-name", node.from, node.to, name),
    },
    watched,
  )

/** The type that a text names: `list<number>`, or one of `types`; null when nobody knows it. */
export function typeOfText(text: string, types: DefinedTypes): FeelType | null {
  const known = types(text)
  if (known) return known
  try {
    const node = parserFor({}).parse(`x instance of ${text}`)
    return node.kind === "instance" ? typeOfNode(node.type, types) : null
  } catch (error) {
    if (error instanceof FeelError) return null
    throw error
  }
}
