// The parts of a node, for whoever walks a tree.
import type { Ast } from "../syntax/ast.ts"

/** The parts right below a node. */
export function partsOf(node: Ast): Ast[] {
  const found: Ast[] = []
  for (const value of Object.values(node)) collect(value, found)
  return found
}

function collect(value: unknown, found: Ast[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found)
  else if (typeof value === "object" && value !== null) {
    if ("kind" in value && "from" in value && "to" in value) found.push(value as Ast)
    else if ("in" in value || "value" in value) for (const part of Object.values(value)) collect(part, found)
  }
}

/** Whether `?` is read in it. */
export const readsInput = (node: Ast): boolean => node.kind === "input" || partsOf(node).some(readsInput)
