// The type of each kind of node, and what can't be right in it.
import { typeOfNode } from "../evaluate/type-of-text.ts"
import { readsInput } from "../evaluate/walk.ts"
import type { Ast, AstOf, Nodes } from "../syntax/ast.ts"
import { ANY, basicTypes, type FeelType, typeText } from "../values/feel-type.ts"
import { parseTemporal } from "../values/temporal-text.ts"
import { kindOf } from "../values/value.ts"
import { builtinNamed, checkCall } from "./check-calls.ts"
import { type Checking, Names } from "./checking.ts"
import { alternatives, bounded, canBe, canEqual, canOrder, isOpen, itemOf, unite } from "./kinds.ts"
import { propertyType } from "./property-types.ts"
import { lefts, partners, reckoned } from "./reckon.ts"

type Check<K extends keyof Nodes> = (node: AstOf<K>, names: Names, checking: Checking) => FeelType

const BOOLEAN: FeelType = { kind: "boolean" }
const NUMBER: FeelType = { kind: "number" }

/** What decides must be true or false. */
export function mustDecide(node: Ast, type: FeelType, checking: Checking): void {
  if (!canBe(type, "boolean")) checking.wrong(node, "condition", typeText(type), "boolean")
}

const junction = (node: AstOf<"and"> | AstOf<"or">, names: Names, checking: Checking): FeelType => {
  for (const part of [node.left, node.right]) mustDecide(part, checking.typeOf(part, names), checking)
  return BOOLEAN
}

const checks: { readonly [K in keyof Nodes]: Check<K> } = {
  number: () => NUMBER,
  string: () => ({ kind: "string" }),
  boolean: () => BOOLEAN,
  null: () => ({ kind: "null" }),
  at: (node, _names, checking) => {
    const value = parseTemporal(node.text)
    return value === null
      ? checking.wrong(node, "literal", `"${node.text}"`, "date | time | date and time | duration")
      : { kind: kindOf(value) }
  },
  name: (node, names, checking) => {
    const known = names.find(node.name) ?? (builtinNamed(node.name, names) && { kind: "function" })
    return known ?? (checking.closed ? checking.wrong(node, "name", node.name, "") : ANY)
  },
  input: (_node, names) => names.find("?") ?? ANY,
  arithmetic: (node, names, checking) => {
    const [left, right] = [checking.typeOf(node.left, names), checking.typeOf(node.right, names)]
    const result = reckoned(node.operator, left, right)
    if (result) return result
    const wanted = partners(node.operator, left)
    return wanted.length === 0
      ? checking.wrong(node.left, "reckon", typeText(left), lefts(node.operator).join(" | "))
      : checking.wrong(node.right, "reckon", typeText(right), wanted.join(" | "))
  },
  negation: ({ of }, names, checking) => {
    const type = checking.typeOf(of, names)
    if (canBe(type, "number", "days and time duration", "years and months duration")) return type
    return checking.wrong(of, "reckon", typeText(type), "number | duration")
  },
  compare: ({ operator, left, right }, names, checking) => {
    const [a, b] = [checking.typeOf(left, names), checking.typeOf(right, names)]
    const can = operator === "=" || operator === "!=" ? canEqual : canOrder
    if (!can(a, b)) checking.wrong(right, "compare", typeText(b), comparable(a))
    return BOOLEAN
  },
  and: junction,
  or: junction,
  between: (node, names, checking) => {
    const value = checking.typeOf(node.value, names)
    for (const end of [node.low, node.high]) {
      const type = checking.typeOf(end, names)
      if (!canOrder(value, type)) checking.wrong(end, "compare", typeText(type), comparable(value))
    }
    return BOOLEAN
  },
  in: (node, names, checking) => {
    const value = checking.typeOf(node.value, names)
    for (const test of node.tests) checkTest(test, value, new Names(names, [["?", value]]), checking)
    return BOOLEAN
  },
  instance: (node, names, checking) => {
    checking.typeOf(node.value, names)
    return BOOLEAN
  },
  path: (node, names, checking) => {
    const of = checking.typeOf(node.of, names)
    return propertyType(of, node.name) ?? checking.wrong(node, "property", `${typeText(of)}.${node.name}`, "context")
  },
  filter: checkFilter,
  call: checkCall,
  list: ({ items }, names, checking) => ({ kind: "list-of", of: unite(items.map((item) => checking.typeOf(item, names))) }),
  context: ({ entries }, names, checking) => {
    const found = new Map<string, FeelType>()
    for (const { name, value } of entries) {
      // A function may call itself: what it gives isn't known while it is read.
      const own: [string, FeelType][] = value.kind === "function" ? [...found, [name, ANY]] : [...found]
      found.set(name, checking.typeOf(value, new Names(names, own)))
    }
    return { kind: "context-of", entries: found }
  },
  range: (node, names, checking) => {
    const [start, end] = [checking.typeOf(node.start, names), checking.typeOf(node.end, names)]
    if (!canOrder(start, end)) checking.wrong(node.end, "range", typeText(end), comparable(start))
    return { kind: "range-of", of: unite([start, end]) }
  },
  test: ({ of }, names, checking) => ({ kind: "range-of", of: checking.typeOf(of, names) }),
  function: (node, names, checking) => {
    const parameters = node.parameters.map(
      ({ name, type }) =>
        [name, (type && typeOfNode(type, (one) => checking.types(one) ?? basicTypes.get(one) ?? null)) ?? ANY] as const,
    )
    const result = node.external ? ANY : checking.typeOf(node.body, new Names(names, parameters))
    return { kind: "function-of", parameters: parameters.map(([, type]) => type), result }
  },
  for: (node, names, checking) => {
    const inner = new Names(bound(node, names, checking), [["partial", { kind: "list" }]])
    return { kind: "list-of", of: checking.typeOf(node.body, inner) }
  },
  quantified: (node, names, checking) => {
    mustDecide(node.body, checking.typeOf(node.body, bound(node, names, checking)), checking)
    return BOOLEAN
  },
  if: (node, names, checking) => {
    mustDecide(node.condition, checking.typeOf(node.condition, names), checking)
    return unite([checking.typeOf(node.consequent, names), checking.typeOf(node.alternative, names)])
  },
  tests: (node, names, checking) => {
    for (const test of node.tests) checkTest(test, names.find("?") ?? ANY, names, checking)
    return BOOLEAN
  },
}

/** The type of a part; faults are noted in `checking`. */
export const typeOf = (node: Ast, names: Names, checking: Checking): FeelType =>
  bounded((checks[node.kind] as Check<keyof Nodes>)(node as never, names, checking))

const comparable = (type: FeelType): string => (isOpen(type) ? "number | string | date | time" : typeText(type))

/** A test of a value: compared with it, its range, or one of its list. */
function checkTest(node: Ast, value: FeelType, names: Names, checking: Checking): void {
  if (node.kind === "test") {
    const of = checking.typeOf(node.of, names)
    const can = node.operator === "=" || node.operator === "!=" ? canEqual : canOrder
    if (!can(value, of)) checking.wrong(node.of, "compare", typeText(of), comparable(value))
    return
  }
  const type = checking.typeOf(node, names)
  if (readsInput(node) && canBe(type, "boolean")) return
  const fits = alternatives(type).some((one) => {
    if (one.kind === "range-of") return canOrder(value, one.of) || canEqual(value, one)
    if (one.kind === "list-of") return canEqual(value, one) || alternatives(one.of).some((item) => testFits(item, value))
    return ["list", "range"].includes(one.kind) || canEqual(value, one)
  })
  if (!fits) checking.wrong(node, "compare", typeText(type), comparable(value))
}

const testFits = (item: FeelType, value: FeelType): boolean =>
  item.kind === "range-of" ? canOrder(value, item.of) : item.kind === "range" || canEqual(value, item)

function checkFilter(node: AstOf<"filter">, names: Names, checking: Checking): FeelType {
  const item = itemOf(checking.typeOf(node.of, names))
  const by = checking.typeOf(node.by, new Names(names, [["item", item]], item))
  if (!canBe(by, "boolean", "number")) checking.wrong(node.by, "condition", typeText(by), "boolean | number")
  if (isOpen(by)) return ANY
  const results = alternatives(by).map((one): FeelType => (one.kind === "number" ? item : { kind: "list-of", of: item }))
  return unite(results)
}

/** The names of a loop, each list within those before it. */
function bound(node: AstOf<"for"> | AstOf<"quantified">, names: Names, checking: Checking): Names {
  let inner = names
  for (const { name, in: list, to } of node.bindings) {
    const type = checking.typeOf(list, inner)
    let item = to ? type : rounds(type)
    if (to) {
      const end = checking.typeOf(to, inner)
      for (const [part, one] of [
        [list, type],
        [to, end],
      ] as const)
        if (!canBe(one, "number", "date")) item = checking.wrong(part, "range", typeText(one), "number | date")
    }
    inner = new Names(inner, [[name, item]])
  }
  return inner
}

/** What a loop runs over: the items of a list, the numbers or days of a range. */
const rounds = (type: FeelType): FeelType =>
  unite(alternatives(type).map((one) => (one.kind === "range-of" ? one.of : one.kind === "range" ? ANY : itemOf(one))))
