// The type check of an expression against what is declared: before it runs, so that an author is told and no citizen's case is null.
import type { DefinedTypes } from "../evaluate/type-of-text.ts"
import { FeelError } from "../feel-error.ts"
import type { Ast } from "../syntax/ast.ts"
import { insideOfType } from "../syntax/names.ts"
import { type Dialect, type ParseLimits, parserFor } from "../syntax/parse.ts"
import { ANY, type FeelType, typeText } from "../values/feel-type.ts"
import { typeOf } from "./check-node.ts"
import { type Checking, Names, type TypeFault, type TypeProblem } from "./checking.ts"
import { mayBeGiven } from "./kinds.ts"

/** Types by declared names: `{ "mother.birthDate": { kind: "date" } }`. Names without a known type are `ANY`. */
export type DeclaredTypes = Readonly<Record<string, FeelType>>

export interface CheckOptions {
  readonly dialect?: Dialect
  /** What the whole must give. */
  readonly result?: FeelType
  /** All names are declared: one that isn't is told, as `unknown-name`. */
  readonly closed?: boolean
  /** Types that the surroundings define, for `instance of` and parameters. */
  readonly types?: DefinedTypes
  readonly limits?: ParseLimits
}

/** The type of an expression, and where its types can't be right. */
export interface Checked {
  readonly type: FeelType
  readonly faults: readonly TypeFault[]
}

/**
 * Checks a FEEL expression (DMN 1.5, chapter 10) against the types of its names. Told is only what must be wrong for every value: a name
 * without a type fits everywhere, null too. A text that doesn't parse has no types and no faults here: `compileFeel` refuses it.
 */
export function checkFeel(text: string, declared: DeclaredTypes, options: CheckOptions = {}): Checked {
  const entries = nested(declared)
  try {
    const node = parserFor(insideOfType({ kind: "context-of", entries }), options.limits).parse(
      text.normalize("NFC"),
      options.dialect,
    )
    return checkTree(node, entries, options)
  } catch (error) {
    if (error instanceof FeelError) return { type: ANY, faults: [] }
    throw error
  }
}

const NO_TYPES: DefinedTypes = () => null

function checkTree(
  node: Ast,
  names: ReadonlyMap<string, FeelType>,
  { result, types = NO_TYPES, closed = false }: CheckOptions,
): Checked {
  const faults: TypeFault[] = []
  const checking: Checking = {
    faults,
    types,
    closed,
    typeOf: (part, around) => typeOf(part, around, checking),
    wrong: ({ from, to }, problem, found, expected) => {
      const code = problem === "name" ? "unknown-name" : "type-mismatch"
      faults.push({ code, problem, from, to, found, expected, mend: mends[problem] })
      return ANY
    },
  }
  const type = checking.typeOf(node, new Names(null, names))
  if (result && !mayBeGiven(type, result)) checking.wrong(node, "result", typeText(type), typeText(result))
  return { type, faults }
}

const mends: Readonly<Record<TypeProblem, string>> = {
  compare: 'Compare values of one type; a day is written @"2026-03-09"',
  reckon: "Reckon with numbers, or with dates and durations",
  argument: "Give the function what it takes",
  arguments: "Give as many arguments as the function takes, by their names",
  condition: "Write a condition that is true or false, with = or < for instance",
  property: "Read what the value has: a date has year, month, day",
  call: "Call a function",
  range: "Write a range between two values of one type",
  literal: 'Write it as @"2026-03-09", @"10:30:00" or @"P30D"',
  result: "Let the expression give what is asked for here",
  name: "Name what is known here",
}

/** Dotted names as contexts in contexts. */
function nested(declared: DeclaredTypes): Map<string, FeelType> {
  const made = new Map<string, FeelType>()
  for (const [name, type] of Object.entries(declared)) put(made, name.normalize("NFC").split("."), type)
  return made
}

function put(into: Map<string, FeelType>, [word = "", ...rest]: readonly string[], type: FeelType): void {
  if (rest.length === 0) {
    if (!into.has(word)) into.set(word, type)
    return
  }
  const known = into.get(word)
  const entries = new Map(known?.kind === "context-of" ? known.entries : [])
  put(entries, rest, type)
  into.set(word, { kind: "context-of", entries })
}
