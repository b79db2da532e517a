// A model as XML of DMN 1.5, without a drawing: what is written reads back as the same model.
import type { Element, ItemDefinition, Model } from "./model.ts"
import { boxedXml, descriptionXml, functionXml, textIn, variableXml, xml } from "./write-boxed.ts"
import { escapedText } from "./xml.ts"

const DMN_1_5 = "https://www.omg.org/spec/DMN/20230324/MODEL/"

/** The model as a document. */
export function writeDmn(model: Model): string {
  const kinds = new Map(model.elements.map(({ id, kind }) => [id, kind]))
  const inside = [
    ...model.imports.map(({ name, namespace }) => xml("import", { name, namespace, importType: DMN_1_5 })),
    ...model.items.map((item) => itemXml("itemDefinition", item)),
    ...model.elements.map((element) => elementXml(element, kinds)),
  ]
  const root = xml("definitions", { xmlns: DMN_1_5, name: model.name, namespace: model.namespace }, ...inside)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`
}

function itemXml(tag: string, item: ItemDefinition): string {
  const fn = item.functionItem
  return xml(
    tag,
    { name: item.name, isCollection: item.isCollection ? "true" : null },
    item.typeRef === null ? "" : `<typeRef>${escapedText(item.typeRef)}</typeRef>`,
    textIn("allowedValues", item.allowedValues),
    textIn("typeConstraint", item.typeConstraint),
    ...item.components.map((part) => itemXml("itemComponent", part)),
    fn ? xml("functionItem", { outputTypeRef: fn.result }, ...fn.parameters.map((one) => variableXml("parameters", one))) : "",
  )
}

type Kinds = ReadonlyMap<string, Element["kind"]>

/** A requirement by what stands at its end; what another model holds is told by no kind, and counts as knowledge there. */
function requirementXml(href: string, kinds: Kinds): string {
  const kind = kinds.get(href.slice(href.lastIndexOf("#") + 1))
  if (kind === "input") return xml("informationRequirement", {}, xml("requiredInput", { href }))
  if (kind === "decision") return xml("informationRequirement", {}, xml("requiredDecision", { href }))
  return xml("knowledgeRequirement", {}, xml("requiredKnowledge", { href }))
}

function elementXml(element: Element, kinds: Kinds): string {
  const { id, name } = element
  const variable = variableXml("variable", element.variable)
  const requires = "requires" in element ? element.requires.map((href) => requirementXml(href, kinds)) : []
  const refs = (tag: string, hrefs: readonly string[]) => hrefs.map((href) => xml(tag, { href }))
  switch (element.kind) {
    case "input":
      return xml("inputData", { id, name }, variable)
    case "decision":
      return xml("decision", { id, name }, descriptionXml(element), variable, ...requires, boxedXml(element.logic))
    case "knowledge":
      return xml(
        "businessKnowledgeModel",
        { id, name },
        variable,
        element.logic ? functionXml("encapsulatedLogic", element.logic) : "",
        ...requires,
      )
    case "service":
      return xml(
        "decisionService",
        { id, name },
        variable,
        ...refs("outputDecision", element.outputs),
        ...refs("encapsulatedDecision", element.encapsulated),
        ...refs("inputDecision", element.inputDecisions),
        ...refs("inputData", element.inputs),
      )
  }
}
