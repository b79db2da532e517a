// Delegations of the agency: seeing them, giving one, ending one.
import { type DelegationWish, delegate, delegationChoices, listDelegations, revokeDelegation, wholeDays } from "#identity"
import { dayIn } from "#kit/form/day-boxes.tsx"
import type { Tx } from "#platform/db"
import { type Fields, type Html, html, type PageRequest, redirect } from "#platform/http"
import { Problem } from "#platform/problem"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { loadDesk } from "../desk.ts"
import { DelegationsView } from "./view.tsx"

/** Problems that are mistakes in the form, each with the field that it is about. */
const FIELD_OF: Readonly<Record<string, string>> = {
  "delegation-people": "to",
  "delegation-dates": "from.day",
  "delegation-reason": "reason",
}

export function delegationPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.deskDelegations,
    for: "official",
    handle: (request) => shown(request, undefined),
  })
  web.page({
    method: "POST",
    path: routes.deskDelegations,
    for: "official",
    comeBackTo: () => paths.deskDelegations(),
    again: (request) => shown(request, undefined),
    handle: async (request) => {
      const ends = request.body.get("end")
      try {
        await request.tx(async (tx) =>
          ends === "" ? void (await delegate(tx, wishOf(tx, request.body))) : revokeDelegation(tx, ends),
        )
        return redirect(paths.deskDelegations())
      } catch (error) {
        if (error instanceof Problem && error.code in FIELD_OF) return shown(request, error)
        throw error
      }
    },
  })
}

/** The position and its holder come as one choice, `position/subject`. */
function wishOf(tx: Tx, fields: Fields): DelegationWish {
  const [position = "", fromSubject = ""] = fields.get("position").split("/")
  return {
    position,
    fromSubject,
    toSubject: fields.get("to"),
    ...wholeDays(tx, dayIn(fields, "from"), dayIn(fields, "until")),
    reason: fields.get("reason"),
  }
}

function shown(request: PageRequest<"official">, mistake: Problem | undefined): Promise<Html> {
  return request.tx(async (tx) => {
    const desk = await loadDesk(tx, request, paths.deskDelegations())
    const [delegations, choices] = [await listDelegations(tx), await delegationChoices(tx)]
    const wrong = mistake && { field: FIELD_OF[mistake.code]!, problem: mistake }
    const view = (
      <DelegationsView desk={desk} delegations={delegations} choices={choices} now={tx.now} typed={request.body} wrong={wrong} />
    )
    return html(view, mistake ? { status: 422 } : {})
  })
}
