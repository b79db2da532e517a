// The grammar of process.yaml: the internal process of a procedure as a table of steps.
import { type Static, Type } from "typebox"

const STEPS_MAX = 60
const OUTCOMES_MAX = 12

const Name = Type.String({ pattern: "^[a-z][a-z0-9-]{0,39}$" })
const Outcomes = <T extends Parameters<typeof Type.Record>[1]>(of: T) =>
  Type.Record(Name, of, { maxProperties: OUTCOMES_MAX, additionalProperties: false })

/** What a step does. Those in `SYSTEM_KINDS` may be done by the system. */
export const StepKind = Type.Enum([
  "receive-or-refuse",
  "supplement",
  "appraise",
  "consult",
  "sign",
  "write-register",
  "return-result",
  "decide",
  "notify",
  "pay",
  "query-register",
  "issue",
])
export type StepKind = Static<typeof StepKind>

/** How a case ends: the words after `then:` that are not the id of a step. */
export const ENDS = {
  end: "completed",
  "end-refused": "refused",
  "end-stopped": "stopped",
  "end-withdrawn": "withdrawn",
} as const
export type EndAs = (typeof ENDS)[keyof typeof ENDS]

/** As a target of a supplement step: back to the step that asked. */
export const ASKER = "asker"

const Path = Type.String({ pattern: "^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*$", maxLength: 120 })
const Words = Type.Record(Type.String({ pattern: "^[a-z]{2,3}$" }), Type.String({ minLength: 1, maxLength: 1_000 }), {
  minProperties: 1,
})

/** What a `query-register` step asks: the record of one person, known to the process from then on under the name `as`. */
export const Query = Type.Object(
  {
    service: Type.String({ pattern: "^[a-z-]+/[a-z-]+\\.read$" }),
    key: Type.Union([Path], {
      description: "where the personal number stands; only one that a register vouches for is asked with",
    }),
    as: Name,
  },
  { additionalProperties: false },
)
export type Query = Static<typeof Query>

/** What a `consult` step of the system asks another agency: the one named, or that of a kind for the first address in `of`. */
export const Consult = Type.Object(
  {
    agency: Type.Optional(Name),
    kind: Type.Optional(Name),
    of: Type.Optional(Type.Array(Path, { minItems: 1, maxItems: 5 })),
    role: Type.Union([Name], { description: "role of those at the other agency who may answer" }),
    question: Words,
    shows: Type.Array(Path, { maxItems: 20, description: "answers of the form that they may see; nothing else of the case" }),
  },
  { additionalProperties: false },
)
export type Consult = Static<typeof Consult>

/** One row of the step table. */
export const StepDefinition = Type.Object(
  {
    id: Name,
    name: Type.Optional(Type.Record(Type.String({ pattern: "^[a-z]{2,3}$" }), Type.String({ minLength: 1, maxLength: 120 }))),
    by: Type.String({ pattern: "^[a-z][a-z0-9-]{0,39}$", description: "role of the position; `applicant`, or `system`" }),
    unit: Type.Optional(Name),
    hours: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 2_000, description: "norm in working hours" })),
    kind: StepKind,
    form: Type.Optional(Type.String({ maxLength: 60, description: "form produced whatever the outcome" })),
    forms: Type.Optional(Outcomes(Type.String({ maxLength: 60, description: "form produced on that outcome" }))),
    checks: Type.Optional(Type.Array(Name, { maxItems: 40 })),
    not: Type.Optional(
      Type.Union([Name, Type.Array(Name, { maxItems: 10 })], {
        description: "four eyes: nobody who did that step may do this one",
      }),
    ),
    clock: Type.Optional(Type.Literal("suspended")),
    closes: Type.Optional(
      Type.Object(
        { after: Type.String({ pattern: "^[1-9][0-9]{0,3} (working-day|working-hour|day|month)s?$" }), as: Name },
        { additionalProperties: false },
      ),
    ),
    assigns: Type.Optional(
      Type.String({ maxLength: 80, description: "data element that the system gives, such as person.number" }),
    ),
    channel: Type.Optional(Type.String({ maxLength: 80 })),
    notice: Type.Optional(Name),
    table: Type.Optional(
      Type.String({ maxLength: 120, description: "decision table that answers a `decide` step of the system" }),
    ),
    query: Type.Optional(Query),
    consult: Type.Optional(Consult),
    // biome-ignore lint/suspicious/noThenProperty: the word of the grammar; no promise is near
    then: Outcomes(Name),
  },
  { additionalProperties: false },
)
export type StepDefinition = Static<typeof StepDefinition>

/** The whole of process.yaml. The first step is where a submitted case begins. */
export const ProcessDefinition = Type.Object(
  {
    supplements: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 9, description: "requests for a supplement that one case may bear; 1 unless said" }),
    ),
    steps: Type.Array(StepDefinition, { minItems: 1, maxItems: STEPS_MAX }),
  },
  { additionalProperties: false },
)
export type ProcessDefinition = Static<typeof ProcessDefinition>
