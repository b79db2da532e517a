// What of a service and of a row of the index can be searched.
import type { IndexRow, Text } from "#country"
import { type Definition, startableService } from "./published.ts"
import type { Searched } from "./search-index.ts"
import type { Where } from "./search-reading.ts"
import { lifeEventWords } from "./words.ts"

/** Full services stand a little above names of the index, those that can be started here a little more. */
export function searchedService(definition: Definition): Searched {
  const { service } = definition
  const texts = (where: Where, ...all: readonly (Text | undefined)[]) =>
    all.flatMap((text) => Object.values(text ?? {})).map((text) => ({ where, text }))
  return {
    code: service.code,
    kind: "service",
    standing: startableService(definition).online ? 0.12 : 0.1,
    texts: [
      ...texts("name", service.shortName, service.name),
      ...(service.keywords ?? []).map((text) => ({ where: "keyword" as const, text })),
      ...texts("result", ...service.results.map((r) => r.name)),
      ...texts("life-event", ...service.lifeEvents.map((id) => lifeEventWords[id])),
      ...texts("paper", ...service.papers.map((p) => p.name)),
      ...texts("field", service.field),
    ],
  }
}

/** A procedure known by name only. */
export const searchedRow = (row: IndexRow): Searched => ({
  code: row.code,
  kind: "index",
  standing: 0,
  texts: [
    { where: "name", text: row.name },
    { where: "field", text: row.field },
  ],
})
