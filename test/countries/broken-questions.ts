// Questions to registers that can't be asked: of the form, and of a step.
import type { Broken } from "./broken-packs.ts"

/** The steps of Arvelia with one before them that asks a register. */
const asking = (service: string) => `steps:
  - id: ask
    by: system
    hours: 1
    kind: query-register
    query: { service: ${service}, key: owner.number, as: owner }
    then: { found: look, none: look }
`

export const brokenQuestions: readonly Broken[] = [
  {
    what: "a register that nobody keeps",
    file: "services/R7/form.yaml",
    find: "service: people/person.read",
    put: "service: people/persons.read",
    at: "2:27",
    code: "exchange-service-unknown",
    mend: "Write people/person.read.",
  },
  {
    what: "a step that asks a register which nobody keeps",
    file: "services/R7/process.yaml",
    find: "steps:\n",
    put: asking("people/persom.read"),
    at: "6:23",
    code: "exchange-service-unknown",
    mend: "Write people/person.read.",
  },
  {
    what: "a step that asks a register without a right",
    file: "services/R7/process.yaml",
    find: "steps:\n",
    put: asking("people/boat.read"),
    at: "6:23",
    code: "right-missing",
    mend: "Add a right",
  },
]
