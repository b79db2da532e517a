// Texts of a model against the names and types of their places, before it decides anything.
import assert from "node:assert/strict"
import { test } from "node:test"
import { checkTexts, readDmn } from "./index.ts"

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")
const decision = (
  logic: string,
  type = "number",
) => `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="n">
  <itemDefinition name="tPerson"><itemComponent name="birth date"><typeRef>date</typeRef></itemComponent></itemDefinition>
  <inputData id="p" name="Người nộp"><variable name="Người nộp" typeRef="tPerson"/></inputData>
  <inputData id="i" name="income"><variable name="income"/></inputData>
  <decision id="fee" name="fee"><variable name="fee" typeRef="${type}"/>
    <informationRequirement id="r1"><requiredInput href="#p"/></informationRequirement>
    <informationRequirement id="r2"><requiredInput href="#i"/></informationRequirement>${logic}</decision>
</definitions>`
const literal = (text: string, type = "number") =>
  decision(`<literalExpression typeRef="${type}"><text>${escaped(text)}</text></literalExpression>`, type)
const table = (cell: string, answer = "0") =>
  decision(`<decisionTable><input label="i"><inputExpression><text>income</text></inputExpression></input><output name="fee" typeRef="number"/>
    <rule id="r"><inputEntry><text>${escaped(cell)}</text></inputEntry><outputEntry><text>${escaped(answer)}</text></outputEntry></rule></decisionTable>`)

const told = (xml: string) =>
  checkTexts(readDmn(xml), { income: { kind: "number" } }).faults.map(({ code, text, from, to, found, expected }) => [
    code,
    text.slice(from, to),
    ...(code === "type-mismatch" ? [found, expected] : []),
  ])

test("a model whose texts fit has nothing against it, names with blanks and diacritics included", () => {
  assert.deepEqual(told(literal("if Người nộp.birth date < date(2008, 3, 9) then income * 0.1 else 0")), [])
  assert.deepEqual(told(table("> 5000000", "income / 10")), [])
})

test("a name that nobody declared is told, wherever it stands", () => {
  assert.deepEqual(told(literal("incom * 2")), [["unknown-name", "incom"]])
  assert.deepEqual(told(table("> limit")), [["unknown-name", "limit"]])
  assert.deepEqual(told(literal("sum(for x in [1, 2] return x + y)")), [["unknown-name", "y"]])
})

test("types that can't be right are told: of cells, of answers, of what a decision gives", () => {
  assert.deepEqual(told(table('"poor"')), [["type-mismatch", '"poor"', "string", "number"]])
  assert.deepEqual(told(table("-", '"free"')), [["type-mismatch", '"free"', "string", "number"]])
  assert.deepEqual(told(literal('"free"')), [["type-mismatch", '"free"', "string", "number"]])
  assert.deepEqual(told(literal("income > 5")), [["type-mismatch", "income > 5", "boolean", "number"]])
})

test("a text that can't be read is told with its place", () => {
  assert.deepEqual(told(literal("income + ) 1")), [["syntax", ")"]])
})
