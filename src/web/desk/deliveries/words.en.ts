// Words of the page of deliveries to other agencies, English.
import type { Catalogue } from "#platform/words"
import type { vi } from "./words.vi.ts"

export const en: Catalogue<typeof vi> = {
  title: "On the way to other agencies",
  lead: "What cases of your agency have to record elsewhere and have no receipt for yet. It is tried again by itself, every five minutes at least, for seven days.",
  none: "Everything has arrived.",
  list: "Without a receipt, what has stopped first",
  what: "What",
  to: "To",
  since: "Since",
  state: "State",
  "kind.write": "Entry into {register}",
  "kind.correction": "Correction in {register}",
  waiting: "Being tried",
  waitingText: { one: "Tried once; next at {at}", other: "Tried {count} times; next at {at}" },
  stuck: "Stopped",
  again: "Try again",
  againWhat: "{what}, {to}",
  retried: "It is tried again. When the receipt is there, the case goes on by itself.",
  case: "Open the case",
  "fault.silent": "The agency has not answered for seven days. Get in touch with them, then try again.",
  "fault.no-right":
    "The agency does not allow this: the contract has ended or does not cover it. Tell your administrator, then try again.",
  "fault.consent-missing":
    "The contract with that agency rests on the consent of the person, and there is none. Tell your administrator.",
  "fault.record-likely-duplicate": "The agency holds a record that says the same. Ask them about it before you try again.",
  "fault.record-exists": "The agency holds a record of this person already. Ask them about it before you try again.",
  "fault.other": "The agency refused the entry ({code}). Get in touch with them, then try again.",
}
