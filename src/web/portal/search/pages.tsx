// The search page: by words, or without any the whole list, or the services of one event of life.
import { type ListedService, lifeEventWords, pageOfServices, searchServices } from "#catalogue"
import { pageOf } from "#kit/pagination.tsx"
import { textOf } from "#kit/words.ts"
import type { Tx } from "#platform/db"
import { type Frame, html, type PageRequest } from "#platform/http"
import { routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { type Listed, type SearchRow, SearchView } from "./view.tsx"

const FOUND_MAX = 25
const QUERY_MAX_CHARS = 200

export function searchPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.search,
    for: "public",
    handle: async (request) => {
      const query = request.query.get("q").trim().slice(0, QUERY_MAX_CHARS)
      const view = await request.tx((tx) => (query ? found(tx, request, query) : listed(tx, request)))
      return html(<SearchView frame={request} query={query} {...view} />)
    },
  })
}

async function found(tx: Tx, frame: Frame, query: string): Promise<Listed> {
  const hits = await searchServices(tx, query, frame.lang, FOUND_MAX)
  const rows = hits.map(({ code, name, field, online, kind }) => ({ code, name, field, online, hasPage: kind === "service" }))
  return { rows, count: rows.length, isCut: rows.length === FOUND_MAX, page: 1, pages: 1 }
}

async function listed(tx: Tx, request: PageRequest<"public">): Promise<Listed> {
  const id = request.query.get("event")
  const words = lifeEventWords[id]
  const filter = words ? { lifeEvent: id } : {}
  const { services, ...page } = await pageOfServices(tx, filter, request.lang, pageOf(request.query.get("page")))
  const rows = services.map((service) => rowOf(request, service))
  return { rows, ...page, isCut: false, ...(words && { event: { id, name: textOf(request, words) } }) }
}

function rowOf(frame: Frame, { code, name, field, online }: ListedService): SearchRow {
  return { code, name: textOf(frame, name), field: textOf(frame, field), online, hasPage: true }
}
