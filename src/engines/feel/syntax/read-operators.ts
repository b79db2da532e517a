// Expressions by the strength of their operators (DMN 1.5, 10.3.1.2, rules 1 to 4), the weakest first.
import type { Ast, Comparison, Operator } from "./ast.ts"
import { namesWith } from "./names.ts"
import type { Parsing } from "./parsing.ts"
import { readPath } from "./read-names.ts"
import { isFilterHere, readArguments, readBracket, readPrimary, signedNumber } from "./read-primary.ts"
import { readType } from "./read-type.ts"

export function readExpression(parsing: Parsing): Ast {
  const from = parsing.source.at
  let left = readConjunction(parsing)
  while (parsing.source.takeWord("or")) {
    const right = readConjunction(parsing)
    left = parsing.node(from, { kind: "or", left, right }, [left, right])
  }
  return left
}

function readConjunction(parsing: Parsing): Ast {
  const from = parsing.source.at
  let left = readComparison(parsing)
  while (parsing.source.takeWord("and")) {
    const right = readComparison(parsing)
    left = parsing.node(from, { kind: "and", left, right }, [left, right])
  }
  return left
}

const comparisons: readonly Comparison[] = ["<=", ">=", "!=", "<", ">", "="]

function readComparison(parsing: Parsing): Ast {
  const { source } = parsing
  const from = source.at
  let left = readTest(parsing)
  for (;;) {
    const operator = source.takeOne(comparisons) as Comparison | undefined
    if (operator) {
      const right = readTest(parsing)
      left = parsing.node(from, { kind: "compare", operator, left, right }, [left, right])
    } else if (source.takeWord("between")) {
      const low = readSum(parsing)
      source.needWord("and")
      const high = readSum(parsing)
      left = parsing.node(from, { kind: "between", value: left, low, high }, [left, low, high])
    } else if (source.takeWord("in")) {
      const tests = readTestsOf(parsing)
      left = parsing.node(from, { kind: "in", value: left, tests }, [left, ...tests])
    } else return left
  }
}

/** `> 5`, or a value. */
function readTest(parsing: Parsing): Ast {
  const from = parsing.source.at
  const operator = parsing.source.takeOne(comparisons) as Comparison | undefined
  if (!operator) return readSum(parsing)
  const of = parsing.within(() => readTest(parsing))
  return parsing.node(from, { kind: "test", operator, of }, [of])
}

/** What stands behind `in`: one test, or several in brackets. */
function readTestsOf(parsing: Parsing): Ast[] {
  const { source } = parsing
  if (!source.is("(")) return [readTest(parsing)]
  const from = source.at
  const tests = readBracket(parsing, true)
  return tests.length === 1 ? [readSum(parsing, { from, node: tests[0]! })] : tests
}

/** A value that has been read, to be gone on from. */
interface Begun {
  readonly from: number
  readonly node: Ast
}

type Level = (parsing: Parsing, begun?: Begun) => Ast

const leftToRight =
  (operators: readonly Operator[], next: Level): Level =>
  (parsing, begun) => {
    const from = begun?.from ?? parsing.source.at
    let left = next(parsing, begun)
    for (;;) {
      const operator = parsing.source.is("**") && !operators.includes("**") ? undefined : parsing.source.takeOne(operators)
      if (!operator) return left
      const right = next(parsing)
      left = parsing.node(from, { kind: "arithmetic", operator: operator as Operator, left, right }, [left, right])
    }
  }

const readPower = leftToRight(["**"], readSigned)
const readProduct = leftToRight(["*", "/"], readPower)
const readSum = leftToRight(["+", "-"], readProduct)

function readSigned(parsing: Parsing, begun?: Begun): Ast {
  const { source } = parsing
  const from = source.at
  if (begun || !source.is("-")) return readInstance(parsing, begun)
  const number = signedNumber(parsing)
  if (number) return readInstance(parsing, { from, node: number })
  source.take("-")
  const of = parsing.within(() => readSigned(parsing))
  return parsing.node(from, { kind: "negation", of }, [of])
}

function readInstance(parsing: Parsing, begun?: Begun): Ast {
  const { source } = parsing
  const from = begun?.from ?? source.at
  let value = readParts(parsing, from, begun?.node ?? readPrimary(parsing))
  while (source.takeWord("instance")) {
    source.needWord("of")
    const type = readType(parsing)
    value = parsing.node(from, { kind: "instance", value, type }, [value])
  }
  return value
}

/** Paths, filters and calls behind a value. */
function readParts(parsing: Parsing, from: number, first: Ast): Ast {
  const { source } = parsing
  let of = first
  for (;;) {
    if (source.is(".") && !source.is("..")) {
      source.take(".")
      of = readPath(parsing, from, of)
    } else if (isFilterHere(parsing)) of = readFilter(parsing, from, of)
    else if (source.is("(")) of = readArguments(parsing, from, of)
    else return of
  }
}

function readFilter(parsing: Parsing, from: number, of: Ast): Ast {
  const { source } = parsing
  source.take("[")
  const inside = parsing.insideOf(of)
  const by = parsing.knowing([...inside, namesWith("item", () => inside)], () => parsing.expression())
  source.need("]")
  return parsing.node(from, { kind: "filter", of, by }, [of, by], () => inside)
}
