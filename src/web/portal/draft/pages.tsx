// Filling in a request: start, one page at a time, check, submit, confirmation.
import {
  errorsOf,
  findAgencyOf,
  getDraft,
  getMyCase,
  listConsentsLacking,
  type OpenedDraft,
  openDraft,
  pageOf,
  savePage,
  submitDraft,
  textsOf,
} from "#cases"
import { countryOf } from "#country"
import { listUploads, type ReceivedFile, receiveUpload, recordUpload, uploadTypes } from "#documents"
import { FILE_BYTES_MAX, type FieldError, type RawInput } from "#engines/form"
import { type ProblemWords, problemWords } from "#kit/problem-words.ts"
import type { Tx } from "#platform/db"
import { type FileRules, html, type PageRequest, redirect } from "#platform/http"
import { isId } from "#platform/ids"
import { Problem } from "#platform/problem"
import { problem } from "#problems"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { CheckView, DoneView, DraftPageView } from "./view.tsx"

type PageOfDraft = PageRequest<"person", "id" | "page", ReceivedFile>

const FILES_MAX = 10

/** Files are looked through and stored while they come in, before any transaction. */
export const uploads: FileRules<ReceivedFile> = {
  bytesMax: FILE_BYTES_MAX,
  countMax: FILES_MAX,
  take: (site, { stream, fileName, declaredType, bytesMax }) =>
    receiveUpload(site, { stream, name: fileName, declaredType, bytesMax, types: uploadTypes }),
}

export function draftPages(web: Web): void {
  web.page({
    method: "POST",
    path: routes.start,
    for: "person",
    comeBackTo: ({ code }) => paths.service(code),
    handle: (request) =>
      request.tx(async (tx) =>
        redirect(await firstPage(tx, (await openDraft(tx, request.params.code, request.lang)).id, request.lang)),
      ),
  })
  web.page({ method: "GET", path: routes.draftPage, for: "person", handle: showPage })
  web.page({
    method: "POST",
    path: routes.draftPage,
    for: "person",
    files: uploads,
    comeBackTo: ({ id, page }) => paths.draftPage(id, page),
    handle: takePage,
  })
  web.page({
    method: "GET",
    path: routes.draftCheck,
    for: "person",
    handle: (request) => request.tx((tx) => showCheck(tx, request)),
  })
  web.page({
    method: "POST",
    path: routes.draftCheck,
    for: "person",
    comeBackTo: ({ id }) => paths.draftCheck(id),
    handle: submit,
  })
  web.page({
    method: "GET",
    path: routes.draftDone,
    for: "person",
    handle: (request) => request.tx((tx) => showDone(tx, request)),
  })
}

function idOf(id: string): string {
  if (!isId(id)) throw problem("draft-not-found")
  return id
}

const firstPage = async (tx: Tx, id: string, lang: string) => paths.draftPage(id, (await getDraft(tx, id, lang)).pages[0]!.id)

/** A submitted draft leads to its case. */
const caseOf = ({ draft }: OpenedDraft) => (draft.caseId ? redirect(paths.caseOf(draft.caseId)) : undefined)

function showPage(request: PageRequest<"person", "id" | "page">) {
  return request.tx(async (tx) => {
    const opened = await getDraft(tx, idOf(request.params.id), request.lang)
    const gone = caseOf(opened)
    if (gone) return gone
    if (opened.draft.carriedFrom !== null && !opened.pages.some(({ id }) => id === request.params.page))
      return redirect(paths.draftCheck(opened.draft.id))
    const page = pageOf(opened, request.params.page)
    return html(
      <DraftPageView
        frame={request}
        country={countryOf(tx)}
        opened={opened}
        page={page}
        raw={textsOf(opened, page)}
        errors={[]}
        isSaved={request.query.has("saved")}
        lacking={await listConsentsLacking(tx, opened)}
      />,
    )
  })
}

/** Submits; what stands in the way is said on the page where the answers are. */
async function submit(request: PageRequest<"person", "id">) {
  try {
    return await request.tx(async (tx) => {
      const done = await submitDraft(tx, idOf(request.params.id), request.lang)
      return "errors" in done ? showCheck(tx, request, { errors: done.errors }) : redirect(paths.draftDone(request.params.id))
    })
  } catch (error) {
    if (!(error instanceof Problem) || !["no-competent-agency", "service-ended"].includes(error.code)) throw error
    return request.tx((tx) => showCheck(tx, request, { problem: problemWords(request.lang, error) }))
  }
}

function takePage(request: PageOfDraft) {
  const { id, page: pageId } = request.params
  return request.tx(async (tx) => {
    const refused = request.files.flatMap((f): FieldError[] =>
      f.refused ? [{ field: f.field, code: f.refused, params: {} }] : [],
    )
    const raw = await withFiles(tx, request)
    const saved = await savePage(tx, idOf(id), pageId, raw, request.lang)
    // What is wrong is kept as typed; it is told when the page is meant to be done, not when its language changes.
    if (request.body.get("then") === "language") return redirect(paths.draftPage(id, pageId))
    const errors = [...saved.errors.filter((e) => !refused.some((r) => r.field === e.field)), ...refused]
    if (errors.length === 0 && !saved.again) {
      if (request.body.get("then") === "later") return redirect(`${paths.draftPage(id, pageId)}?saved=1`)
      return redirect(saved.next ? paths.draftPage(id, saved.next) : paths.draftCheck(id))
    }
    const opened = await getDraft(tx, id, request.lang)
    const page = pageOf(opened, pageId)
    const lacking = await listConsentsLacking(tx, opened)
    const drawn = { frame: request, country: countryOf(tx), opened, page, lacking }
    const view = <DraftPageView {...drawn} raw={saved.raw} errors={errors} />
    return html(view, { status: errors.length > 0 ? 422 : 200 })
  })
}

/** The body with the files that came, each entered into the draft and standing under its field's name. */
async function withFiles(tx: Tx, { actor, params, body, files }: PageOfDraft): Promise<RawInput> {
  const taken: Record<string, { sha256: string; name: string; bytes: number; type: string }> = {}
  for (const { field, taken: file } of files) {
    if (!file) continue
    await recordUpload(tx, { owner: actor.subject, draftId: params.id, field }, file)
    taken[field] = { sha256: file.sha256, name: file.name, bytes: file.bytes, type: file.type }
  }
  return { ...body.raw, ...taken }
}

interface Failed {
  readonly errors?: readonly FieldError[]
  readonly problem?: ProblemWords
}

async function showCheck(tx: Tx, request: PageRequest<"person", "id">, failed?: Failed) {
  const opened = await getDraft(tx, idOf(request.params.id), request.lang)
  const gone = caseOf(opened)
  if (gone) return gone
  const view = (
    <CheckView
      frame={request}
      country={countryOf(tx)}
      opened={opened}
      errors={failed?.errors ?? errorsOf(opened)}
      {...(failed?.problem && { problem: failed.problem })}
      files={await listUploads(tx, opened.draft.id)}
      agency={findAgencyOf(tx, opened)}
    />
  )
  return html(view, { status: failed ? 422 : 200 })
}

async function showDone(tx: Tx, request: PageRequest<"person", "id">) {
  const { draft } = await getDraft(tx, idOf(request.params.id), request.lang)
  if (!draft.caseId) return redirect(paths.draftCheck(draft.id))
  const { dossier } = await getMyCase(tx, draft.caseId)
  return html(<DoneView frame={request} country={countryOf(tx)} dossier={dossier} />)
}
