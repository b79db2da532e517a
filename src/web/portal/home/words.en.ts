// Words of the home page, English.
import type { Catalogue } from "#platform/words"
import type { vi } from "./words.vi.ts"

export const en: Catalogue<typeof vi> = {
  question: "What do you need to get done today?",
  description: "Find a service, apply online, follow your case and receive a signed result.",
  searchLabel: "Name of a service, or what you need to do",
  search: "Search",
  hint: "Marks can be left out: khai sinh, ket hon, household business",
  online: "Do it online now",
  onlineLead: "No visit to an office. What the state already knows is not asked again.",
  events: "By what happens in life",
  eventCount: { one: "{count} service", other: "{count} services" },
  all: "See all {count} services",
  how: "Once is enough",
  how1: "Sign in with your electronic identity",
  how1Text: "Name, address and marriage come from the registers, each with its source.",
  how2: "Answer what is missing, then submit",
  how2Text: "One thing a page; save it and go on at another device.",
  how3: "Follow it and receive the result",
  how3Text: "Know who has your case and how many days are left; anyone can verify the result.",
  minutes: { one: "about {count} minute", other: "about {count} minutes" },
}
