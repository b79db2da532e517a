// Models that import models: each asked with the inputs given under its import's name.
import assert from "node:assert/strict"
import { test } from "node:test"
import type { Value } from "#engines/feel"
import { type CompiledModel, compileModel, decide, readDmn } from "./index.ts"

const model = (namespace: string, inside: string) =>
  readDmn(
    `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="${namespace}" namespace="${namespace}">${inside}</definitions>`,
  )
const imported = (name: string, namespace: string) =>
  `<import name="${name}" namespace="${namespace}" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>`
const input = (id: string, name: string) =>
  `<inputData id="${id}" name="${name}"><variable name="${name}" typeRef="string"/></inputData>`
const decision = (id: string, name: string, hrefs: readonly string[], text: string) =>
  `<decision id="${id}" name="${name}"><variable name="${name}"/>${hrefs.map((href) => `<informationRequirement><requiredInput href="${href}"/></informationRequirement>`).join("")}<literalExpression><text>${text}</text></literalExpression></decision>`

const person = compileModel(model("a", input("p", "Person name") + decision("g", "greet", ["#p"], '"Hello " + Person name')))
const office = (namespace: string): CompiledModel =>
  compileModel(
    model(namespace, imported("modelA", "a") + decision("o", "say", ["a#g"], `"${namespace}: " + modelA.greet`)),
    new Map([["a", person]]),
  )
const offices = new Map([
  ["b", office("b")],
  ["c", office("c")],
])
const whole = compileModel(
  model(
    "top",
    imported("Model B", "b") +
      imported("Model C", "c") +
      decision("d", "both", ["b#o", "c#o"], 'Model B.say + "; " + Model C.say') +
      decision("e", "deep", ["a#p"], "Model B.modelA.Person name"),
  ),
  offices,
)

const named = (name: string) => new Map<string, Value>([["modelA", new Map([["Person name", name]])]])

test("the same input has its own value by each way of imports, Lan in one office and Phong in the other", () => {
  const inputs = new Map<string, Value>([
    ["Model B", named("Lan")],
    ["Model C", named("Phong")],
  ])
  assert.equal(decide(whole, "both", inputs).result, "b: Hello Lan; c: Hello Phong")
})

test("an input given by its plain name serves all imports", () => {
  assert.equal(decide(whole, "both", new Map([["Person name", "Lan"]])).result, "b: Hello Lan; c: Hello Lan")
})

test("an element of an import's import is read by both names", () => {
  assert.equal(decide(whole, "deep", new Map([["Model B", named("Lan")]])).result, "Lan")
})
