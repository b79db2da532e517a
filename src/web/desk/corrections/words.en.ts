// Words of the pages where the keeper of a register decides corrections, English.
import type { Catalogue } from "#platform/words"
import type { vi } from "./words.vi.ts"

export const en: Catalogue<typeof vi> = {
  title: "Corrections",
  lead: "People say that something in a register of your agency is wrong. They need not wait: their cases go on meanwhile.",
  none: "Nobody has said that something is wrong.",
  list: "Corrections, those to be decided first",
  when: "Came at",
  what: "What",
  by: "Who says so",
  state: "State",
  open: "To be decided",
  accepted: "Corrected",
  refused: "Not corrected",
  decide: "Look and decide",
  number: "Personal number",
  registered: "The register says",
  claimed: "The person says",
  through: "Through",
  reason: "Reason",
  reasonHint: "Needed when you don't correct it. The person reads this reason.",
  accept: "Correct the register",
  acceptInSystem: "It is corrected",
  inSystem:
    "This value stands in “{system}”. Correct it there first; when you say that it is corrected, the system is asked again.",
  refuse: "Don't correct it",
  decided: "Decided at {at} by {by}",
  ended: "The decision is noted. The person and the agency that handles the case will be told.",
}
