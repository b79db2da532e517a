// Text to tree in one pass: a reader of our own, which knows the names in scope, for they may have blanks and marks in them.
import { FeelError } from "../feel-error.ts"
import { DEPTH_MAX, LENGTH_MAX, TREE_MAX } from "../limits.ts"
import type { Ast } from "./ast.ts"
import { type KnownNames, namesOf, type Shape } from "./names.ts"
import { Parsing } from "./parsing.ts"
import { readExpression } from "./read-operators.ts"
import { Source } from "./source.ts"

export type { Shape } from "./names.ts"
export type Dialect = "Expression" | "UnaryTests"

export interface Parser {
  parse(text: string, dialect?: Dialect): Ast
}

export interface ParseLimits {
  readonly length?: number
  readonly depth?: number
  readonly tree?: number
}

/** A parser for texts that may read these names. Its `parse` throws FeelError `syntax` or `too-long`; its effort grows with the text alone. */
export function parserFor(known: Shape | readonly KnownNames[], limits: ParseLimits = {}): Parser {
  const { length = LENGTH_MAX, tree = TREE_MAX, depth = DEPTH_MAX } = limits
  const names = Array.isArray(known) ? (known as readonly KnownNames[]) : [namesOf(known as Shape)]
  const parsing = (text: string) => new Parsing(new Source(text), names, tree, depth, readExpression)
  return {
    parse(text, dialect = "Expression") {
      if (text.length > length) throw new FeelError("too-long", length, text.length)
      if (dialect === "UnaryTests") return negatedTests(parsing(text)) ?? whole(parsing(text), readTests)
      return whole(parsing(text), readExpression)
    },
  }
}

function whole(parsing: Parsing, read: (parsing: Parsing) => Ast): Ast {
  const made = read(parsing)
  return parsing.source.isAtEnd ? made : parsing.source.fail()
}

function testList(parsing: Parsing): Ast[] {
  const tests: Ast[] = []
  do tests.push(parsing.expression())
  while (parsing.source.take(","))
  return tests
}

/** The whole of a cell: `-`, or tests with commas between them. */
function readTests(parsing: Parsing): Ast {
  const { source } = parsing
  const from = source.at
  if (/^-\s*$/.test(source.text.slice(from))) {
    source.take("-")
    return parsing.node(from, { kind: "tests", negated: false, tests: [] })
  }
  const tests = testList(parsing)
  return parsing.node(from, { kind: "tests", negated: false, tests }, tests)
}

/** A cell that is `not(…)` as a whole; undefined for any other, such as `not(a) and b`. */
function negatedTests(parsing: Parsing): Ast | undefined {
  const { source } = parsing
  const from = source.at
  if (!source.takeWord("not") || !source.take("(")) return undefined
  try {
    const tests = testList(parsing)
    if (!source.take(")") || !source.isAtEnd) return undefined
    return parsing.node(from, { kind: "tests", negated: true, tests }, tests)
  } catch (error) {
    if (error instanceof FeelError && error.code === "syntax") return undefined
    throw error
  }
}
