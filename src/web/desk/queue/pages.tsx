// The desk's first page: queues, search, and claiming the next task.
import { claimNext, findAgencyCases, listQueue } from "#cases"
import { html, redirect } from "#platform/http"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { handlesCases, loadDesk, type QueueName, queues } from "../desk.ts"
import { FoundView, QueueView } from "./view.tsx"

const isQueue = (name: string): name is QueueName => (queues as readonly string[]).includes(name)

export function queuePages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.desk,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        const words = request.query.get("q").trim()
        const asked = request.query.get("queue")
        const queue = isQueue(asked) ? asked : "all"
        const desk = await loadDesk(tx, request, words ? "" : paths.desk({ queue }))
        if (words && handlesCases(request.actor))
          return html(<FoundView desk={desk} words={words} found={await findAgencyCases(tx, words)} />)
        const rows = handlesCases(request.actor) ? await listQueue(tx) : []
        const shown = rows.filter((row) => {
          if (queue === "mine") return row.claimedBy === request.actor.accountId
          if (queue === "unclaimed") return row.claimedBy === null
          return queue !== "overdue" || row.caseDueAt < tx.now
        })
        return html(<QueueView desk={desk} queue={queue} rows={shown} now={tx.now} nothingToClaim={request.query.has("none")} />)
      }),
  })
  web.page({
    method: "POST",
    path: routes.deskClaimNext,
    for: "official",
    handle: async (request) => {
      const caseId = await request.tx(claimNext)
      return redirect(caseId ? paths.deskCase(caseId) : `${paths.desk({ queue: "unclaimed" })}&none=1`)
    },
  })
}
