// The table of birth registration, for the tests.
import type { ProcessDefinition } from "./definition.ts"

/* biome-ignore-start lint/suspicious/noThenProperty: the word of the grammar */
export const births = (): ProcessDefinition => ({
  steps: [
    {
      id: "receive",
      by: "reception-officer",
      hours: 1,
      kind: "receive-or-refuse",
      forms: { accept: "01", supplement: "02", refuse: "03" },
      then: { accept: "appraise", supplement: "wait-citizen", refuse: "end-refused" },
    },
    {
      id: "wait-citizen",
      by: "applicant",
      kind: "supplement",
      clock: "suspended",
      closes: { after: "30 days", as: "end-stopped" },
      then: { answered: "asker" },
    },
    {
      id: "appraise",
      by: "appraiser",
      hours: 4,
      kind: "appraise",
      checks: ["identity", "statement"],
      then: { ok: "sign", supplement: "wait-citizen", refuse: "sign-refusal" },
    },
    { id: "sign", by: "leader", not: "appraise", hours: 2, kind: "sign", then: { signed: "register", back: "appraise" } },
    {
      id: "sign-refusal",
      by: "leader",
      not: ["appraise"],
      hours: 2,
      kind: "sign",
      then: { signed: "end-refused", back: "appraise" },
    },
    { id: "register", by: "system", kind: "write-register", assigns: "person.number", then: { done: "return" } },
    { id: "return", by: "system", kind: "return-result", channel: "applicant.choice", then: { done: "end" } },
  ],
})
/* biome-ignore-end lint/suspicious/noThenProperty: the word of the grammar */
