// What cases of other agencies ask this one: the list, one question, and the answer.
import { answerConsultation, formContext, getConsultation, listConsultations, openConsultation } from "#cases"
import { problemWords } from "#kit/problem-words.ts"
import type { Tx } from "#platform/db"
import { type Fields, html, type PageRequest, redirect } from "#platform/http"
import { isId } from "#platform/ids"
import { Problem } from "#platform/problem"
import { problem } from "#problems"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { loadDesk } from "../desk.ts"
import { ConsultationsView, ConsultationView } from "./view.tsx"

type OneRequest = PageRequest<"official", "id">

/** Mistakes of an answer that are shown beside what was typed. */
const shownHere = new Set(["reason-missing", "outcome-unknown"])

export function consultationPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.deskConsultations,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        const desk = await loadDesk(tx, request, paths.deskConsultations())
        const consultations = await listConsultations(tx)
        return html(<ConsultationsView {...{ desk, consultations, now: tx.now, isDone: request.query.has("done") }} />)
      }),
  })
  web.page({
    method: "GET",
    path: routes.deskConsultation,
    for: "official",
    handle: (request) => request.tx((tx) => shown(tx, request, openConsultation)),
  })
  web.page({
    method: "POST",
    path: routes.deskConsultation,
    for: "official",
    comeBackTo: ({ id }) => paths.deskConsultation(id),
    again: (request) => request.tx((tx) => shown(tx, request, getConsultation, request.body)),
    handle: take,
  })
}

function idOf({ params }: OneRequest): string {
  if (!isId(params.id)) throw problem("consultation-not-found")
  return params.id
}

async function take(request: OneRequest) {
  const { body } = request
  try {
    await request.tx((tx) =>
      answerConsultation(tx, { id: idOf(request), outcome: body.get("outcome"), answer: body.get("answer") }),
    )
    return redirect(`${paths.deskConsultations()}?done=1`)
  } catch (error) {
    if (!(error instanceof Problem) || !shownHere.has(error.code)) throw error
    return request.tx((tx) => shown(tx, request, getConsultation, body, error))
  }
}

async function shown(tx: Tx, request: OneRequest, find: typeof getConsultation, typed?: Fields, failed?: Problem) {
  const open = await find(tx, idOf(request))
  const desk = await loadDesk(tx, request, paths.deskConsultations())
  const view = (
    <ConsultationView
      {...{ desk, open, context: formContext(tx, request.lang), now: tx.now, answer: typed?.get("answer") ?? "" }}
      {...(failed?.code === "reason-missing" && { isFindingMissing: true })}
      {...(failed && { problem: problemWords(request.lang, failed).text })}
    />
  )
  return html(view, failed ? { status: failed.status } : {})
}
