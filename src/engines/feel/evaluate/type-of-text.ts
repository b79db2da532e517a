// Types named in expressions: the basic ones, and those that the surroundings define.
import type { TypeNode } from "../syntax/ast.ts"
import { basicTypes, type FeelType } from "../values/feel-type.ts"

export type DefinedTypes = (name: string) => FeelType | null

/** The type that is written; null when a name in it is nobody's. */
export function typeOfNode(node: TypeNode, defined: DefinedTypes): FeelType | null {
  if (node.kind === "name") return defined(node.name) ?? basicTypes.get(node.name) ?? null
  if (node.kind === "list" || node.kind === "range") {
    const of = typeOfNode(node.of, defined)
    return of && { kind: node.kind === "list" ? "list-of" : "range-of", of }
  }
  if (node.kind === "function") {
    const [parameters, result] = [
      node.parameters.map((parameter) => typeOfNode(parameter, defined)),
      typeOfNode(node.result, defined),
    ]
    return result && parameters.every((type) => type !== null) ? { kind: "function-of", parameters, result } : null
  }
  const entries = new Map<string, FeelType>()
  for (const { name, type } of node.entries) {
    const found = typeOfNode(type, defined)
    if (!found) return null
    entries.set(name, found)
  }
  return { kind: "context-of", entries }
}
