// Boxed expressions as XML of DMN 1.5.
import type { Boxed, Described, FunctionBody, Table, Variable } from "./model.ts"
import { escapedAttribute, escapedText } from "./xml.ts"

type Attributes = Readonly<Record<string, string | null | undefined>>

/** An element with attributes (those without a value left out) and what is inside, already written. */
export function xml(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escapedAttribute(value!)}"`)
    .join("")
  const content = inside.join("")
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`
}

/** An element around a text; nothing for none. */
export const textIn = (name: string, text: string | null, attributes: Attributes = {}): string =>
  text === null ? "" : xml(name, attributes, `<text>${escapedText(text)}</text>`)

export const descriptionXml = ({ description }: Described): string =>
  description === undefined ? "" : `<description>${escapedText(description)}</description>`

export const variableXml = (name: string, { name: own, typeRef }: Variable): string => xml(name, { name: own, typeRef })

type Writer<K extends Boxed["kind"]> = (boxed: Extract<Boxed, { kind: K }>) => string

const around = (name: string, boxed: Boxed | null): string => xml(name, {}, boxedXml(boxed))

const iterator = (boxed: Extract<Boxed, { kind: "for" | "every" | "some" }>): string =>
  xml(
    boxed.kind,
    { typeRef: boxed.typeRef, iteratorVariable: boxed.variable },
    around("in", boxed.in),
    around(boxed.kind === "for" ? "return" : "satisfies", boxed.body),
  )

const writers: { readonly [K in Boxed["kind"]]: Writer<K> } = {
  literal: ({ text, typeRef }) =>
    text === null ? xml("literalExpression", { typeRef }) : textIn("literalExpression", text, { typeRef }),
  context: ({ entries, typeRef }) =>
    xml(
      "context",
      { typeRef },
      ...entries.map(({ variable, value }) =>
        xml("contextEntry", {}, variable ? variableXml("variable", variable) : "", boxedXml(value)),
      ),
    ),
  invocation: ({ callee, bindings, typeRef }) =>
    xml(
      "invocation",
      { typeRef },
      boxedXml(callee),
      ...bindings.map(({ parameter, value }) => xml("binding", {}, xml("parameter", { name: parameter }), boxedXml(value))),
    ),
  table: tableXml,
  relation: ({ columns, rows, typeRef }) =>
    xml(
      "relation",
      { typeRef },
      ...columns.map((column) => variableXml("column", column)),
      ...rows.map((row) => xml("row", {}, ...row.map(boxedXml))),
    ),
  list: ({ items, typeRef }) => xml("list", { typeRef }, ...items.map(boxedXml)),
  function: (boxed) => functionXml("functionDefinition", boxed, boxed.typeRef),
  conditional: (boxed) =>
    xml(
      "conditional",
      { typeRef: boxed.typeRef },
      around("if", boxed.if),
      around("then", boxed.consequent),
      around("else", boxed.alternative),
    ),
  filter: (boxed) => xml("filter", { typeRef: boxed.typeRef }, around("in", boxed.in), around("match", boxed.match)),
  for: iterator,
  every: iterator,
  some: iterator,
}

export const boxedXml = (boxed: Boxed | null): string =>
  boxed ? (writers[boxed.kind] as Writer<Boxed["kind"]>)(boxed as never) : ""

export const functionXml = (name: string, fn: FunctionBody, typeRef: string | null = null): string =>
  xml(
    name,
    { typeRef, kind: fn.language === "FEEL" ? null : fn.language },
    ...fn.parameters.map((parameter) => variableXml("formalParameter", parameter)),
    boxedXml(fn.body),
  )

function tableXml(table: Table & { readonly typeRef: string | null }): string {
  const { hitPolicy, aggregation, inputs, outputs, rules, typeRef } = table
  return xml(
    "decisionTable",
    { typeRef, hitPolicy: hitPolicy === "UNIQUE" ? null : hitPolicy, aggregation },
    ...inputs.map(({ id, label, text, typeRef: type, values, ...about }) =>
      xml(
        "input",
        { id, label: label === text ? null : label },
        descriptionXml(about),
        textIn("inputExpression", text ?? "", { typeRef: type }),
        textIn("inputValues", values),
      ),
    ),
    ...outputs.map(({ name, typeRef: type, values, default: otherwise }) =>
      xml(
        "output",
        { name: name === "" ? null : name, typeRef: type },
        textIn("outputValues", values),
        textIn("defaultOutputEntry", otherwise),
      ),
    ),
    ...rules.map(({ id, inputs: tests, outputs: entries, ...about }) =>
      xml(
        "rule",
        { id },
        descriptionXml(about),
        ...tests.map((test) => textIn("inputEntry", test)),
        ...entries.map((entry) => (entry === null ? xml("outputEntry", {}) : textIn("outputEntry", entry))),
      ),
    ),
  )
}
