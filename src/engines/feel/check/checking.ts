// What the type check of one expression shares: its faults, and the names around a place.
import { plainName } from "../evaluate/scope.ts"
import type { DefinedTypes } from "../evaluate/type-of-text.ts"
import type { Ast } from "../syntax/ast.ts"
import type { FeelType } from "../values/feel-type.ts"
import { alternatives, unite } from "./kinds.ts"

/** What doesn't fit together. */
export type TypeProblem =
  /** `=`, `<` and the like, `between`, `in`. */
  | "compare"
  | "reckon"
  | "argument"
  /** How many arguments, or their names. */
  | "arguments"
  /** What decides must be true or false. */
  | "condition"
  | "property"
  | "call"
  | "range"
  /** `@"…"` that is no date, time or duration. */
  | "literal"
  /** What the whole must give. */
  | "result"
  /** A name that nobody has declared, where all are. */
  | "name"

/** A place where the types don't fit: what stands there, and what would be right. */
export interface TypeFault {
  readonly code: "type-mismatch" | "unknown-name"
  readonly problem: TypeProblem
  /** Characters (UTF-16) of the text. */
  readonly from: number
  readonly to: number
  /** Types as FEEL writes them. */
  readonly found: string
  readonly expected: string
  /** What to do about it, in English. */
  readonly mend: string
}

/** Names around a place, with their types. */
export class Names {
  private readonly own: ReadonlyMap<string, FeelType>
  constructor(
    private readonly up: Names | null,
    own: Iterable<readonly [string, FeelType]>,
    /** In a filter, the entries of the item are names too. */
    private readonly item: FeelType | null = null,
  ) {
    this.own = new Map([...own].map(([name, type]) => [plainName(name), type]))
  }

  /** The type of a name; undefined where nobody has declared it. */
  find(name: string): FeelType | undefined {
    const entry = this.item && entryOf(this.item, name)
    if (entry) return entry
    return this.own.get(plainName(name)) ?? this.up?.find(name)
  }
}

/** An entry's type in what is, or may be, a context; undefined where there is none of that name. */
export function entryOf(type: FeelType, name: string): FeelType | undefined {
  const found: FeelType[] = []
  for (const one of alternatives(type)) {
    if (one.kind === "any" || one.kind === "context") return { kind: "any" }
    if (one.kind !== "context-of") continue
    for (const [key, entry] of one.entries) if (plainName(key) === plainName(name)) found.push(entry)
  }
  return found.length === 0 ? undefined : unite(found)
}

/** The check of one part in the names around it: its type, faults noted on the way. */
export interface Checking {
  readonly faults: TypeFault[]
  readonly types: DefinedTypes
  /** Whether every name is declared, so that another one is a fault. */
  readonly closed: boolean
  typeOf(node: Ast, names: Names): FeelType
  /** Notes a fault; any, so that one mistake is told once. */
  wrong(node: { readonly from: number; readonly to: number }, problem: TypeProblem, found: string, expected: string): FeelType
}
