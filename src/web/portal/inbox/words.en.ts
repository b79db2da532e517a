// Words of the inbox, English.
import type { Catalogue } from "#platform/words"
import type { vi } from "./words.vi.ts"

export const en: Catalogue<typeof vi> = {
  title: "Inbox",
  unread: { one: "{count} unread message", other: "{count} unread messages" },
  allRead: "Mark all as read",
  new: "New",
  open: "Open case {code}",
  openPlain: "Open",
  older: "Older messages",
  empty: "There are no messages yet. When something changes in one of your cases, you will read it here.",
  "notice.case-submitted": "Case {code} was submitted. The receipt with the date of the result is in the case.",
  "notice.case-stopped": "Case {code} was stopped: it was not completed in time.",
  "notice.case-withdrawn": "You have withdrawn case {code}.",
  "notice.case-refused": "Case {code} was not accepted. The case says why.",
  "notice.payment-asked": "Case {code} waits for your payment of the fee.",
  "notice.supplement-asked": "Case {code} needs a supplement. The clock stands still until you answer.",
  "notice.result-ready": "The result of case {code} is ready. You can download the signed paper.",
  "notice.case-news": "There is news in case {code}.",
  "notice.correction-accepted": "The agency that keeps the data has corrected what you said was wrong in case {code}.",
  "notice.correction-refused":
    "The agency that keeps the data has not changed what you said was wrong in case {code}. Read why on the page “Who has looked at my data”.",
  "notice.register-event": "A register of the state has recorded or changed something about you.",
  "notice.other": "You have a new message.",
}
