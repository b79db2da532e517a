// Words of the search page, English.
import type { Catalogue } from "#platform/words"
import type { vi } from "./words.vi.ts"

export const en: Catalogue<typeof vi> = {
  title: "Find a service",
  titleFor: "Search for “{q}”",
  pageTitle: "{title}, page {page} of {pages}",
  label: "Name of a service, or what you need to do",
  search: "Search",
  found: { one: "{count} service found", other: "{count} services found" },
  atMost: "The {count} closest results; type more to narrow them down",
  all: { one: "The one service", other: "All {count} services" },
  inEvent: { one: "{event}: {count} service", other: "{event}: {count} services" },
  onlineTag: "Online",
  indexOnly: "No guide here yet",
  nothing: "No service matches “{q}”.",
  nothingHint: "Try fewer words, or everyday ones: “birth certificate”, “open a shop”, “lost ID card”.",
  allLink: "See all services",
}
