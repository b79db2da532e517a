// Parse once, close over the names: an expression becomes a function of its context.
import { compilerOf } from "./evaluate/compile-node.ts"
import { type Budget, Run, type Traced, type Warning } from "./evaluate/run.ts"
import { Frame, Scope } from "./evaluate/scope.ts"
import { typeOfNode } from "./evaluate/type-of-text.ts"
import { FeelError } from "./feel-error.ts"
import { CACHE_MAX } from "./limits.ts"
import { checkedInput, inputBudget, plainResult, type Wanted } from "./plain.ts"
import { parserFor, type Shape } from "./syntax/parse.ts"
import { type UsedName, usedNames } from "./used-names.ts"
import { basicTypes, type FeelType } from "./values/feel-type.ts"
import type { FeelDateTime } from "./values/temporal.ts"
import type { Value } from "./values/value.ts"

/** What one evaluation may use besides its context. */
export interface Evaluation {
  /** What `now()` and `today()` give, for expressions compiled with `clock`. */
  readonly now?: FeelDateTime
  readonly budget?: Budget
}

/** A value with how it came about. */
export interface Explanation {
  readonly value: unknown
  /** What each part gave, inner parts first, with its place in the text. */
  readonly parts: readonly Traced[]
  readonly warnings: readonly Warning[]
}

/** A compiled expression. */
export interface Compiled {
  readonly text: string
  /** The declared names that it reads, in order of first use. */
  readonly names: readonly string[]
  /**
   * Its value in this context (own entries by first word of the names), as plain data; what is unknown is null.
   * Throws FeelError `host-object` or `input-too-large`, and beyond the budget `too-many-steps`, `too-much-memory`, `too-deep` or `too-slow`.
   */
  evaluate(context: Readonly<Record<string, unknown>>, evaluation?: Evaluation): unknown
  /** The same with what each part gave and why something is null. */
  explain(context: Readonly<Record<string, unknown>>, evaluation?: Evaluation): Explanation
}

export interface CompileOptions {
  /** Whether it may ask the time by `now()` and `today()`. */
  readonly clock?: boolean
}

const cache = new Map<string, Compiled>()

/**
 * Compiles a FEEL expression (DMN 1.5, chapter 10) that may read only `names`: `mother.fullName`, `Thu nhập hằng tháng`. A name may be read
 * in part (`mother`) and beyond (`mother.residence.commune`). Throws FeelError with the position in `text`.
 */
export function compileFeel(text: string, names: readonly string[], { clock = false }: CompileOptions = {}): Compiled {
  const key = `${clock ? "clock" : ""}\n${text}\n${names.join("\n")}`
  const known = cache.get(key)
  if (known) return known
  const made = compile(text.normalize("NFC"), names, clock)
  if (cache.size >= CACHE_MAX) cache.delete(cache.keys().next().value!)
  cache.set(key, made)
  return made
}

function compile(text: string, names: readonly string[], clock: boolean): Compiled {
  const shape = shapeOf(names)
  const node = parserFor(shape).parse(text)
  const used = usedNames(node, shape, clock)
  const roots = [...new Set(used.map(({ root }) => root))]
  const wanted = wantedOf(used.map(({ words }) => words))
  const scope = new Scope(null)
  for (const root of roots) scope.declare(root, typeOf(shape[root]!))
  const code = codeOf(node, scope, false)
  let watched: ReturnType<typeof codeOf> | undefined
  const frameOf = (context: Readonly<Record<string, unknown>>): Frame => {
    const budget = inputBudget()
    const values: Value[] = new Array(wanted.length)
    for (let index = 0; index < wanted.length; index++) {
      const { name, inside } = wanted[index]!
      const given = context[name]
      // No inherited name leads to a number or truth value, so these need no second look.
      if (typeof given === "number" && Number.isSafeInteger(given)) values[index] = given + 0
      else if (typeof given === "boolean") values[index] = given
      else values[index] = given !== undefined && Object.hasOwn(context, name) ? checkedInput(given, budget, inside) : null
    }
    return new Frame(values, null)
  }
  return {
    text,
    names: [...new Set(used.map(({ words }) => words.join(".")))],
    evaluate(context, evaluation) {
      const run = new Run(evaluation?.now ?? null, evaluation?.budget)
      return plainResult(code(frameOf(context), run), run)
    },
    explain(context, evaluation) {
      watched ??= codeOf(parserFor(shapeOf(names)).parse(text), scope, true)
      const run = new Run(evaluation?.now ?? null, evaluation?.budget)
      run.trace = []
      const value = plainResult(watched(frameOf(context), run), run)
      const parts = run.trace.map((part) => ({ ...part, value: plainResult(part.value as Value, run) }))
      return { value, parts, warnings: run.warnings }
    },
  }
}

const codeOf = (node: Parameters<ReturnType<typeof compilerOf>["compile"]>[0], scope: Scope, watched: boolean) =>
  compilerOf(
    {
      type: (type) => typeOfNode(type, (name) => basicTypes.get(name) ?? null),
      unknown: (name, { from, to }) => {
        throw new FeelError("unknown-name", from, to, name)
      },
    },
    watched,
  ).compile(node, scope)

/** The names as nested contexts, so that the grammar knows words with spaces. */
function shapeOf(names: readonly string[]): Shape {
  const shape: Shape = Object.create(null) as Shape
  for (const name of names) {
    let place = shape
    for (const word of name.normalize("NFC").split(".")) place = place[word] ??= Object.create(null) as Shape
  }
  return shape
}

function typeOf(shape: Shape): FeelType | null {
  const entries = Object.entries(shape)
  return entries.length === 0
    ? null
    : { kind: "context-of", entries: new Map(entries.map(([name, inside]) => [name, typeOf(inside) ?? { kind: "any" }])) }
}

/** Names read, as a tree; what is read whole has nothing inside. */
function wantedOf(paths: readonly UsedName["words"][]): Wanted[] {
  const byFirst = new Map<string, UsedName["words"][]>()
  for (const words of paths) byFirst.set(words[0]!, [...(byFirst.get(words[0]!) ?? []), words])
  return [...byFirst].map(([name, below]) => ({
    name,
    inside: below.some(({ length }) => length === 1) ? [] : wantedOf(below.map((words) => words.slice(1))),
  }))
}
