// One maker of code for each kind of node.
import type { Ast, AstOf, Nodes } from "../syntax/ast.ts"
import { order } from "../values/compare.ts"
import { conforms } from "../values/feel-type.ts"
import { parseTemporal } from "../values/temporal-text.ts"
import { FeelRange, type Value } from "../values/value.ts"
import { compileCall, compileFunction } from "./calls.ts"
import type { Code, Compiler } from "./code.ts"
import { compileFilter } from "./filters.ts"
import { compileFor, compileQuantified } from "./loops.ts"
import { compileName, compilePath, findName } from "./names.ts"
import { compileArithmetic, compileBetween, compileCompare, compileJunction, compileNegation } from "./operators.ts"
import { Frame, Scope } from "./scope.ts"
import { compileIn, compileOpenRange, compileTests, INPUT } from "./tests.ts"

type Maker<K extends keyof Nodes> = (node: AstOf<K>, scope: Scope, compiler: Compiler) => Code

const constant =
  (value: Value): Code =>
  () =>
    value

const makers: { readonly [K in keyof Nodes]: Maker<K> } = {
  number: ({ value }) => constant(value),
  string: ({ value }) => constant(value),
  boolean: ({ value }) => constant(value),
  null: () => constant(null),
  at: (node) => {
    const value = parseTemporal(node.text)
    return value === null ? (_frame, run) => run.warn("not-temporal", node.from, node.to, node.text) : constant(value)
  },
  name: compileName,
  input: (node, scope, compiler) =>
    findName(INPUT, scope).slot === undefined
      ? compiler.unknown(INPUT, node)
      : compileName({ ...node, kind: "name", name: INPUT }, scope, compiler),
  arithmetic: compileArithmetic,
  negation: compileNegation,
  compare: compileCompare,
  and: compileJunction,
  or: compileJunction,
  between: compileBetween,
  in: compileIn,
  instance: (node, scope, compiler) => {
    const [value, type] = [compiler.compile(node.value, scope), compiler.type(node.type)]
    if (!type) return (_frame, run) => run.warn("unknown-type", node.from, node.to)
    return (frame, run) => conforms(value(frame, run), type, run, true)
  },
  path: compilePath,
  filter: compileFilter,
  call: compileCall,
  list: ({ items }, scope, compiler) => {
    const codes = items.map((item) => compiler.compile(item, scope))
    return (frame, run) => run.hold(codes.map((code) => code(frame, run)))
  },
  context: compileContext,
  range: compileRange,
  test: compileOpenRange,
  function: compileFunction,
  for: compileFor,
  quantified: compileQuantified,
  if: (node, scope, compiler) => {
    const [condition, then, otherwise] = [node.condition, node.consequent, node.alternative].map((part) =>
      compiler.compile(part, scope),
    )
    return (frame, run) => {
      const met = condition!(frame, run)
      if (met === true) return then!(frame, run)
      return met === false || met === null ? otherwise!(frame, run) : run.warn("not-a-condition", node.from, node.to)
    }
  },
  tests: compileTests,
}

/** Each entry may read those before it; a function may call itself by its entry's name. */
function compileContext(node: AstOf<"context">, scope: Scope, compiler: Compiler): Code {
  const inner = new Scope(scope)
  const names = node.entries.map(({ name }) => name)
  if (new Set(names).size !== names.length) return (_frame, run) => run.warn("entry-twice", node.from, node.to)
  const codes = node.entries.map(({ name, value }) => {
    if (value.kind === "function") {
      inner.declare(name)
      return compiler.compile(value, inner)
    }
    const code = compiler.compile(value, inner)
    inner.declare(name)
    return code
  })
  return (frame, run) => {
    const own = new Frame([], frame)
    const made = new Map<string, Value>()
    run.take(codes.length)
    for (let i = 0; i < codes.length; i++) {
      const value = codes[i]!(own, run)
      own.values.push(value)
      made.set(names[i]!, value)
    }
    return made
  }
}

function compileRange(node: AstOf<"range">, scope: Scope, compiler: Compiler): Code {
  const [start, end] = [compiler.compile(node.start, scope), compiler.compile(node.end, scope)]
  return (frame, run) => {
    const [from, to] = [start(frame, run), end(frame, run)]
    // Neither an end that is unknown nor one before the start makes a range.
    const ascending = order(from, to)
    if (ascending === null || ascending > 0) return run.warn("not-a-range", node.from, node.to)
    return new FeelRange(from, to, node.startIncluded, node.endIncluded)
  }
}

/** The maker of code; `watched` also keeps what each part gave in the run's trace. */
export function compilerOf(parts: Omit<Compiler, "compile" | "watched">, watched = false): Compiler {
  const compiler: Compiler = {
    ...parts,
    watched,
    compile(node: Ast, scope: Scope): Code {
      const code = (makers[node.kind] as Maker<keyof Nodes>)(node as never, scope, compiler)
      return watched && !["number", "string", "boolean", "null"].includes(node.kind) ? watching(node, code) : code
    },
  }
  return compiler
}

/** Parts of which no more than this many values are kept. */
const TRACE_MAX = 500

function watching(node: Ast, code: Code): Code {
  return (frame, run) => {
    const value = code(frame, run)
    if (run.trace && run.trace.length < TRACE_MAX) run.trace.push({ from: node.from, to: node.to, value })
    return value
  }
}
