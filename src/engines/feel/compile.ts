// Parse once, keep the closures: an expression becomes a function of its names. The parser and interpreter are feelin's.
import { FeelFunction, evaluate as feelinEvaluate, parseExpression } from "feelin"
import { FeelError } from "./feel-error.ts"
import { CACHE_MAX, LENGTH_MAX } from "./limits.ts"
import { type Skeleton, usedNames } from "./names.ts"
import { checkedInput, inputBudget, plainResult } from "./values.ts"

/** A compiled expression. */
export interface Compiled {
  readonly text: string
  /** The declared names that it reads, in order of first use. */
  readonly names: readonly string[]
  /**
   * Its value in this context (own entries by first word of the names), as plain data; what is unknown is null.
   * Throws FeelError `host-object` or `input-too-large`.
   */
  evaluate(context: Readonly<Record<string, unknown>>): unknown
}

const cache = new Map<string, Compiled>()

/**
 * Compiles a FEEL expression (DMN 1.5, chapter 10) that may read only `names`: `mother.fullName`, `Thu nhập hằng tháng`. A name may be read
 * in part (`mother`) and beyond (`mother.residence.commune`). Throws FeelError with the position in `text`.
 */
export function compileFeel(text: string, names: readonly string[]): Compiled {
  const key = `${text}\n${names.join("\n")}`
  const known = cache.get(key)
  if (known) return known
  const made = compile(text.normalize("NFC"), names)
  if (cache.size >= CACHE_MAX) cache.delete(cache.keys().next().value!)
  cache.set(key, made)
  return made
}

function compile(text: string, names: readonly string[]): Compiled {
  if (text.length > LENGTH_MAX) throw new FeelError("too-long", LENGTH_MAX, text.length)
  const skeleton = skeletonOf(names)
  const used = usedNames(parseExpression(text, skeleton, undefined), text, skeleton)
  const roots = [...new Set(used.map((name) => name.root))]
  const { invoke, forget } = closureOf(text, roots, skeleton)
  return {
    text,
    names: [...new Set(used.map((name) => name.full))],
    evaluate: (context) => {
      const budget = inputBudget()
      const given = roots.map((root) => checkedInput(Object.hasOwn(context, root) ? context[root] : null, budget))
      try {
        return plainResult(invoke(given))
      } finally {
        forget()
      }
    },
  }
}

/** The names as nested contexts, so that the parser knows words with spaces. */
function skeletonOf(names: readonly string[]): Skeleton {
  const skeleton: Skeleton = {}
  for (const name of names) {
    let place = skeleton
    for (const word of name.normalize("NFC").split(".")) place = place[word] ??= {}
  }
  return skeleton
}

/** The expression as the body of a FEEL function of its names: parsed here, closed over, called without parsing. */
function closureOf(text: string, roots: readonly string[], skeleton: Skeleton) {
  const head = `function(${roots.join(", ")}) `
  try {
    const { value, warnings } = feelinEvaluate(head + text, skeleton)
    if (!(value instanceof FeelFunction)) throw new FeelError("syntax", 0, text.length)
    return {
      invoke: (given: unknown[]): unknown => value.invoke(given),
      // The interpreter writes each warning into the list it made at parsing: emptied, or it would grow for ever.
      forget: () => {
        warnings.length = 0
      },
    }
  } catch (error) {
    if (error instanceof FeelError) throw error
    const at = (error as { position?: { from: number; to: number } }).position ?? { from: head.length, to: head.length }
    throw new FeelError("syntax", Math.max(0, at.from - head.length), Math.max(0, at.to - head.length))
  }
}
