// Words of the page "who has looked at my data", English.
import type { Catalogue } from "#platform/words"
import type { vi } from "./words.vi.ts"

export const en: Catalogue<typeof vi> = {
  title: "Who has looked at my data",
  lead: "Each time that your personal data are fetched from a register or one of your cases is opened, it is noted here: who, when, what for, on which legal ground.",
  day: "Day",
  show: "Show",
  empty: "Nobody looked at your data on this day.",
  caption: "Looked at on {day}",
  when: "At",
  who: "Who",
  what: "What",
  why: "What for",
  you: "You, filling in a request",
  system: "The system, handling a case",
  onBehalf: "for {agency}",
  openedCase: { one: "Opened case {code}, once", other: "Opened case {code}, {count} times" },
  handled: "Handling a case: {service}",
  fields: { one: "{count} field: {names}", other: "{count} fields: {names}" },
  refused: "Refused",
  empty_answer: "Nothing on record",
  silent_answer: "The register did not answer",
  written: "Entered into {register}",
  ground: "Legal ground: {ground}",
  message: "Message {message}",
  previous: "Day before",
  next: "Day after",
}
