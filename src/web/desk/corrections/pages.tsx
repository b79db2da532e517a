// What people say is wrong in a register of the agency: the list, one of them, and the decision.
import { formContext, todayOf } from "#cases"
import { correctedField, correctedIn, decideCorrection, getCorrection, listCorrections } from "#exchange"
import { problemWords } from "#kit/problem-words.ts"
import { type Fields, html, type PageRequest, redirect } from "#platform/http"
import { isId } from "#platform/ids"
import { Problem } from "#platform/problem"
import { problem } from "#problems"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { loadDesk } from "../desk.ts"
import { CorrectionsView, CorrectionView } from "./view.tsx"

type OneRequest = PageRequest<"official", "id">

/** Mistakes of a decision that are shown beside what was typed. */
const shownHere = new Set(["reason-missing", "record-invalid", "correction-decided"])

export function correctionPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.deskCorrections,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        const corrections = await listCorrections(tx)
        const desk = await loadDesk(tx, request, paths.deskCorrections())
        const fieldOf = (one: (typeof corrections)[number]) => correctedField(tx, one)
        return html(
          <CorrectionsView desk={desk} corrections={corrections} fieldOf={fieldOf} isDone={request.query.has("done")} />,
        )
      }),
  })
  web.page({ method: "GET", path: routes.deskCorrection, for: "official", handle: (request) => shown(request) })
  web.page({
    method: "POST",
    path: routes.deskCorrection,
    for: "official",
    comeBackTo: ({ id }) => paths.deskCorrection(id),
    again: (request) => shown(request, request.body),
    handle: take,
  })
}

function idOf({ params }: OneRequest): string {
  if (!isId(params.id)) throw problem("not-found")
  return params.id
}

async function take(request: OneRequest) {
  const isAccepted = request.body.get("decision") === "accept"
  try {
    const why = await request.tx((tx) =>
      decideCorrection(tx, idOf(request), { isAccepted, reason: request.body.get("reason"), today: todayOf(tx) }),
    )
    return why ? shown(request, request.body, problem(why)) : redirect(`${paths.deskCorrections()}?done=1`)
  } catch (error) {
    if (!(error instanceof Problem) || !shownHere.has(error.code)) throw error
    return shown(request, request.body, error)
  }
}

function shown(request: OneRequest, typed?: Fields, failed?: Problem) {
  return request.tx(async (tx) => {
    const correction = await getCorrection(tx, idOf(request))
    const desk = await loadDesk(tx, request, paths.deskCorrections())
    const context = formContext(tx, request.lang)
    const view = (
      <CorrectionView
        {...{
          desk,
          correction,
          context,
          field: correctedField(tx, correction),
          system: correctedIn(tx, correction),
          reason: typed?.get("reason") ?? "",
        }}
        {...(failed && { problem: problemWords(request.lang, failed).text })}
      />
    )
    return html(view, failed ? { status: failed.status } : {})
  })
}
