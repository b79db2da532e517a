// Walks an expression's tree: refuses names that nobody declared and clocks that nobody gave, and lists the names that it reads.
import { builtins, clockFunctions } from "./builtins/registry.ts"
import { plainName } from "./evaluate/scope.ts"
import { partsOf } from "./evaluate/walk.ts"
import { FeelError } from "./feel-error.ts"
import type { Ast, AstOf } from "./syntax/ast.ts"
import type { Shape } from "./syntax/parse.ts"

export interface UsedName {
  readonly root: string
  readonly words: readonly string[]
}

interface Walk {
  readonly shape: Shape
  readonly clock: boolean
  readonly used: UsedName[]
}

/** Names bound around a node, and whether an entry's own names may be meant. */
interface Around {
  readonly bound: ReadonlySet<string>
  readonly entry: boolean
}

/** The names read in an expression. Throws FeelError where one is unknown or asks a clock. */
export function usedNames(node: Ast, shape: Shape, clock: boolean): readonly UsedName[] {
  const walk: Walk = { shape, clock, used: [] }
  visit(node, walk, { bound: new Set(), entry: false })
  return walk.used
}

function visit(node: Ast, walk: Walk, around: Around): void {
  if (node.kind === "function" && node.external) throw new FeelError("external-function", node.from, node.to)
  if (node.kind === "path" && visitPath(node, walk, around)) return
  if (node.kind === "name") readName([node.name], node, walk, around, false)
  else if (node.kind === "call") visitCall(node, walk, around)
  else if (node.kind === "for" || node.kind === "quantified") visitLoop(node, walk, around)
  else if (node.kind === "filter") {
    visit(node.of, walk, around)
    visit(node.by, walk, { bound: and(around, "item"), entry: true })
  } else if (node.kind === "context") visitContext(node, walk, around)
  else if (node.kind === "function")
    visit(node.body, walk, { ...around, bound: and(around, ...node.parameters.map(({ name }) => name)) })
  else for (const part of partsOf(node)) visit(part, walk, around)
}

const and = ({ bound }: Around, ...names: readonly string[]): ReadonlySet<string> => new Set([...bound, ...names.map(plainName)])

/** `a.b.c` as one name; false when its beginning is no name and its parts are to be visited. */
function visitPath(node: AstOf<"path">, walk: Walk, around: Around): boolean {
  const words: string[] = []
  let at: Ast = node
  while (at.kind === "path") {
    words.unshift(at.name)
    at = at.of
  }
  if (at.kind !== "name") return false
  readName([at.name, ...words], node, walk, around, false)
  return true
}

const keyIn = (shape: Shape, name: string): string | undefined =>
  Object.hasOwn(shape, name) ? name : Object.keys(shape).find((key) => plainName(key) === plainName(name))

function readName(words: readonly string[], node: Ast, walk: Walk, around: Around, called: boolean): void {
  const [first = "", ...rest] = words
  if (around.bound.has(plainName(first))) return
  const root = keyIn(walk.shape, first)
  if (root === undefined) {
    if (clockFunctions.has(first) && !walk.clock) throw new FeelError("clock", node.from, node.to, first)
    if (around.entry || builtins.has(first)) return
    throw new FeelError(called ? "unknown-function" : "unknown-name", node.from, node.to, words.join("."))
  }
  let place = walk.shape[root]!
  const full = [root]
  for (const word of rest) {
    if (Object.keys(place).length === 0) {
      full.push(word)
      continue
    }
    const key = keyIn(place, word)
    if (key === undefined) throw new FeelError("unknown-name", node.from, node.to, words.join("."))
    full.push(key)
    place = place[key]!
  }
  walk.used.push({ root, words: full })
}

function visitCall(node: AstOf<"call">, walk: Walk, around: Around): void {
  const clock = node.callee.kind === "name" && clockFunctions.has(node.callee.name)
  if (clock && !walk.clock && !around.bound.has((node.callee as AstOf<"name">).name))
    throw new FeelError("clock", node.from, node.to, (node.callee as AstOf<"name">).name)
  if (node.callee.kind === "name") readName([node.callee.name], node.callee, walk, { ...around, entry: false }, true)
  else visit(node.callee, walk, around)
  for (const arg of node.args) visit(arg, walk, around)
}

function visitLoop(node: AstOf<"for"> | AstOf<"quantified">, walk: Walk, around: Around): void {
  let inner = around
  for (const { name, in: list, to } of node.bindings) {
    visit(list, walk, inner)
    if (to) visit(to, walk, inner)
    inner = { ...inner, bound: and(inner, name, "partial") }
  }
  visit(node.body, walk, inner)
}

function visitContext(node: AstOf<"context">, walk: Walk, around: Around): void {
  let inner = around
  for (const { name, value } of node.entries) {
    const own = { ...inner, bound: and(inner, name) }
    visit(value, walk, value.kind === "function" ? own : inner)
    inner = own
  }
}
