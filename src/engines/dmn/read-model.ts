// A model from its XML, DMN 1.1 to 1.5: elements are known by their local names within any of OMG's namespaces.
import { DmnError } from "./dmn-error.ts"
import type { Decision, Element as DrgElement, ItemDefinition, Knowledge, Model, Service, Variable } from "./model.ts"
import { boxedIn, described, functionOf, nameOf, variableOf } from "./read-boxed.ts"
import { childOf, childrenOf, type Element, innerText, readXml } from "./xml.ts"

/** Reads a model. Throws DmnError `not-xml`, `too-large` or `not-dmn`. */
export function readDmn(text: string): Model {
  const { root, namespace } = readXml(text)
  if (root.name !== "definitions" || !/omg\.org\/spec\/DMN\//.test(namespace))
    throw new DmnError("not-dmn", root.name, "the root is not definitions of DMN")
  const elements: DrgElement[] = []
  for (const child of root.children) {
    const read = readers[child.name]
    if (read) elements.push(read(child))
  }
  return {
    name: nameOf(root),
    namespace: root.attributes.get("namespace") ?? "",
    imports: childrenOf(root, "import")
      .filter((one) => /omg\.org\/spec\/DMN\//.test(one.attributes.get("importType") ?? "omg.org/spec/DMN/"))
      .map((one) => ({ name: nameOf(one), namespace: one.attributes.get("namespace") ?? "" })),
    items: childrenOf(root, "itemDefinition").map(readItem),
    elements,
  }
}

const named = (element: Element): { id: string; name: string; variable: Variable } => {
  const variable = variableOf(childOf(element, "variable"))
  const name = nameOf(element)
  return {
    id: element.attributes.get("id") ?? name,
    name,
    variable: { name: variable?.name || name, typeRef: variable?.typeRef ?? null },
  }
}

const hrefs = (element: Element, ...names: readonly string[]): string[] =>
  childrenOf(element, ...names).map((one) => one.attributes.get("href") ?? "")

const requirements = (element: Element): string[] =>
  childrenOf(element, "informationRequirement", "knowledgeRequirement").flatMap((one) =>
    hrefs(one, "requiredInput", "requiredDecision", "requiredKnowledge"),
  )

const readers: Readonly<Record<string, (element: Element) => DrgElement>> = {
  inputData: (element) => ({ kind: "input", ...named(element) }),
  decision: (element): Decision => ({
    kind: "decision",
    ...named(element),
    ...described(element),
    requires: requirements(element),
    logic: boxedIn(element),
  }),
  businessKnowledgeModel: (element): Knowledge => {
    const logic = childOf(element, "encapsulatedLogic")
    return { kind: "knowledge", ...named(element), requires: requirements(element), logic: logic ? functionOf(logic) : null }
  },
  decisionService: (element): Service => ({
    kind: "service",
    ...named(element),
    outputs: hrefs(element, "outputDecision"),
    encapsulated: hrefs(element, "encapsulatedDecision"),
    inputDecisions: hrefs(element, "inputDecision"),
    inputs: hrefs(element, "inputData"),
  }),
}

function readItem(element: Element): ItemDefinition {
  const fn = childOf(element, "functionItem")
  return {
    name: nameOf(element),
    typeRef: childOf(element, "typeRef")?.text.trim() ?? element.attributes.get("typeRef") ?? null,
    isCollection: element.attributes.get("isCollection") === "true",
    components: childrenOf(element, "itemComponent").map(readItem),
    allowedValues: innerText(childOf(element, "allowedValues")),
    typeConstraint: innerText(childOf(element, "typeConstraint")),
    functionItem: fn
      ? {
          parameters: childrenOf(fn, "parameters").map((parameter) => variableOf(parameter)!),
          result: fn.attributes.get("outputTypeRef") ?? null,
        }
      : null,
  }
}
