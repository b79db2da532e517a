// Values that stand for themselves: literals, brackets, lists, contexts, ranges.
import { parseNumber } from "../values/decimal.ts"
import type { Ast } from "./ast.ts"
import { either, type Inside, KnownNames, unknownInside } from "./names.ts"
import type { Parsing } from "./parsing.ts"
import { readFor, readFunction, readIf, readQuantified } from "./read-keywords.ts"
import { argumentName, declaredName, readName } from "./read-names.ts"
import { unescaped } from "./string-text.ts"

export function readPrimary(parsing: Parsing): Ast {
  const { source } = parsing
  const mark = marks.get(source.text.charAt(source.at))
  if (mark) return mark(parsing)
  const number = readNumber(parsing, source.at)
  if (number) return number
  return readName(parsing) ?? (words.get(source.word()) ?? source.fail())(parsing)
}

type Reader = (parsing: Parsing) => Ast

const marks: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['"', readString],
  ["@", readAt],
  ["(", (parsing) => readBracket(parsing)[0]!],
  ["[", readList],
  ["]", (parsing) => readRange(parsing, parsing.source.at)],
  ["{", readContext],
])

const literal =
  (body: { kind: "null" | "input" } | { kind: "boolean"; value: boolean }): Reader =>
  (parsing) => {
    const from = parsing.source.at
    parsing.source.take(parsing.source.word())
    return parsing.node(from, body)
  }

const words: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["?", literal({ kind: "input" })],
  ["null", literal({ kind: "null" })],
  ["true", literal({ kind: "boolean", value: true })],
  ["false", literal({ kind: "boolean", value: false })],
  ["if", readIf],
  ["for", readFor],
  ["some", readQuantified],
  ["every", readQuantified],
  ["function", readFunction],
])

function readNumber(parsing: Parsing, from: number, sign = ""): Ast | undefined {
  const text = parsing.source.takeNumber()
  if (text === undefined) return undefined
  const value = parseNumber(sign + text)
  return value === null ? parsing.source.fail(from) : parsing.node(from, { kind: "number", value })
}

/** A number with the sign before it; undefined, and nothing taken, where none stands. */
export function signedNumber(parsing: Parsing): Ast | undefined {
  const { source } = parsing
  const { end, at } = source
  source.take("-")
  const number = readNumber(parsing, at, "-")
  if (!number) source.back(end, at)
  return number
}

function readString(parsing: Parsing): Ast {
  const from = parsing.source.at
  const text = parsing.source.takeString() ?? parsing.source.fail()
  return parsing.node(from, { kind: "string", value: unescaped(text) })
}

function readAt(parsing: Parsing): Ast {
  const from = parsing.source.at
  parsing.source.take("@")
  const text = parsing.source.takeString() ?? parsing.source.fail()
  return parsing.node(from, { kind: "at", text: unescaped(text) })
}

/** `(…)`, a range that begins so, or, if `several`, tests with commas between them. */
export function readBracket(parsing: Parsing, several = false): Ast[] {
  const { source } = parsing
  const from = source.at
  source.take("(")
  const found = [parsing.expression()]
  if (source.is("..")) return [readRangeFrom(parsing, from, found[0]!, false)]
  while (several && source.take(",")) found.push(parsing.expression())
  source.need(")")
  return found
}

function readList(parsing: Parsing): Ast {
  const { source } = parsing
  const from = source.at
  source.take("[")
  const items: Ast[] = []
  if (!source.is("]"))
    do {
      items.push(parsing.expression())
      if (items.length === 1 && source.is("..")) return readRangeFrom(parsing, from, items[0]!, true)
    } while (source.take(","))
  source.need("]")
  return parsing.node(from, { kind: "list", items }, items, () => either(items.map((item) => parsing.insideOf(item))))
}

/** `]start..end[`. */
function readRange(parsing: Parsing, from: number): Ast {
  parsing.source.take("]")
  return readRangeFrom(parsing, from, parsing.expression(), false)
}

function readRangeFrom(parsing: Parsing, from: number, start: Ast, startIncluded: boolean): Ast {
  const { source } = parsing
  source.need("..")
  const end = parsing.expression(true)
  const endIncluded = source.take("]")
  if (!endIncluded && !source.take(")")) source.need("[")
  return parsing.node(from, { kind: "range", start, end, startIncluded, endIncluded }, [start, end])
}

/** What may stand behind a `[` that closes a range. */
const afterRange = /\[\s*(?:$|[,)\]}=!<>+*/]|\.\s*\D|(?:and|or|then|else|return|satisfies|in|between|instance)\b)/y

/** Whether a filter begins here, and no range ends. */
export function isFilterHere({ source, endsRange }: Parsing): boolean {
  if (!source.is("[")) return false
  afterRange.lastIndex = source.at
  return !endsRange || !afterRange.test(source.text)
}

function readContext(parsing: Parsing): Ast {
  const { source } = parsing
  const from = source.at
  source.take("{")
  const entries: { name: string; value: Ast }[] = []
  const own = new KnownNames()
  parsing.knowing([own], () => {
    if (source.is("}")) return
    do {
      const text = source.takeString()
      const name = text === undefined ? (declaredName(parsing) ?? source.fail()) : unescaped(text)
      source.need(":")
      const value = parsing.expression()
      own.declare(name, () => parsing.insideOf(value))
      entries.push({ name, value })
    } while (source.take(","))
  })
  source.need("}")
  return parsing.node(
    from,
    { kind: "context", entries },
    entries.map(({ value }) => value),
    () => [own],
  )
}

/** A call of `callee` with what stands in the brackets here. */
export function readArguments(parsing: Parsing, from: number, callee: Ast): Ast {
  const { source } = parsing
  source.take("(")
  const args: Ast[] = []
  const names: string[] = []
  if (!source.is(")"))
    do {
      const name = args.length === names.length ? argumentName(parsing) : undefined
      if (name !== undefined) names.push(name)
      else if (names.length > 0) source.fail()
      args.push(parsing.expression())
    } while (source.take(","))
  source.need(")")
  return parsing.node(from, { kind: "call", callee, args, names: names.length > 0 ? names : null }, [callee, ...args], () =>
    insideOfCall(parsing, callee, args),
  )
}

/** What is inside a function's result; `get value` leads to an entry. */
function insideOfCall(parsing: Parsing, callee: Ast, [of, key]: readonly Ast[]): Inside {
  if (callee.kind !== "name" || callee.name !== "get value" || !of || key?.kind !== "string") return parsing.insideOf(callee)
  for (const names of parsing.insideOf(of)) {
    const found = names.get(key.value)
    if (found) return found()
  }
  return unknownInside()
}
