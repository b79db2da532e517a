// The Arvelian pack with one mistake in an expression at a time, and what the check must say about it.
import type { Broken } from "./broken-packs.ts"

export const brokenExpressions: readonly Broken[] = [
  {
    what: "a date compared with a number",
    file: "services/R7/form.yaml",
    find: "person.residence] }",
    put: "person.residence, person.birthDate] }\n      - { id: boat.note, type: text, when: owner.birthDate > 18, name: { ka: შენიშვნა, en: Note } }",
    at: "8:44",
    code: "form-feel-type-mismatch",
    mend: "Compare or reckon with values of one type;",
  },
]
