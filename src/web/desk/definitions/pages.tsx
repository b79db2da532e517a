// Definitions at the desk of those who keep the catalogue: list, one service, drafts and their preview.

import { formContext, listMigrations } from "#cases"
import {
  beginDraft,
  differencesOf,
  dropDraft,
  findDefinitions,
  findService,
  getDefinitionDraft,
  getHistory,
  previewDraft,
  proposeDraft,
  proposeRetirement,
  publishDraft,
  returnDraft,
  saveDraft,
} from "#catalogue"
import { type Finding, fileNameOf, serviceFiles } from "#country"
import { dayIn } from "#kit/form/day-boxes.tsx"
import { pageOf } from "#kit/pagination.tsx"
import type { Tx } from "#platform/db"
import { bytes, type Fields, type Html, html, type PageRequest, redirect } from "#platform/http"
import { isId } from "#platform/ids"
import { Problem } from "#platform/problem"
import { problem as problemOf } from "#problems"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { loadDesk } from "../desk.ts"
import { DefinitionView } from "./definition-view.tsx"
import { type ChosenFile, draftFiles, textsIn, typedWith, typeOf } from "./draft-files.ts"
import { DraftView } from "./draft-view.tsx"
import { unreadFiles } from "./files-view.tsx"
import { mistakeWords } from "./frame.tsx"
import { DefinitionsView } from "./list-view.tsx"
import { migrationPages } from "./migration-pages.tsx"
import { PreviewView } from "./preview-view.tsx"
import { versionPages } from "./version-pages.tsx"

export function definitionPages(web: Web): void {
  listPages(web)
  servicePages(web)
  versionPages(web)
  draftPages(web)
  migrationPages(web)
}

/** What a form's mistake is, to be shown above it; anything else is thrown. */
export function mistakeIn(error: unknown): Problem {
  if (
    error instanceof Problem &&
    (error.status === 422 || error.code === "second-person-needed" || error.code === "draft-changed")
  )
    return error
  throw error
}

function listPages(web: Web): void {
  const shown = (request: PageRequest<"official">, problem?: Problem): Promise<Html> =>
    request.tx(async (tx) => {
      const { query, body } = request
      const filter = {
        ...{ words: query.get("words"), state: query.get("state"), ministry: query.get("ministry"), field: query.get("field") },
        page: pageOf(query.get("page")),
      }
      const found = await findDefinitions(tx, filter)
      const desk = await loadDesk(tx, request, paths.deskDefinitions())
      const mistake = problem && mistakeWords(desk.frame, problem, "begin")
      const view = <DefinitionsView {...{ desk, found, filter, mistake }} typed={body} />
      return html(view, problem ? { status: 422 } : {})
    })
  web.page({ method: "GET", path: routes.deskDefinitions, for: "official", handle: (request) => shown(request) })
  web.page({
    method: "POST",
    path: routes.deskDefinitions,
    for: "official",
    comeBackTo: () => paths.deskDefinitions(),
    again: (request) => shown(request),
    handle: async (request) => {
      const code = request.body.get("code").trim()
      try {
        const id = await request.tx((tx) => beginDraft(tx, code, request.body.get("why")))
        return redirect(paths.deskDraft(code, id))
      } catch (error) {
        const isMalformed = error instanceof Problem && error.code === "not-found"
        return shown(request, isMalformed ? error : mistakeIn(error))
      }
    },
  })
}

function servicePages(web: Web): void {
  const shown = (request: PageRequest<"official", "code">, problem?: Problem): Promise<Html> =>
    request.tx(async (tx) => {
      const { code } = request.params
      const { versions, drafts } = await getHistory(tx, code)
      if (versions.length + drafts.length === 0) throw notFound()
      const published = versions.filter(({ kind }) => kind === "published")
      const named = (name: string) => published.find(({ service }) => String(service.version) === request.query.get(name))
      const compared = [named("from") ?? published[1], named("to") ?? published[0]].filter((each) => each !== undefined)
      const desk = await loadDesk(tx, request, paths.deskDefinitions())
      const plans = await listMigrations(tx, code)
      const mistake = problem && mistakeWords(desk.frame, problem, request.body.get("do"), request.body)
      const view = <DefinitionView {...{ desk, code, versions, drafts, plans, compared, mistake }} typed={request.body} />
      return html(view, problem ? { status: 422 } : {})
    })
  web.page({ method: "GET", path: routes.deskDefinition, for: "official", handle: (request) => shown(request) })
  web.page({
    method: "POST",
    path: routes.deskDefinition,
    for: "official",
    comeBackTo: ({ code }) => paths.deskDefinition(code),
    again: (request) => shown(request),
    handle: async (request) => {
      const { code } = request.params
      try {
        const id = await request.tx((tx) => beginOrRetire(tx, code, request.body))
        return redirect(paths.deskDraft(code, id))
      } catch (error) {
        return shown(request, mistakeIn(error))
      }
    },
  })
}

function beginOrRetire(tx: Tx, code: string, fields: Fields): Promise<string> {
  if (fields.get("do") !== "retire") return beginDraft(tx, code, fields.get("why"))
  return proposeRetirement(tx, code, {
    validFrom: dayIn(fields, "validFrom"),
    legalBasis: fields.get("legalBasis"),
    replacedBy: fields.get("replacedBy").trim() || undefined,
    why: fields.get("retireWhy"),
  })
}

type DraftRequest = PageRequest<"official", "code" | "id", ChosenFile>

function draftPages(web: Web): void {
  web.page({ method: "GET", path: routes.deskDraft, for: "official", handle: (request) => draftShown(request, []) })
  web.page({
    method: "POST",
    path: routes.deskDraft,
    for: "official",
    files: draftFiles,
    comeBackTo: ({ code, id }) => paths.deskDraft(code, id),
    again: (request) => draftShown(request, []),
    handle: async (request) => {
      const { code } = request.params
      const id = idOf(request)
      if (unreadFiles(request, request.files).length > 0) return draftShown(request, [])
      try {
        const refused = await request.tx((tx) => doToDraft(tx, code, id, typedWith(request.body, request.files)))
        return refused.length > 0 ? draftShown(request, refused) : redirect(nextOf(request, id))
      } catch (error) {
        return draftShown(request, [], mistakeIn(error))
      }
    },
  })
  web.page({
    method: "GET",
    path: routes.deskPreview,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        const preview = await previewDraft(tx, request.params.code, idOf(request), request.lang)
        const desk = await loadDesk(tx, request, paths.deskDefinitions())
        return html(<PreviewView desk={desk} preview={preview} context={formContext(tx, request.lang)} />)
      }),
  })
  web.page({
    method: "GET",
    path: routes.deskDraftFile,
    for: "official",
    handle: async (request) => {
      const { code } = request.params
      const file = serviceFiles.find((name) => name === request.params.file)
      const { texts } = await request.tx((tx) => getDefinitionDraft(tx, code, idOf(request)))
      const text = file && texts[file]
      if (!text) throw notFound()
      return bytes(text, typeOf(text), { fileName: fileNameOf(file, text) })
    },
  })
}

const notFound = () => problemOf("not-found")

function idOf({ params: { id } }: { readonly params: { readonly id: string } }): string {
  if (!isId(id)) throw notFound()
  return id
}

/** What is over leads back to the service. */
function nextOf({ body, params: { code } }: DraftRequest, id: string): string {
  const isOver = body.get("do") === "publish" || body.get("do") === "drop"
  return isOver ? paths.deskDefinition(code) : paths.deskDraft(code, id)
}

async function doToDraft(tx: Tx, code: string, id: string, fields: Fields): Promise<readonly Finding[]> {
  const revision = Number(fields.get("revision"))
  switch (fields.get("do")) {
    case "propose": {
      const refused = await saveTyped(tx, code, id, fields)
      if (refused.length > 0) return refused
      await proposeDraft(tx, code, id, {
        validFrom: dayIn(fields, "validFrom"),
        validUntil: dayIn(fields, "validUntil") || undefined,
        legalBasis: fields.get("legalBasis"),
      })
      return []
    }
    case "publish":
      await publishDraft(tx, code, id, revision)
      return []
    case "return":
      await returnDraft(tx, code, id, fields.get("returnWhy"))
      return []
    case "drop":
      await dropDraft(tx, code, id)
      return []
    default: {
      const kept = serviceFiles.every((name) => fields.has(name)) ? {} : (await getDefinitionDraft(tx, code, id)).texts
      return saveDraft(tx, code, id, { revision, texts: textsIn(fields, kept), why: fields.get("why") })
    }
  }
}

/** What was typed since the last save is saved before it is proposed; it asks for its reason like any other save. */
async function saveTyped(tx: Tx, code: string, id: string, fields: Fields): Promise<readonly Finding[]> {
  const kept = (await getDefinitionDraft(tx, code, id)).texts
  const texts = textsIn(fields, kept)
  if (serviceFiles.every((name) => texts[name] === (kept[name] ?? ""))) return []
  return saveDraft(tx, code, id, { revision: Number(fields.get("revision")), texts, why: fields.get("why") })
}

function draftShown(request: DraftRequest, refused: readonly Finding[], problem?: Problem): Promise<Html> {
  return request.tx(async (tx) => {
    const { code } = request.params
    const checked = await previewDraft(tx, code, idOf(request), request.lang)
    const inForce = await findService(tx, code)
    const changes = inForce && checked.definition && differencesOf(inForce.definition, checked.definition)
    const desk = await loadDesk(tx, request, paths.deskDefinitions())
    const mistake = problem && mistakeWords(desk.frame, problem, request.body.get("do"), request.body)
    const typed = typedWith(request.body, request.files)
    const unread = unreadFiles(request, request.files)
    const view = <DraftView {...{ desk, checked, changes, refused, mistake, typed, unread }} />
    return html(view, refused.length + unread.length > 0 || problem ? { status: 422 } : {})
  })
}
