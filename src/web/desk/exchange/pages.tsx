// What is seen of the exchange: map, figures, catalogue, trials.

import { pageOf } from "#kit/pagination.tsx"
import {
  describeService,
  getContract,
  getService,
  holdsAny,
  listServices,
  readServiceFigures,
  readTalks,
  trialChoices,
  tryService,
} from "#oversight"
import type { Tx } from "#platform/db"
import { bytes, type Fields, html, type PageRequest, redirect } from "#platform/http"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { loadDesk } from "../desk.ts"
import { DescriptionView } from "./description-view.tsx"
import { FiguresView } from "./figures-view.tsx"
import { spanOf } from "./frame.tsx"
import { logPages } from "./log-pages.tsx"
import { MapView } from "./map-view.tsx"
import { ContractView, ServiceView } from "./service-view.tsx"
import { ServicesView } from "./services-view.tsx"
import { TryView } from "./try-view.tsx"

/** Asked for by the reader, and ended by them: nothing moves by itself otherwise. */
const LIVE_SECONDS = 15
const PAGE_MAX = 10_000

export function exchangePages(web: Web): void {
  mapPages(web)
  cataloguePages(web)
  descriptionPages(web)
  trialPages(web)
  logPages(web)
}

function mapPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.deskExchange,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        const span = spanOf(request.query.get("span"))
        const isLive = request.query.get("live") === "1"
        const seen = await readTalks(tx, span)
        const desk = await loadDesk(tx, request, paths.deskExchange())
        const headers = isLive ? { refresh: String(LIVE_SECONDS) } : undefined
        return html(<MapView desk={desk} span={span} seen={seen} isLive={isLive} />, headers ? { headers } : {})
      }),
  })
  web.page({
    method: "GET",
    path: routes.deskExchangeFigures,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        const span = spanOf(request.query.get("span"))
        const seen = await readServiceFigures(tx, span)
        return html(<FiguresView desk={await loadDesk(tx, request, paths.deskExchangeFigures())} span={span} seen={seen} />)
      }),
  })
}

function cataloguePages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.deskExchangeServices,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        const { query } = request
        const filter = {
          ...{ words: query.get("words"), type: query.get("type"), site: query.get("site"), standing: query.get("standing") },
          page: Math.min(pageOf(query.get("page")), PAGE_MAX),
        }
        const catalogue = listServices(tx, filter)
        const desk = await loadDesk(tx, request, paths.deskExchangeServices())
        return html(<ServicesView desk={desk} catalogue={catalogue} filter={filter} />)
      }),
  })
  web.page({
    method: "GET",
    path: routes.deskExchangeService,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        const service = getService(tx, request.query.get("id"))
        const desk = await loadDesk(tx, request, paths.deskExchangeServices())
        return html(<ServiceView desk={desk} service={service} mayTry={holdsAny(tx, ["tech-admin"])} />)
      }),
  })
  web.page({
    method: "GET",
    path: routes.deskExchangeContract,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        const contract = await getContract(tx, request.params.hash)
        return html(<ContractView desk={await loadDesk(tx, request, paths.deskExchangeServices())} contract={contract} />)
      }),
  })
}

function descriptionPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.deskExchangeDescription,
    for: "official",
    handle: async (request) => {
      // No transaction is open while the other site is waited for.
      const seen = await describeService(web.db, request.actor, request.query.get("id"))
      return request.tx(async (tx) =>
        html(<DescriptionView desk={await loadDesk(tx, request, paths.deskExchangeServices())} {...seen} />),
      )
    },
  })
  web.page({
    method: "GET",
    path: routes.deskExchangeDocument,
    for: "official",
    handle: async (request) => {
      const { service, description } = await describeService(web.db, request.actor, request.query.get("id"))
      if (description.kind !== "document") return redirect(paths.deskExchangeDescription(service.id))
      const ending = service.type === "SOAP" ? "wsdl" : /json/.test(description.contentType) ? "json" : "yaml"
      return bytes(description.text, "application/octet-stream", { fileName: `${service.id.split("/").at(-1)}.${ending}` })
    },
  })
}

type OfficialRequest = PageRequest<"official">

function trialPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.deskExchangeTry,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        const choices = trialChoices(tx, request.query.get("service"))
        return html(
          <TryView desk={await loadDesk(tx, request, paths.deskExchangeServices())} choices={choices} typed={request.query} />,
        )
      }),
  })
  web.page({
    method: "POST",
    path: routes.deskExchangeTry,
    for: "official",
    again: (request) => request.tx(async (tx) => html(await trialView(tx, request))),
    handle: async (request) => {
      // No transaction is open while the other site is waited for.
      const tried = await tryService(web.db, request.actor, wishOf(request.body))
      const view = (tx: Tx) => trialView(tx, request, tried)
      return html(await request.tx(view), "refusal" in tried ? { status: 422 } : {})
    },
  })
}

async function trialView(tx: Tx, request: OfficialRequest, tried?: Awaited<ReturnType<typeof tryService>>) {
  const choices = trialChoices(tx, request.body.get("service"))
  return (
    <TryView
      desk={await loadDesk(tx, request, paths.deskExchangeServices())}
      choices={choices}
      typed={request.body}
      tried={tried}
    />
  )
}

const wishOf = (body: Fields) => ({
  ...{ service: body.get("service"), consumer: body.get("consumer"), purpose: body.get("purpose"), method: body.get("method") },
  ...{ path: body.get("path").trim(), query: body.get("query").trim().replace(/^\?/, "") },
  ...{ contentType: body.get("contentType").trim(), body: body.get("body") },
})
