// From the grammar's tree to ours: one small reader per kind of node, bounded in depth and size.
import { FeelError } from "../feel-error.ts"
import { DEPTH_MAX, TREE_MAX } from "../limits.ts"
import { parseNumber } from "../values/decimal.ts"
import type { Ast, Binding, Comparison, Operator } from "./ast.ts"
import { readType } from "./read-type.ts"
import { unescaped } from "./string-text.ts"

/** The part of the grammar's node that the readers need. */
export interface TreeNode {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly type: { readonly isError: boolean; readonly isSkipped: boolean }
  readonly firstChild: TreeNode | null
  readonly nextSibling: TreeNode | null
}

export class Reading {
  nodes = 0
  constructor(
    readonly text: string,
    /** Where `range<` was written, which the grammar reads as a list's type. */
    readonly rangeTypes: ReadonlySet<number>,
    readonly depthMax = DEPTH_MAX,
    readonly treeMax = TREE_MAX,
  ) {}
  /** A node's text, white space and comments between words as one blank. */
  words(node: TreeNode): string {
    return this.text.slice(node.from, node.to).replace(/\s+/g, " ").trim()
  }
}

export function parts(node: TreeNode): TreeNode[] {
  const found: TreeNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) if (!child.type.isSkipped) found.push(child)
  return found
}

export function wrong(node: TreeNode, reading: Reading): never {
  const to = Math.min(reading.text.length, Math.max(node.to, node.from + 1))
  throw new FeelError("syntax", node.from, to, reading.words({ ...node, from: node.from, to }))
}

type Reader = (node: TreeNode, children: readonly TreeNode[], read: (node: TreeNode | undefined) => Ast, reading: Reading) => Body
type Body<T = Ast> = T extends Ast ? Omit<T, "from" | "to"> : never

const inner: Reader = (_node, [first], read) => read(first)

const boundary = (node: TreeNode | undefined): string => node?.name ?? ""

const binding =
  (read: (node: TreeNode | undefined) => Ast, reading: Reading) =>
  (node: TreeNode): Binding => {
    const [name, , context] = parts(node)
    if (!name || !context) return wrong(node, reading)
    const [first, , second] = parts(context)
    return { name: reading.words(name), in: read(first), to: second ? read(second) : null }
  }

const bindings = (node: TreeNode | undefined, read: (node: TreeNode | undefined) => Ast, reading: Reading): Binding[] =>
  node ? parts(node).map(binding(read, reading)) : []

const named: Readonly<Record<string, Reader>> = {
  Expression: inner,
  ParenthesizedExpression: (_node, [, within], read) => read(within),
  PositiveUnaryTest: inner,
  NumericLiteral: (node, _children, _read, reading) => ({
    kind: "number",
    // The grammar takes a sign with blanks behind it for a part of the number.
    value: parseNumber(reading.text.slice(node.from, node.to).replace(/\s+/g, "")) ?? wrong(node, reading),
  }),
  StringLiteral: (node, _children, _read, reading) => ({
    kind: "string",
    value: unescaped(reading.text.slice(node.from + 1, node.to - 1)),
  }),
  BooleanLiteral: (node, _children, _read, reading) => ({ kind: "boolean", value: reading.words(node) === "true" }),
  null: () => ({ kind: "null" }),
  "?": () => ({ kind: "input" }),
  AtLiteral: (_node, children, read) => ({ kind: "at", text: (read(children.at(-1)) as { value?: string }).value ?? "" }),
  DateTimeLiteral: (node, children, read, reading) =>
    children.length === 1 ? read(children[0]) : readCall(node, children, read, reading),
  DateTimeConstructor: (node, _children, _read, reading) => ({ kind: "name", name: reading.words(node) }),
  SpecialFunctionName: (node, _children, _read, reading) => ({ kind: "name", name: reading.words(node) }),
  VariableName: (node, _children, _read, reading) => {
    const name = reading.words(node)
    return name === "?" ? { kind: "input" } : { kind: "name", name }
  },
  ArithmeticExpression: (node, children, read, reading) => {
    if (children.length === 2) return { kind: "negation", of: read(children[1]) }
    const [left, operator, right] = children
    return { kind: "arithmetic", operator: reading.words(operator ?? node) as Operator, left: read(left), right: read(right) }
  },
  Comparison: (node, children, read, reading) => readComparison(node, children, read, reading),
  Conjunction: (_node, [left, , right], read) => conjoined(read(left), read(right), right?.name === "Comparison"),
  Disjunction: (_node, [left, , right], read) => ({ kind: "or", left: read(left), right: read(right) }),
  InstanceOfExpression: (_node, children, read, reading) => ({
    kind: "instance",
    value: read(children[0]),
    type: readType(children.at(-1)!, reading),
  }),
  PathExpression: (_node, children, read, reading) => ({
    kind: "path",
    of: read(children[0]),
    name: reading.words(children.at(-1)!),
  }),
  FilterExpression: (_node, [of, , by], read) => ({ kind: "filter", of: read(of), by: read(by) }),
  FunctionInvocation: (node, children, read, reading) => readCall(node, children, read, reading),
  List: (_node, children, read) => ({ kind: "list", items: children.slice(1, -1).map(read) }),
  Interval: (_node, children, read) => ({
    kind: "range",
    start: read(children[1]),
    end: read(children[3]),
    startIncluded: boundary(children[0]) === "[",
    endIncluded: boundary(children[4]) === "]",
  }),
  SimplePositiveUnaryTest: (_node, children, read, reading) =>
    children.length === 1
      ? read(children[0])
      : { kind: "test", operator: reading.words(children[0]!) as Comparison, of: read(children[1]) },
  Context: (node, children, read, reading) => ({
    kind: "context",
    entries: children
      .filter(({ name }) => name === "ContextEntry")
      .map((entry) => {
        const [key, value] = parts(entry)
        return { name: keyOf(key ?? node, reading), value: read(value) }
      }),
  }),
  FunctionDefinition: (node, children, read, reading) => readFunction(node, children, read, reading),
  FunctionBody: inner,
  ForExpression: (_node, children, read, reading) => ({
    kind: "for",
    bindings: bindings(children[1], read, reading),
    body: read(children.at(-1)),
  }),
  QuantifiedExpression: (_node, children, read, reading) => ({
    kind: "quantified",
    every: boundary(children[0]) === "every",
    bindings: bindings(children[1], read, reading),
    body: read(children.at(-1)),
  }),
  IfExpression: (_node, [, condition, , then, , otherwise], read) => ({
    kind: "if",
    condition: read(condition),
    consequent: read(then),
    alternative: read(otherwise),
  }),
  UnaryTests: (_node, children, read) => {
    const list = children.find(({ name }) => name === "PositiveUnaryTests")
    return { kind: "tests", negated: boundary(children[0]) === "not", tests: list ? parts(list).map(read) : [] }
  },
}

/** A kind of node that the grammar knows has its reader here; own names only. */
const readers: ReadonlyMap<string, Reader> = new Map(Object.entries(named))

function readComparison(
  node: TreeNode,
  children: readonly TreeNode[],
  read: (node: TreeNode | undefined) => Ast,
  reading: Reading,
): Body {
  const [left, operator, ...rest] = children
  const value = read(left)
  if (operator?.name === "between") return { kind: "between", value, low: read(rest[0]), high: read(rest[2]) }
  if (operator?.name !== "in")
    return { kind: "compare", operator: reading.words(operator ?? node) as Comparison, left: value, right: read(rest[0]) }
  const list = rest.find(({ name }) => name === "PositiveUnaryTests")
  return list ? { kind: "in", value, tests: parts(list).map(read) } : readIn(value, rest[0] ?? node, read, reading)
}

/** The grammar takes `x in a and b` for `x in (a and b)`: what `and` and `or` join stands outside, as their weakness has it. */
function readIn(
  value: Ast,
  at: TreeNode,
  read: (node: TreeNode | undefined) => Ast,
  reading: Reading,
  wrapped: (test: Ast) => Ast = (test) => test,
): Ast {
  const children = parts(at)
  const [first, second, third] = children
  if (children.length === 1 && (at.name === "PositiveUnaryTest" || at.name === "SimplePositiveUnaryTest"))
    return readIn(value, first!, read, reading, wrapped)
  if (at.name === "SimplePositiveUnaryTest") {
    const operator = reading.words(first!) as Comparison
    return readIn(value, second!, read, reading, (of) => ({ kind: "test", operator, of, from: at.from, to: of.to }))
  }
  const place = { from: value.from, to: at.to }
  if (at.name === "Conjunction" || at.name === "Disjunction") {
    const left = readIn(value, first!, read, reading, wrapped)
    return { kind: at.name === "Conjunction" ? "and" : "or", left, right: read(third), ...place }
  }
  return { kind: "in", value, tests: [wrapped(read(at))], ...place }
}

/** `a and b`, where b may begin with an `in` that an `or` was taken out of: that `or` holds more loosely than this `and`. */
function conjoined(left: Ast, right: Ast, open: boolean): Body {
  if (!open || right.kind !== "or") return { kind: "and", left, right }
  return {
    kind: "or",
    left: { ...conjoined(left, right.left, open), from: left.from, to: right.left.to } as Ast,
    right: right.right,
  }
}

function readCall(
  node: TreeNode,
  children: readonly TreeNode[],
  read: (node: TreeNode | undefined) => Ast,
  reading: Reading,
): Body {
  const list = children.find(({ name }) => name === "PositionalParameters" || name === "NamedParameters")
  const callee = read(children[0])
  if (!list) return wrong(node, reading)
  if (list.name === "PositionalParameters") return { kind: "call", callee, args: parts(list).map(read), names: null }
  const pairs = parts(list).map(parts)
  return {
    kind: "call",
    callee,
    args: pairs.map((pair) => read(pair.at(-1))),
    names: pairs.map(([name]) => keyOf(name ?? node, reading)),
  }
}

function readFunction(
  node: TreeNode,
  children: readonly TreeNode[],
  read: (node: TreeNode | undefined) => Ast,
  reading: Reading,
): Body {
  const list = children.find(({ name }) => name === "FormalParameters")
  const body = children.find(({ name }) => name === "FunctionBody")
  if (!body) return wrong(node, reading)
  const parameters = (list ? parts(list) : []).map((parameter) => {
    const [name, type] = parts(parameter)
    return { name: reading.words(name ?? parameter), type: type ? readType(type, reading) : null }
  })
  return { kind: "function", parameters, body: read(body), external: children.some(({ name }) => name === "external") }
}

/** A key as written, or the text of a string. */
function keyOf(node: TreeNode, reading: Reading): string {
  const text = reading.words(node)
  return text.startsWith('"') ? unescaped(reading.text.slice(node.from, node.to).trim().slice(1, -1)) : text
}

/** Reads a node of the grammar's tree; throws FeelError `syntax` where the text is wrong, `too-long` beyond the bounds. */
export function readNode(node: TreeNode, reading: Reading): Ast {
  const readAt = (at: TreeNode | undefined, depth: number): Ast => {
    if (!at) return wrong(node, reading)
    if (++reading.nodes > reading.treeMax || depth > reading.depthMax) throw new FeelError("too-long", at.from, at.to)
    const children = parts(at)
    const reader = readers.get(at.name)
    if (!reader) return wrong(at, reading)
    const body = reader(at, children, (child) => readAt(child, depth + 1), reading)
    return { from: at.from, to: at.to, ...body } as Ast
  }
  checkErrors(node, reading, 0)
  return readAt(node, 0)
}

/** Throws at the innermost place that the grammar couldn't read. */
function checkErrors(node: TreeNode, reading: Reading, depth: number): void {
  if (depth > reading.depthMax * TREE_DEPTH_SHARE) throw new FeelError("too-long", node.from, node.to)
  for (let child = node.firstChild; child; child = child.nextSibling) checkErrors(child, reading, depth + 1)
  if (node.type.isError) wrong(node, reading)
}

/** The grammar puts up to this many nodes between one of ours and the next. */
const TREE_DEPTH_SHARE = 5
