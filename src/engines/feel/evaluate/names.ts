// Names and paths: where a name's value lies, and what is inside a value.
import { builtins } from "../builtins/registry.ts"
import type { Ast, AstOf } from "../syntax/ast.ts"
import { propertyOf } from "../values/properties.ts"
import { type Context, isContext, isList, type Value } from "../values/value.ts"
import type { Code, Compiler } from "./code.ts"
import type { Run } from "./run.ts"
import { type Frame, plainName, type Scope } from "./scope.ts"

const atDepth = (frame: Frame, depth: number): Frame => {
  let at = frame
  for (let i = depth; i > 0; i--) at = at.up!
  return at
}

/** An entry by its name, as written or with other blanks around its marks; undefined when there is none. */
export function entryOf(context: Context, name: string): Value | undefined {
  const exact = context.get(name)
  if (exact !== undefined || !/[^\p{L}\p{N}_]/u.test(name)) return exact
  const plain = plainName(name)
  for (const [key, value] of context) if (plainName(key) === plain) return value
  return undefined
}

/** Where a name is found: its slot, and the filters between here and there whose items may have an entry of that name. */
export function findName(name: string, scope: Scope): { depth: number; slot: number | undefined; items: readonly number[] } {
  const items: number[] = []
  let depth = 0
  for (let at: Scope | null = scope; at; at = at.up) {
    if (at.ofItem) items.push(depth)
    const slot = at.slotOf(name)
    if (slot !== undefined) return { depth, slot, items }
    depth++
  }
  return { depth, slot: undefined, items }
}

function readSlot(depth: number, slot: number): Code {
  if (depth === 0) return (frame) => frame.values[slot]!
  if (depth === 1) return (frame) => frame.up!.values[slot]!
  if (depth === 2) return (frame) => frame.up!.up!.values[slot]!
  return (frame) => atDepth(frame, depth).values[slot]!
}

export function compileName(node: AstOf<"name">, scope: Scope, compiler: Compiler): Code {
  const { depth, slot, items } = findName(node.name, scope)
  const builtin = builtins.get(node.name) ?? builtins.get(plainName(node.name))
  const outer: Code =
    slot !== undefined
      ? readSlot(depth, slot)
      : builtin
        ? () => builtin
        : items.length > 0
          ? (_frame, run) => run.warn("unknown-name", node.from, node.to, node.name)
          : compiler.unknown(node.name, node)
  if (items.length === 0) return outer
  return (frame, run) => {
    for (const depth of items) {
      const item = atDepth(frame, depth).values[0]!
      const found = isContext(item) ? entryOf(item, node.name) : undefined
      if (found !== undefined) return found
    }
    return outer(frame, run)
  }
}

export function compilePath(node: AstOf<"path">, scope: Scope, compiler: Compiler): Code {
  const of = compiler.compile(node.of, scope)
  return (frame, run) => inside(of(frame, run), node.name, node, run)
}

/** What `value.name` gives: an entry, a property, or that of each item of a list. */
function inside(value: Value, name: string, node: Ast, run: Run): Value {
  if (isContext(value)) {
    const entry = entryOf(value, name)
    return entry === undefined ? run.warn("no-entry", node.from, node.to, name) : entry
  }
  if (value === null) return null
  if (isList(value)) {
    run.tick(value.length)
    return run.hold(value.map((item) => inside(item, name, node, run)))
  }
  const property = propertyOf(value, name)
  return property === undefined ? run.warn("no-property", node.from, node.to, name) : property
}
