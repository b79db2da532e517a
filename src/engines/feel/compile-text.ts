// Texts compiled in a scope that somebody else holds: the way in for models that consist of many expressions.
import type { Code, Compiler } from "./evaluate/code.ts"
import { compilerOf } from "./evaluate/compile-node.ts"
import type { Scope } from "./evaluate/scope.ts"
import { type DefinedTypes, typeOfNode } from "./evaluate/type-of-text.ts"
import { FeelError } from "./feel-error.ts"
import { type Dialect, type ParseLimits, parserFor } from "./syntax/parse.ts"
import type { FeelType } from "./values/feel-type.ts"

export interface TextOptions {
  readonly types: DefinedTypes
  readonly limits?: ParseLimits
  readonly watched?: boolean
}

/** Code for a text whose names are those of `scope`; an unknown name is null with a warning. Throws FeelError `syntax` or `too-long`. */
export function compileText(text: string, scope: Scope, options: TextOptions, dialect: Dialect = "Expression"): Code {
  const node = parserFor(scope.shape(), options.limits).parse(text.normalize("NFC"), dialect)
  return lenient(options).compile(node, scope)
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
