// Words of the pages where an agency answers what cases of others ask, English.
import type { Catalogue } from "#platform/words"
import type { vi } from "./words.vi.ts"

export const en: Catalogue<typeof vi> = {
  title: "Questions to our agency",
  lead: "Other agencies wait for you to verify something in a case of theirs. You see what you need to answer, and no more.",
  none: "No question waits.",
  done: "The answer is sent. The case goes on by itself at the other agency.",
  case: "Case",
  service: "Service",
  from: "Asked by",
  asked: "Asked at",
  due: "Answer due",
  late: "Late",
  askedBy: "{agency} asked at {at}, in a case of “{service}”.",
  answerUntil: "Answer before {until}.",
  seen: "The person can see that you have looked at this question.",
  answer: "Answer",
  finding: "What you found",
  findingHint: "Name the book and the page that you looked at, and what stands there. The agency that asked will read it.",
  findingMissing: "Write what you found.",
  answered: "This question has been answered.",
  closed: "This question needs no answer any more.",
}
