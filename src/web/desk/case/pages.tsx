// A case at the desk: opening it, claiming it, giving it back, and answering its open step.
import {
  type CaseFile,
  claimTask,
  completeTask,
  describeProcess,
  findDuplicates,
  formContext,
  getDeskCase,
  isTaskFor,
  mayRecordPayment,
  openDeskCase,
  pinnedDueOf,
  possibleOutcomes,
  recordPayment,
  releaseTask,
  takeOver,
} from "#cases"
import { listCaseDocuments, listCaseUploads } from "#documents"
import { listParcelsOf } from "#exchange"
import { requireFreshSignIn } from "#identity"
import { problemWords } from "#kit/problem-words.ts"
import type { Tx } from "#platform/db"
import { type Fields, html, type PageRequest, redirect } from "#platform/http"
import { isId } from "#platform/ids"
import { Problem } from "#platform/problem"
import { problem } from "#problems"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { loadDesk } from "../desk.ts"
import { mistakeOf } from "./mistake.tsx"
import type { TaskState } from "./task-panel.tsx"
import { CaseView } from "./view.tsx"

/** Who signs has proved who they are within this time. */
const SIGN_FRESH_MINUTES_MAX = 15

type CaseRequest = PageRequest<"official", "id">

/** Problems of a deed that are shown on the page itself, with everything typed; the rest have a page of their own. */
const shownHere = new Set([
  "reason-missing",
  "checks-missing",
  "four-eyes",
  "supplement-already-asked",
  "case-changed",
  "task-not-claimed",
  "task-claimed",
  "task-not-found",
  "outcome-unknown",
  "record-likely-duplicate",
  "reference-missing",
  "payment-differs",
  "payment-not-due",
])

export function casePages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.deskCase,
    for: "official",
    handle: (request) => request.tx(async (tx) => html(await viewOf(tx, request, await openDeskCase(tx, idOf(request))))),
  })
  // The page has no deed of its own; a switch of language brings its form here.
  web.page({ method: "POST", path: routes.deskCase, for: "official", comeBackTo: ({ id }) => paths.deskCase(id), handle: again })
  web.page({
    method: "POST",
    path: routes.deskCaseClaim,
    for: "official",
    again,
    handle: (request) => doing(request, (tx, id) => claimTask(tx, id)),
  })
  web.page({
    method: "POST",
    path: routes.deskCaseRelease,
    for: "official",
    again,
    handle: (request) => doing(request, (tx, id) => releaseTask(tx, id)),
  })
  web.page({
    method: "POST",
    path: routes.deskCaseStep,
    for: "official",
    again,
    handle: (request) => doing(request, (tx, id) => answerStep(tx, id, request)),
  })
  web.page({
    method: "POST",
    path: routes.deskCaseTakeOver,
    for: "official",
    again,
    handle: (request) => doing(request, (tx, caseId) => takeOver(tx, { caseId, ...handedBack(request.body) })),
  })
  web.page({
    method: "POST",
    path: routes.deskCasePayment,
    for: "official",
    again,
    handle: (request) => doing(request, (tx, id) => recordPayment(tx, id, request.body.get("reference"))),
  })
}

/** Answered in place of the system, or given to it once more. */
const handedBack = (body: Fields) => ({
  revision: Number(body.get("revision")),
  ...(body.get("then") !== "again" && { outcome: body.get("outcome"), reason: body.get("reason") }),
})

const again = (request: CaseRequest) =>
  request.tx(async (tx) => html(await viewOf(tx, request, await getDeskCase(tx, idOf(request)), request.body)))

function idOf(request: CaseRequest): string {
  if (!isId(request.params.id)) throw problem("case-not-found")
  return request.params.id
}

/** Does a deed and comes back to the case; what the official can mend is shown beside what they typed. */
async function doing(request: CaseRequest, deed: (tx: Tx, id: string) => Promise<unknown>) {
  const id = idOf(request)
  try {
    await request.tx((tx) => deed(tx, id))
    return redirect(paths.deskCase(id))
  } catch (error) {
    if (error instanceof Problem && error.code === "fresh-sign-in-needed") return redirect(paths.signInAgain(paths.deskCase(id)))
    if (!(error instanceof Problem) || !shownHere.has(error.code)) throw error
    const { status } = error
    return request.tx(async (tx) => html(await viewOf(tx, request, await getDeskCase(tx, id), request.body, error), { status }))
  }
}

async function answerStep(tx: Tx, caseId: string, { body, session, now }: CaseRequest) {
  if (body.get("outcome") === "signed" && session) requireFreshSignIn(session, now, SIGN_FRESH_MINUTES_MAX)
  return completeTask(tx, {
    caseId,
    outcome: body.get("outcome"),
    revision: Number(body.get("revision")),
    reason: body.get("reason"),
    items: body.all("item").map((field) => ({ field, reason: body.get(`reason.${field}`) })),
    checks: body.all("check"),
    duplicateCleared: body.get("duplicateCleared") === "yes",
  })
}

const isStale = ({ session, now }: CaseRequest): boolean =>
  session !== undefined && now.getTime() - session.authTime.getTime() > SIGN_FRESH_MINUTES_MAX * 60_000

/** A register of another site that is silent does not keep the case from being read; the decision asks it again. */
const likelyDuplicates = (tx: Tx, file: CaseFile) =>
  findDuplicates(tx, file).catch((error: unknown) => {
    if (error instanceof Problem && error.code === "register-silent") return []
    throw error
  })

async function viewOf(tx: Tx, request: CaseRequest, file: CaseFile, typed?: Fields, failed?: Problem) {
  const { dossier, agency, service } = file
  const task = file.tasks.find((one) => one.doneAt === null && isTaskFor(request.actor, one))
  const isMine = task !== undefined && task.claimedBy === request.actor.accountId
  const desk = await loadDesk(tx, request, "")
  const context = formContext(tx, request.lang)
  const mistake = typed && failed && mistakeOf({ desk, file, task, context, typed, problem: failed })
  const isExamined = isMine && service.process.steps.get(task.step)?.kind === "appraise"
  const state: TaskState = {
    task,
    isMine,
    duplicates: isExamined ? await likelyDuplicates(tx, file) : [],
    outcomes: possibleOutcomes(tx, file),
    isStale: isStale(request),
    ...(typed && { typed, mistake }),
  }
  return (
    <CaseView
      desk={desk}
      file={file}
      context={context}
      due={await pinnedDueOf(tx, dossier, agency, service.definition)}
      course={describeProcess(tx, file)}
      papers={await listCaseDocuments(tx, dossier.id)}
      parcels={(await listParcelsOf(tx, dossier.id)).filter(({ state, tries }) => state !== "answered" && tries > 0)}
      uploads={await listCaseUploads(tx, dossier.id)}
      task={state}
      payment={mayRecordPayment(tx, file) ? { reference: typed?.get("reference") ?? "", mistake } : undefined}
      now={tx.now}
      {...(failed && { problem: problemWords(request.lang, failed).text })}
    />
  )
}
