// The search page: by words, or without any the whole list, or the services of one event of life.
import { lifeEventWords, listServices, type PublishedService, searchServices, startableService } from "#catalogue"
import { textOf } from "#kit/words.ts"
import type { Tx } from "#platform/db"
import { type Frame, html } from "#platform/http"
import { routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { type SearchRow, SearchView } from "./view.tsx"

const FOUND_MAX = 25
const QUERY_MAX_CHARS = 200

export function searchPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.search,
    for: "public",
    handle: async (request) => {
      const query = request.query.get("q").trim().slice(0, QUERY_MAX_CHARS)
      const eventId = request.query.get("event")
      const words = query === "" ? lifeEventWords[eventId] : undefined
      const rows = await request.tx((tx) => (query ? found(tx, request, query) : listed(tx, request, words && eventId)))
      const event = words && textOf(request, words)
      return html(
        <SearchView frame={request} query={query} event={event} rows={rows} isCut={query !== "" && rows.length === FOUND_MAX} />,
      )
    },
  })
}

async function found(tx: Tx, frame: Frame, query: string): Promise<SearchRow[]> {
  const hits = await searchServices(tx, query, frame.lang, FOUND_MAX)
  return hits.map(({ code, name, field, online, kind }) => ({ code, name, field, online, hasPage: kind === "service" }))
}

async function listed(tx: Tx, frame: Frame, lifeEvent: string | undefined): Promise<SearchRow[]> {
  const services = await listServices(tx, lifeEvent ? { lifeEvent } : {})
  const rows = services.map((s) => rowOf(frame, s))
  return rows.sort((a, b) => Number(b.online) - Number(a.online) || a.name.localeCompare(b.name, frame.lang))
}

function rowOf(frame: Frame, { code, definition }: PublishedService): SearchRow {
  const { service } = definition
  const name = textOf(frame, service.shortName ?? service.name)
  return { code, name, field: textOf(frame, service.field), online: startableService(definition).online, hasPage: true }
}
