// The applicant's cases: the list, one case, answering a supplement; and opening a paper or a file.
import {
  answerSupplement,
  describeProcess,
  formContext,
  getMyCase,
  getOpenSupplement,
  listDrafts,
  listMyCases,
  pinnedDueOf,
  supplementTexts,
  withdrawCase,
} from "#cases"
import { countryOf } from "#country"
import {
  listCaseDocuments,
  listCaseUploads,
  type OpenedFile,
  openDocument,
  openUpload,
  type ReceivedFile,
  recordUpload,
} from "#documents"
import type { FieldError, RawInput } from "#engines/form"
import type { Tx } from "#platform/db"
import { bytes, html, type PageRequest, redirect } from "#platform/http"
import { isId } from "#platform/ids"
import { problem } from "#problems"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { uploads } from "../draft/pages.tsx"
import { MyCaseView } from "./case-view.tsx"
import { MyCasesView } from "./list-view.tsx"
import { ProcessView } from "./process-view.tsx"
import { SupplementView } from "./supplement-view.tsx"

export function myCasePages(web: Web): void {
  web.page({ method: "GET", path: routes.myCases, for: "person", handle: (request) => request.tx((tx) => showList(tx, request)) })
  web.page({ method: "GET", path: routes.caseOf, for: "person", handle: (request) => request.tx((tx) => showCase(tx, request)) })
  web.page({
    method: "GET",
    path: routes.caseProcess,
    for: "person",
    handle: (request) => request.tx((tx) => showProcess(tx, request)),
  })
  web.page({
    method: "GET",
    path: routes.caseSupplement,
    for: "person",
    handle: (request) => request.tx((tx) => showSupplement(tx, request)),
  })
  web.page({
    method: "POST",
    path: routes.caseSupplement,
    for: "person",
    files: uploads,
    comeBackTo: ({ id }) => paths.caseSupplement(id),
    handle: (request) => request.tx((tx) => takeSupplement(tx, request)),
  })
  web.page({
    method: "POST",
    path: routes.caseWithdraw,
    for: "person",
    comeBackTo: ({ id }) => paths.caseOf(id),
    handle: async (request) => {
      const id = idOf(request.params.id)
      await request.tx((tx) => withdrawCase(tx, id))
      return redirect(paths.caseOf(id))
    },
  })
  web.page({
    method: "GET",
    path: routes.document,
    for: "signed-in",
    handle: (request) => request.tx(async (tx) => sent(await openDocument(tx, request.params.id))),
  })
  web.page({
    method: "GET",
    path: routes.upload,
    for: "signed-in",
    handle: (request) => request.tx(async (tx) => sent(await openUpload(tx, request.params.id))),
  })
}

const sent = (file: OpenedFile) => bytes(file.stream, file.type, { fileName: file.name, headers: file.headers })

function idOf(id: string): string {
  if (!isId(id)) throw problem("case-not-found")
  return id
}

async function showList(tx: Tx, request: PageRequest<"person">) {
  const drafts = await listDrafts(tx)
  return html(
    <MyCasesView
      frame={request}
      country={countryOf(tx)}
      cases={await listMyCases(tx)}
      drafts={drafts}
      resume={(draft) => paths.draftCheck(draft.id)}
    />,
  )
}

async function showCase(tx: Tx, request: PageRequest<"person", "id">) {
  const file = await getMyCase(tx, idOf(request.params.id))
  const { dossier, service, agency } = file
  return html(
    <MyCaseView
      frame={request}
      country={countryOf(tx)}
      file={file}
      context={formContext(tx, request.lang)}
      due={await pinnedDueOf(tx, dossier, agency, service.definition)}
      course={describeProcess(tx, file)}
      papers={await listCaseDocuments(tx, dossier.id)}
      uploads={await listCaseUploads(tx, dossier.id)}
      now={tx.now}
    />,
  )
}

async function showProcess(tx: Tx, request: PageRequest<"person", "id">) {
  const file = await getMyCase(tx, idOf(request.params.id))
  return html(<ProcessView frame={request} file={file} course={describeProcess(tx, file)} />)
}

async function showSupplement(tx: Tx, request: PageRequest<"person", "id">) {
  const open = await getOpenSupplement(tx, idOf(request.params.id), request.lang)
  return html(<SupplementView frame={request} country={countryOf(tx)} open={open} raw={supplementTexts(open)} errors={[]} />)
}

async function takeSupplement(tx: Tx, request: PageRequest<"person", "id", ReceivedFile>) {
  const id = idOf(request.params.id)
  const refused = request.files.flatMap((f): FieldError[] => (f.refused ? [{ field: f.field, code: f.refused, params: {} }] : []))
  const open = await getOpenSupplement(tx, id, request.lang)
  const country = countryOf(tx)
  if (request.body.get("then") === "language")
    return html(<SupplementView frame={request} country={country} open={open} raw={request.body.raw} errors={[]} />)
  const raw = refused.length > 0 ? request.body.raw : await withFiles(tx, request, id)
  const done =
    refused.length > 0
      ? { errors: refused, raw: request.body.raw, again: false, page: open.page }
      : await answerSupplement(tx, id, raw, request.lang)
  if (done.errors.length === 0 && !done.again) return redirect(paths.caseOf(id))
  const shown = { ...open, page: done.page }
  const view = <SupplementView frame={request} country={country} open={shown} raw={done.raw} errors={done.errors} />
  return html(view, { status: done.errors.length > 0 ? 422 : 200 })
}

async function withFiles(
  tx: Tx,
  { actor, body, files }: PageRequest<"person", "id", ReceivedFile>,
  caseId: string,
): Promise<RawInput> {
  const taken: Record<string, { sha256: string; name: string; bytes: number; type: string }> = {}
  for (const { field, taken: file } of files) {
    if (!file) continue
    await recordUpload(tx, { owner: actor.subject, draftId: caseId, field }, file)
    taken[field] = { sha256: file.sha256, name: file.name, bytes: file.bytes, type: file.type }
  }
  return { ...body.raw, ...taken }
}
