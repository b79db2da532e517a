// Types as expressions write them: `list<number>`, `function<string>->date`.
import type { TypeNode } from "./ast.ts"
import type { Parsing } from "./parsing.ts"
import { declaredName, otherWords } from "./read-names.ts"

/** Names with a word that has a meaning of its own. */
const ownWords = /(?:date\s+and\s+time|days\s+and\s+time\s+duration|years\s+and\s+months\s+duration)(?![\p{L}\p{N}_])/uy

export function readType(parsing: Parsing): TypeNode {
  return parsing.within(() => {
    const { source } = parsing
    const known = source.taken(ownWords)
    if (known !== undefined) return { kind: "name", name: known.replace(/\s+/g, " ") }
    const from = source.at
    otherWords(parsing, from, true)
    while (source.is(".") && !source.is("..")) {
      source.take(".")
      otherWords(parsing, source.at, true)
    }
    const name = source.words(from, source.end).replace(/ ?\. ?/g, ".")
    if (!source.is("<")) return { kind: "name", name }
    const reader = named.get(name)
    return reader ? reader(parsing) : source.fail()
  })
}

const of =
  (kind: "list" | "range") =>
  (parsing: Parsing): TypeNode => {
    parsing.source.need("<")
    const type = readType(parsing)
    parsing.source.need(">")
    return { kind, of: type }
  }

const named: ReadonlyMap<string, (parsing: Parsing) => TypeNode> = new Map([
  ["list", of("list")],
  ["range", of("range")],
  ["context", readContext],
  ["function", readFunction],
])

function readContext(parsing: Parsing): TypeNode {
  const { source } = parsing
  const entries: { name: string; type: TypeNode }[] = []
  source.need("<")
  do {
    const name = declaredName(parsing) ?? source.fail()
    source.need(":")
    entries.push({ name, type: readType(parsing) })
  } while (source.take(","))
  source.need(">")
  return { kind: "context", entries }
}

function readFunction(parsing: Parsing): TypeNode {
  const { source } = parsing
  const parameters: TypeNode[] = []
  source.need("<")
  if (!source.is(">"))
    do parameters.push(readType(parsing))
    while (source.take(","))
  source.need(">")
  source.need("->")
  return { kind: "function", parameters, result: readType(parsing) }
}
