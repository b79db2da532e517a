// Words of choosing whom one acts as, English.
import type { Catalogue } from "#platform/words"
import type { vi } from "./words.vi.ts"

export const en: Catalogue<typeof vi> = {
  title: "Choose your role",
  lead: "You act in one role at a time. What you do is recorded under it.",
  asCitizen: "Citizen",
  asCitizenAbout: "Deal with your own and your family's affairs",
  forColleague: "In place of {name}",
  now: "Your role now",
  choose: "Continue",
  noPosts: "You hold no position with an agency on this site.",
}
