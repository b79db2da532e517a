// Tree to text: what is printed parses to the same tree.
import { numberText } from "../values/decimal.ts"
import { quoted } from "../values/text.ts"
import type { Ast, AstOf, Binding, Nodes, TypeNode } from "./ast.ts"

/** How strongly a kind holds its parts together; what is weaker inside stands in brackets. */
const strengths: Partial<Record<keyof Nodes, number>> = {
  for: 0,
  if: 0,
  quantified: 0,
  function: 0,
  or: 1,
  and: 2,
  compare: 3,
  between: 3,
  in: 3,
  test: 3,
  instance: 2.5,
  path: 10,
  filter: 10,
  call: 10,
}

const operators = { "+": 4, "-": 4, "*": 5, "/": 5, "**": 6 } as const

const strengthOf = (node: Ast): number =>
  node.kind === "arithmetic" ? operators[node.operator] : node.kind === "negation" ? 7 : (strengths[node.kind] ?? 11)

/** A part: in brackets unless it is stronger than `above`. */
const part = (node: Ast, above: number): string => {
  const text = printed(node)
  return strengthOf(node) > above || (node.kind === "number" && !text.startsWith("-")) ? text : `(${text})`
}

type Printer<K extends keyof Nodes> = (node: AstOf<K>) => string

const bindings = (list: readonly Binding[]): string =>
  list.map(({ name, in: from, to }) => `${name} in ${part(from, 3)}${to ? `..${part(to, 3)}` : ""}`).join(", ")

const printers: { [K in keyof Nodes]: Printer<K> } = {
  number: ({ value }) => numberText(value),
  string: ({ value }) => quoted(value),
  boolean: ({ value }) => String(value),
  null: () => "null",
  at: ({ text }) => `@${quoted(text)}`,
  name: ({ name }) => name,
  input: () => "?",
  arithmetic: (node) => {
    const strength = operators[node.operator]
    return `${part(node.left, strength - 1)} ${node.operator} ${part(node.right, strength)}`
  },
  // The grammar reads -5 as a number: the sign of a number in brackets is an operation of its own.
  negation: ({ of }) => {
    const text = part(of, 7)
    return /^[\d.]/.test(text) ? `-(${text})` : `-${text}`
  },
  compare: ({ operator, left, right }) => `${part(left, 3)} ${operator} ${part(right, 3)}`,
  and: ({ left, right }) => `${part(left, 1)} and ${part(right, 2)}`,
  or: ({ left, right }) => `${part(left, 0)} or ${part(right, 1)}`,
  between: ({ value, low, high }) => `${part(value, 3)} between ${part(low, 3)} and ${part(high, 3)}`,
  in: ({ value, tests }) =>
    tests.length === 1 && tests[0]!.kind !== "test"
      ? `${part(value, 3)} in ${part(tests[0]!, 3)}`
      : `${part(value, 3)} in (${tests.map(printed).join(", ")})`,
  instance: ({ value, type }) => `${part(value, 9)} instance of ${printType(type)}`,
  path: ({ of, name }) => `${part(of, 9)}.${name}`,
  filter: ({ of, by }) => `${part(of, 9)}[${printed(by)}]`,
  call: ({ callee, args, names }) =>
    `${part(callee, 9)}(${args.map((arg, index) => (names ? `${keyText(names[index]!)}: ` : "") + printed(arg)).join(", ")})`,
  list: ({ items }) => `[${items.map(printed).join(", ")}]`,
  context: ({ entries }) => `{${entries.map(({ name, value }) => `${keyText(name)}: ${printed(value)}`).join(", ")}}`,
  range: ({ start, end, startIncluded, endIncluded }) =>
    `${startIncluded ? "[" : "("}${part(start, 3)}..${part(end, 3)}${endIncluded ? "]" : ")"}`,
  test: ({ operator, of }) => `${operator} ${part(of, 3)}`,
  function: ({ parameters, body, external }) => {
    const list = parameters.map(({ name, type }) => name + (type ? `: ${printType(type)}` : "")).join(", ")
    return `function(${list}) ${external ? "external " : ""}${printed(body)}`
  },
  for: (node) => `for ${bindings(node.bindings)} return ${printed(node.body)}`,
  quantified: (node) => `${node.every ? "every" : "some"} ${bindings(node.bindings)} satisfies ${printed(node.body)}`,
  if: (node) => `if ${printed(node.condition)} then ${printed(node.consequent)} else ${printed(node.alternative)}`,
  tests: ({ negated, tests }) => {
    const list = tests.length === 0 ? "-" : tests.map(printed).join(", ")
    return negated ? `not(${list})` : list
  },
}

const keyText = (name: string): string => (/^[\p{L}_][\p{L}\p{N}_]*( [\p{L}_][\p{L}\p{N}_]*)*$/u.test(name) ? name : quoted(name))

function printed(node: Ast): string {
  return (printers[node.kind] as (node: Ast) => string)(node)
}

function printType(type: TypeNode): string {
  if (type.kind === "name") return type.name
  if (type.kind === "list" || type.kind === "range") return `${type.kind}<${printType(type.of)}>`
  if (type.kind === "function") return `function<${type.parameters.map(printType).join(", ")}>->${printType(type.result)}`
  return `context<${type.entries.map(({ name, type: entry }) => `${name}: ${printType(entry)}`).join(", ")}>`
}

/** The expression as text, with brackets only where they are needed. */
export const printFeel = (node: Ast): string => printed(node)
