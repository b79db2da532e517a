// Types as expressions write them: `list<number>`, `function<string>->date`.
import type { TypeNode } from "./ast.ts"
import { parts, type Reading, type TreeNode, wrong } from "./read-tree.ts"

export function readType(node: TreeNode, reading: Reading): TypeNode {
  if (node.type.isError) return wrong(node, reading)
  const children = parts(node)
  for (const child of children) if (child.type.isError) return wrong(child, reading)
  const types = children.filter(({ name }) => name === "Type")
  if (node.name === "Type") return children[0] ? readType(children[0], reading) : wrong(node, reading)
  if (node.name === "ListType")
    return { kind: reading.rangeTypes.has(node.from) ? "range" : "list", of: readType(types[0] ?? node, reading) }
  if (node.name === "ContextType") {
    const list = children.find(({ name }) => name === "ContextEntryTypes")
    const entries = (list ? parts(list) : []).map((entry) => {
      const [name, type] = parts(entry)
      return { name: reading.words(name ?? entry), type: readType(type ?? entry, reading) }
    })
    return { kind: "context", entries }
  }
  if (node.name === "FunctionType") {
    const list = children.find(({ name }) => name === "ArgumentTypes")
    const parameters = (list ? parts(list) : []).map((argument) => readType(parts(argument)[0] ?? argument, reading))
    return { kind: "function", parameters, result: readType(types.at(-1) ?? node, reading) }
  }
  if (node.name === "QualifiedName" || node.name === "SpecialType")
    return { kind: "name", name: reading.words(node).replace(/ ?\. ?/g, ".") }
  return wrong(node, reading)
}
