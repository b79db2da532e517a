// What waits for other agencies: the list, and trying again what has stopped.
import { listOpenParcels, tryParcelAgain } from "#exchange"
import { html, redirect } from "#platform/http"
import { isId } from "#platform/ids"
import { problem } from "#problems"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { loadDesk } from "../desk.ts"
import { DeliveriesView } from "./view.tsx"

export function deliveryPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.deskDeliveries,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        const desk = await loadDesk(tx, request, paths.deskDeliveries())
        return html(<DeliveriesView desk={desk} parcels={await listOpenParcels(tx)} isRetried={request.query.has("again")} />)
      }),
  })
  web.page({
    method: "POST",
    path: routes.deskDeliveries,
    for: "official",
    comeBackTo: () => paths.deskDeliveries(),
    handle: async (request) => {
      const id = request.body.get("again")
      if (!isId(id)) throw problem("not-found")
      await request.tx((tx) => tryParcelAgain(tx, id))
      return redirect(`${paths.deskDeliveries()}?again=1`)
    },
  })
}
