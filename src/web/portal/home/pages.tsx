// The home page.
import { lifeEventWords, listServices, type PublishedService, startableService } from "#catalogue"
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
      const online = services.filter((s) => startableService(s.definition).online).slice(0, ONLINE_SHOWN)
      const shown = online.map((s) => onlineService(request, s))
      return html(<HomeView frame={request} online={shown} events={lifeEvents(request, services)} total={services.length} />)
    },
  })
}

function onlineService(frame: Frame, { code, definition: { service } }: PublishedService): OnlineService {
  const summary = service.summary ? textOf(frame, service.summary) : textOf(frame, service.field)
  return { code, name: textOf(frame, service.shortName ?? service.name), summary, minutes: service.takesMinutes }
}

/** The events with most services first, in the language's own order among equals. */
function lifeEvents(frame: Frame, services: readonly PublishedService[]): LifeEvent[] {
  const counts = new Map<string, number>()
  for (const id of services.flatMap((s) => s.definition.service.lifeEvents)) counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts]
    .flatMap(([id, count]) => (lifeEventWords[id] ? [{ id, count, name: textOf(frame, lifeEventWords[id]) }] : []))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, frame.lang))
    .slice(0, EVENTS_SHOWN)
}
