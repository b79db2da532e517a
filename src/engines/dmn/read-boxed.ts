// Boxed expressions from their XML.
import type { Aggregation, Boxed, Described, FunctionBody, HitPolicy, Variable } from "./model.ts"
import { childOf, childrenOf, type Element, innerText } from "./xml.ts"

const boxedNames = [
  "literalExpression",
  "context",
  "invocation",
  "decisionTable",
  "relation",
  "list",
  "functionDefinition",
  "conditional",
  "filter",
  "for",
  "every",
  "some",
] as const

/** The boxed expression among an element's children. */
export const boxedIn = (element: Element | undefined): Boxed | null => boxedOf(childOf(element, ...boxedNames))

export const variableOf = (element: Element | undefined): Variable | null =>
  element ? { name: nameOf(element), typeRef: element.attributes.get("typeRef") ?? null } : null

export function described(element: Element): Described {
  const description = childOf(element, "description")?.text
  return description ? { description } : {}
}

/** Letters and single spaces within ASCII are as they are to be. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/

/** A name with runs of blanks as one. */
export function nameOf(element: Element): string {
  const name = element.attributes.get("name") ?? ""
  return PLAIN.test(name) ? name : name.normalize("NFC").replace(/\s+/g, " ").trim()
}

type Reader = (element: Element, typeRef: string | null) => Boxed

const iterator =
  (kind: "for" | "every" | "some", body: string): Reader =>
  (element, typeRef) => ({
    kind,
    variable: element.attributes.get("iteratorVariable") ?? "",
    in: boxedIn(childOf(element, "in")),
    body: boxedIn(childOf(element, body)),
    typeRef,
  })

const readers: Readonly<Record<(typeof boxedNames)[number], Reader>> = {
  literalExpression: (element, typeRef) => ({ kind: "literal", text: innerText(element), typeRef }),
  context: (element, typeRef) => ({
    kind: "context",
    entries: childrenOf(element, "contextEntry").map((entry) => ({
      variable: variableOf(childOf(entry, "variable")),
      value: boxedIn(entry),
    })),
    typeRef,
  }),
  invocation: (element, typeRef) => ({
    kind: "invocation",
    callee: boxedIn(element),
    bindings: childrenOf(element, "binding").map((binding) => ({
      parameter: variableOf(childOf(binding, "parameter"))?.name ?? "",
      value: boxedIn(binding),
    })),
    typeRef,
  }),
  decisionTable: readTable,
  relation: (element, typeRef) => ({
    kind: "relation",
    columns: childrenOf(element, "column").map((column) => variableOf(column)!),
    rows: childrenOf(element, "row").map((row) => childrenOf(row, ...boxedNames).map(boxedOf)),
    typeRef,
  }),
  list: (element, typeRef) => ({ kind: "list", items: childrenOf(element, ...boxedNames).map(boxedOf), typeRef }),
  functionDefinition: (element, typeRef) => ({ kind: "function", ...functionOf(element), typeRef }),
  conditional: (element, typeRef) => ({
    kind: "conditional",
    if: boxedIn(childOf(element, "if")),
    consequent: boxedIn(childOf(element, "then")),
    alternative: boxedIn(childOf(element, "else")),
    typeRef,
  }),
  filter: (element, typeRef) => ({
    kind: "filter",
    in: boxedIn(childOf(element, "in")),
    match: boxedIn(childOf(element, "match")),
    typeRef,
  }),
  for: iterator("for", "return"),
  every: iterator("every", "satisfies"),
  some: iterator("some", "satisfies"),
}

function boxedOf(element: Element | undefined): Boxed | null {
  return element ? readers[element.name as keyof typeof readers](element, element.attributes.get("typeRef") ?? null) : null
}

/** A function's parameters and body. */
export function functionOf(element: Element): FunctionBody {
  const kind = element.attributes.get("kind")
  return {
    language: kind === "Java" || kind === "PMML" ? kind : "FEEL",
    parameters: childrenOf(element, "formalParameter").map((parameter) => variableOf(parameter)!),
    body: boxedIn(element),
  }
}

function readTable(element: Element, typeRef: string | null): Boxed {
  return {
    kind: "table",
    hitPolicy: (element.attributes.get("hitPolicy") ?? "UNIQUE") as HitPolicy,
    aggregation: (element.attributes.get("aggregation") ?? null) as Aggregation | null,
    inputs: childrenOf(element, "input").map((input) => {
      const expression = childOf(input, "inputExpression")
      const text = innerText(expression)
      const id = input.attributes.get("id")
      return {
        ...(id !== undefined && { id }),
        ...described(input),
        label: input.attributes.get("label") ?? text ?? "",
        text,
        typeRef: expression?.attributes.get("typeRef") ?? null,
        values: innerText(childOf(input, "inputValues")),
      }
    }),
    outputs: childrenOf(element, "output").map((output) => ({
      name: nameOf(output),
      typeRef: output.attributes.get("typeRef") ?? null,
      values: innerText(childOf(output, "outputValues")),
      default: innerText(childOf(output, "defaultOutputEntry")),
    })),
    rules: childrenOf(element, "rule").map((rule, index) => ({
      id: rule.attributes.get("id") ?? String(index + 1),
      ...described(rule),
      inputs: childrenOf(rule, "inputEntry").map((entry) => innerText(entry)?.trim() ?? "-"),
      outputs: childrenOf(rule, "outputEntry").map((entry) => innerText(entry)),
    })),
    typeRef,
  }
}
