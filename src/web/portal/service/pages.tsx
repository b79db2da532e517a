// The page of one service.
import { servicePage } from "#catalogue"
import { html } from "#platform/http"
import { routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { ServiceView } from "./view.tsx"

export function servicePages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.service,
    for: "public",
    handle: async (request) => {
      const page = await request.tx((tx) => servicePage(tx, request.params.code, request.lang))
      return html(<ServiceView frame={request} page={page} />)
    },
  })
}
