// Walks an expression's tree: refuses what can't be bounded or is unknown, and lists the names that it reads.

import { FeelError } from "./feel-error.ts"
import { clockFunctions, functions, regularExpressionFunctions } from "./functions.ts"
import { DEPTH_MAX, LOOPS_MAX, TREE_MAX } from "./limits.ts"

/** Declared names as nested contexts; a name without entries may be read beyond. */
export interface Skeleton {
  [word: string]: Skeleton
}

/** The part of a lezer node that the walk needs. */
interface Node {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly type: { readonly isError: boolean; readonly isSkipped: boolean }
  readonly firstChild: Node | null
  readonly nextSibling: Node | null
  getChild(name: string): Node | null
}

interface UsedName {
  readonly root: string
  readonly full: string
}

interface Walk {
  readonly text: string
  readonly skeleton: Skeleton
  readonly used: UsedName[]
  nodes: number
}

/** Inside what a node stands: its depth, the loops around it, names bound there, and whether an entry's own names may be meant. */
interface Around {
  readonly depth: number
  readonly loops: number
  readonly bound: ReadonlySet<string>
  readonly entry: boolean
}

/** The names read in a parsed expression. Throws FeelError where it is wrong, unknown, or can't be bounded. */
export function usedNames(tree: { readonly topNode: unknown }, text: string, skeleton: Skeleton): readonly UsedName[] {
  const walk: Walk = { text, skeleton, used: [], nodes: 0 }
  visit(tree.topNode as Node, walk, { depth: 0, loops: 0, bound: new Set(), entry: false })
  return walk.used
}

const loopNodes = new Set(["ForExpression", "QuantifiedExpression", "FilterExpression"])

function visit(node: Node, walk: Walk, around: Around): void {
  if (++walk.nodes > TREE_MAX || around.depth > DEPTH_MAX) throw new FeelError("too-long", node.from, node.to)
  if (node.type.isError) throw new FeelError("syntax", node.from, Math.max(node.to, node.from + 1), textOf(node, walk))
  if (node.name === "FunctionDefinition") throw new FeelError("function-definition", node.from, node.to)
  if (node.name === "PathExpression" && visitPath(node, walk, around)) return
  if (node.name === "VariableName") readName([textOf(node, walk)], node, walk, around)
  else if (node.name === "FunctionInvocation") visitCall(node, walk, around)
  else if (loopNodes.has(node.name)) visitLoop(node, walk, around)
  else if (node.name === "Context") visitContext(node, walk, around)
  else visitChildren(node, walk, { ...around, depth: around.depth + 1 })
}

function visitChildren(node: Node, walk: Walk, around: Around): void {
  for (const child of children(node)) {
    if (node.name !== "PositiveUnaryTest" && isRange(child)) throw new FeelError("range-loop", child.from, child.to)
    visit(child, walk, around)
  }
}

/** A range is for `x in [1..3]`, not for counting through. */
const isRange = (node: Node) => node.name === "SimplePositiveUnaryTest" && node.firstChild?.name === "Interval"

/** `a.b.c` as one name; false when its beginning is no name (a call, a filter) and its parts are to be visited. */
function visitPath(node: Node, walk: Walk, around: Around): boolean {
  const words: string[] = []
  let at: Node | null = node
  while (at?.name === "PathExpression") {
    const parts: Node[] = children(at)
    words.unshift(textOf(parts.at(-1)!, walk))
    at = parts[0] ?? null
  }
  if (at?.name !== "VariableName") return false
  readName([textOf(at, walk), ...words], node, walk, around)
  return true
}

function readName(words: readonly string[], node: Node, walk: Walk, around: Around): void {
  const root = words[0]!
  if (around.bound.has(root)) return
  let place: Skeleton | undefined = Object.hasOwn(walk.skeleton, root) ? walk.skeleton[root] : undefined
  if (!place) {
    if (around.entry) return
    throw new FeelError("unknown-name", node.from, node.to, words.join("."))
  }
  for (const word of words.slice(1)) {
    if (Object.keys(place).length === 0) break
    place = Object.hasOwn(place, word) ? place[word]! : undefined
    if (!place) throw new FeelError("unknown-name", node.from, node.to, words.join("."))
  }
  walk.used.push({ root, full: words.join(".") })
}

function visitCall(node: Node, walk: Walk, around: Around): void {
  const [callee, ...rest] = children(node)
  const inside = { ...around, depth: around.depth + 1 }
  const name = textOf(callee!, walk)
  const fault = clockFunctions.has(name) ? "clock" : regularExpressionFunctions.has(name) ? "regular-expression" : undefined
  if (fault) throw new FeelError(fault, node.from, node.to, name)
  if (!functions.has(name)) throw new FeelError("unknown-function", callee!.from, callee!.to, name)
  for (const child of rest) visit(child, walk, inside)
}

function visitLoop(node: Node, walk: Walk, around: Around): void {
  const lists = children(node)
    .filter((child) => child.name === "InExpressions")
    .flatMap(children)
    .filter((child) => child.name === "InExpression")
  const loops = around.loops + Math.max(1, lists.length)
  if (loops > LOOPS_MAX) throw new FeelError("nested-loops", node.from, node.to)
  const names = lists.map((list) => textOf(list.getChild("Name")!, walk))
  const filter = node.name === "FilterExpression"
  const bound = new Set([...around.bound, ...names, ...(filter ? ["item"] : ["partial"])])
  for (const [index, child] of children(node).entries()) {
    const within = !(filter && index === 0)
    const inside = within
      ? { depth: around.depth + 1, loops, bound, entry: around.entry || filter }
      : { ...around, depth: around.depth + 1 }
    if (isRange(child)) throw new FeelError("range-loop", child.from, child.to)
    if (child.name !== "InExpressions") visit(child, walk, inside)
    else for (const list of children(child)) visitList(list, walk, { ...around, bound: inside.bound, depth: around.depth + 1 })
  }
}

/** The list of one `name in list`; ranges would be counted through. */
function visitList(node: Node, walk: Walk, around: Around): void {
  for (const child of children(node)) {
    if (child.name === "Name") continue
    if (child.name === "IterationContext" && walk.text.slice(child.from, child.to).includes(".."))
      throw new FeelError("range-loop", child.from, child.to)
    visit(child, walk, around)
  }
}

function visitContext(node: Node, walk: Walk, around: Around): void {
  const bound = new Set(around.bound)
  for (const entry of children(node).filter((child) => child.name === "ContextEntry")) {
    const [key, value] = children(entry)
    if (value) visit(value, walk, { ...around, depth: around.depth + 1, bound })
    bound.add(textOf(key!, walk).replace(/^"|"$/g, ""))
  }
}

function children(node: Node): Node[] {
  const found: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) if (!child.type.isSkipped) found.push(child)
  return found
}

/** A node's text, runs of white space as one. */
const textOf = (node: Node, walk: Walk): string => walk.text.slice(node.from, node.to).replace(/\s+/g, " ").trim()
