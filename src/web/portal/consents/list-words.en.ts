// Words of the list of consents, English.
import type { Catalogue } from "#platform/words"
import type { vi } from "./list-words.vi.ts"

export const en: Catalogue<typeof vi> = {
  title: "What I have agreed to",
  none: "You have agreed to no use of your data yet.",
  who: "Who may",
  why: "What for",
  state: "State",
  until: "until",
  on: "since",
  uses: "Used",
  times: { one: "{count} time", other: "{count} times" },
}
