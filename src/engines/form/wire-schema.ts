// The wire contract of a form: JSON Schema 2020-12 of what submission gives.
import { isRequired, type JsonSchema } from "./elements/element.ts"
import { elementOf } from "./elements/registry.ts"
import type { Field, Form } from "./form.ts"

const source = {
  type: "object",
  properties: {
    register: { type: "string" },
    record: { type: "string" },
    asOf: { type: "string", format: "date-time" },
    message: { type: "string" },
  },
  required: ["register", "record", "asOf", "message"],
  additionalProperties: false,
}

/**
 * JSON Schema 2020-12 of a submission: answers by field id. A verified value is not held to the form's limits: the receiver compares it with
 * the register's own. Required is what no condition can take away.
 */
export function wireSchema(form: Form): JsonSchema {
  const fields = [...form.fields.values()]
  const conditional = new Set(form.pages.filter((page) => page.when).map((page) => page.id))
  const isCertain = (field: Field) =>
    !field.when && !conditional.has(field.page) && !["register-value", "computed"].includes(field.type)
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    properties: Object.fromEntries(fields.map((field) => [field.id, answerSchema(field)])),
    required: fields.filter((field) => isRequired(field) && isCertain(field)).map((field) => field.id),
    additionalProperties: false,
    $defs: { source },
  }
}

function answerSchema(field: Field): JsonSchema {
  const described = { title: Object.values(field.name)[0] }
  return {
    ...described,
    type: "object",
    properties: {
      value: { not: { type: "null" } },
      state: { enum: ["verified", "declared", "disputed"] },
      source: { $ref: "#/$defs/source" },
      registered: {},
    },
    required: ["value", "state"],
    additionalProperties: false,
    if: { properties: { state: { const: "verified" } } },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    then: { required: ["source"] },
    else: { properties: { value: elementOf(field).schema(field) } },
  }
}
