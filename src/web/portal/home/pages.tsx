// The home page.
import { type ListedService, lifeEventWords, listServices } from "#catalogue"
import { textOf } from "#kit/words.ts"
import { type Frame, html } from "#platform/http"
import { routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { HomeView, type LifeEvent, type OnlineService } from "./view.tsx"

const EVENTS_SHOWN = 12
const ONLINE_SHOWN = 6

export function homePages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.home,
    for: "public",
    handle: async (request) => {
      const services = await request.tx((tx) => listServices(tx))
      const online = services.filter((s) => s.online).slice(0, ONLINE_SHOWN)
      const shown = online.map((s) => onlineService(request, s))
      return html(<HomeView frame={request} online={shown} events={lifeEvents(request, services)} total={services.length} />)
    },
  })
}

function onlineService(frame: Frame, service: ListedService): OnlineService {
  const summary = textOf(frame, service.summary ?? service.field)
  return { code: service.code, name: textOf(frame, service.name), summary, minutes: service.takesMinutes }
}

/** The events with most services first, in the language's own order among equals. */
function lifeEvents(frame: Frame, services: readonly ListedService[]): LifeEvent[] {
  const counts = new Map<string, number>()
  for (const id of services.flatMap((s) => s.lifeEvents)) counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts]
    .flatMap(([id, count]) => (lifeEventWords[id] ? [{ id, count, name: textOf(frame, lifeEventWords[id]) }] : []))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, frame.lang))
    .slice(0, EVENTS_SHOWN)
}
