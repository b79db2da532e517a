// Models: decided with a trace, written and read again, and refused when they are made to harm.
import assert from "node:assert/strict"
import { test } from "node:test"
import { parseNumber, type Value } from "#engines/feel"
import { compileModel, DmnError, decide, readDmn, writeDmn } from "./index.ts"

const fee = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="fees" namespace="https://example.org/fees">
  <itemDefinition name="household"><typeRef>string</typeRef><allowedValues><text>"poor", "near poor", "other"</text></allowedValues></itemDefinition>
  <inputData id="late" name="Số ngày chậm"><variable name="Số ngày chậm" typeRef="number"/></inputData>
  <inputData id="kind" name="kind"><variable name="kind" typeRef="household"/></inputData>
  <businessKnowledgeModel id="share" name="share"><variable name="share"/><encapsulatedLogic>
    <formalParameter name="of" typeRef="number"/><literalExpression><text>of * 0.1</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
  <decision id="fee" name="fee"><variable name="fee" typeRef="number"/>
    <informationRequirement><requiredInput href="#late"/></informationRequirement>
    <informationRequirement><requiredInput href="#kind"/></informationRequirement>
    <decisionTable hitPolicy="FIRST">
      <input><inputExpression typeRef="number"><text>Số ngày chậm</text></inputExpression></input>
      <input><inputExpression typeRef="household"><text>kind</text></inputExpression></input>
      <output/>
      <rule id="free"><inputEntry><text>-</text></inputEntry><inputEntry><text>"poor"</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>
      <rule id="in time"><inputEntry><text>&lt;= 60</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>8000</text></outputEntry></rule>
      <rule id="late"><inputEntry><text>&gt; 60</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>8000 + Số ngày chậm * 10</text></outputEntry></rule>
    </decisionTable></decision>
  <decision id="due" name="due"><variable name="due" typeRef="number"/>
    <informationRequirement><requiredDecision href="#fee"/></informationRequirement>
    <knowledgeRequirement><requiredKnowledge href="#share"/></knowledgeRequirement>
    <literalExpression><text>fee + share(fee)</text></literalExpression></decision>
</definitions>`

const inputs = (late: number, kind: string) =>
  new Map<string, Value>([
    ["Số ngày chậm", late],
    ["kind", kind],
  ])

test("Lan's fee for a late registration is decided, and the trace names table, rule and inputs", () => {
  const model = compileModel(readDmn(fee))
  const { result, tables } = decide(model, "due", inputs(65, "other"))
  assert.deepEqual(result, parseNumber("9515"))
  assert.deepEqual(tables, [
    {
      table: "fee",
      inputs: [
        { label: "Số ngày chậm", value: 65 },
        { label: "kind", value: "other" },
      ],
      rules: ["late"],
    },
  ])
  assert.equal(decide(model, "due", inputs(65, "poor")).result, 0)
})

test("a value that its type doesn't allow is unknown, and a warning says so", () => {
  const { result, warnings } = decide(compileModel(readDmn(fee)), "fee", inputs(1, "rich"))
  assert.equal(result, 8000)
  assert.ok(warnings.some(({ code }) => code === "wrong-type"))
})

test("a model that is written reads back as the same", () => {
  const model = readDmn(fee)
  assert.deepEqual(readDmn(writeDmn(model)), model)
})

test("a text that doesn't compile is told with its element and place", () => {
  const model = compileModel(readDmn(fee.replace("fee + share(fee)", "fee + ) 1")))
  assert.equal(decide(model, "due", inputs(1, "other")).result, null)
  assert.deepEqual(
    model.faults.map(({ element, code }) => [element, code]),
    [["due", "syntax"]],
  )
})

test("decisions that require each other are stopped", () => {
  const circle = fee.replace('<requiredInput href="#kind"/>', '<requiredDecision href="#due"/>')
  assert.throws(() => decide(compileModel(readDmn(circle)), "due", inputs(1, "other")), { code: "too-deep" })
})

const refused = (text: string, code: string) =>
  assert.throws(
    () => readDmn(text),
    (error) => error instanceof DmnError && error.code === code,
  )

test("entities, document types and endless XML are refused", () => {
  const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join("")
  for (const text of [
    `<!DOCTYPE d [<!ENTITY l0 "lol">${laughs}]><definitions>&l9;</definitions>`,
    `<!DOCTYPE d SYSTEM "file:///etc/passwd"><definitions/>`,
    `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/">&x;</definitions>`,
    "<a>".repeat(200_000),
    "not XML",
    `<definitions xmlns="https://example.org/"/>`,
  ])
    assert.throws(() => readDmn(text), DmnError)
  refused(`<definitions xmlns="https://example.org/"/>`, "not-dmn")
  refused("x".repeat(5_000_000), "too-large")
  const definitions = (content: string) =>
    `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/">${content}</definitions>`
  refused(definitions("<inputData/>".repeat(12_000)), "too-large")
  refused(definitions("&amp;".repeat(20_001)), "too-large")
})

test("prefixes are those of the file's author; one that is declared nowhere is refused", () => {
  const dmn = "https://www.omg.org/spec/DMN/20230324/MODEL/"
  const content = `<m:inputData id="a" x:name="other" name="Tuổi" xmlns:x="https://example.org/"/>`
  const { elements } = readDmn(`<m:definitions xmlns:m="${dmn}" xmlns="https://example.org/" name="m">${content}</m:definitions>`)
  assert.deepEqual(elements, [{ kind: "input", id: "a", name: "Tuổi", variable: { name: "Tuổi", typeRef: null } }])
  refused(`<m:definitions xmlns="${dmn}"/>`, "not-xml")
  refused(`<definitions xmlns="${dmn}"><x:inputData/></definitions>`, "not-xml")
  refused(`<definitions xmlns="${dmn}"><a xmlns:x="urn:x"/><inputData x:name="a"/></definitions>`, "not-xml")
  refused(`<definitions xmlns:m="${dmn}"/>`, "not-dmn")
})

test("item definitions that lead to themselves, or to thirty others each, say nothing and stop nothing", () => {
  const items = Array.from({ length: 30 }, (_, n) => {
    const parts = Array.from({ length: 30 }, (_, m) => `<itemComponent name="c${m}"><typeRef>t${n + 1}</typeRef></itemComponent>`)
    return `<itemDefinition name="t${n}">${parts.join("")}</itemDefinition>`
  })
  const circles = `<itemDefinition name="self"><typeRef>self</typeRef></itemDefinition><itemDefinition name="lists" isCollection="true"><typeRef>lists</typeRef></itemDefinition><itemDefinition name="one"><typeRef>other</typeRef></itemDefinition><itemDefinition name="other"><typeRef>one</typeRef></itemDefinition>`
  const asked = (type: string) =>
    `<inputData id="${type}" name="${type}"><variable name="${type}" typeRef="${type}"/></inputData><decision id="of ${type}" name="of ${type}"><variable name="of ${type}"/><informationRequirement><requiredInput href="#${type}"/></informationRequirement><literalExpression><text>if ${type}.c1.c2.c3 = null then count(flatten([${type}])) else 0</text></literalExpression></decision>`
  const types = ["t0", "self", "lists", "one"]
  const xml = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n">${items.join("")}${circles}${types.map(asked).join("")}</definitions>`
  const model = compileModel(readDmn(xml))
  for (const type of types) assert.equal(decide(model, `of ${type}`, new Map()).result, 1, type)
  assert.deepEqual(model.faults, [])
})
