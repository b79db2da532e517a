// Reads one page of a draft: keeps what is right, and what is wrong as it was typed.
import { type Change, type CompiledService, compiled } from "#catalogue"
import {
  checkAll,
  type FieldError,
  type FormContext,
  type Page,
  type RawInput,
  type RawTexts,
  rawOf,
  readPage,
  visiblePages,
} from "#engines/form"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { carryDraft, changesSince, versionToFile } from "./carry-draft.ts"
import type { Draft } from "./draft.ts"
import { fetchValues } from "./fetch-values.ts"
import { applicantContext, personOf } from "./open-draft.ts"
import { findDraft, lockDraft, updateDraft } from "./store.drafts.ts"

/** A draft with what is needed to draw it. */
export interface OpenedDraft {
  readonly draft: Draft
  readonly service: CompiledService
  readonly context: FormContext
  /** The pages that are reached now, in order. */
  readonly pages: readonly Page[]
}

/** A draft for the person to look at. */
export interface ShownDraft extends OpenedDraft {
  /** What is otherwise than when the draft was begun, where it goes on under another version. */
  readonly changes: readonly Change[]
}

/** Opens a draft of the signed-in person, under the version that may be filed. Throws `draft-not-found`, `draft-expired`. */
export async function getDraft(tx: Tx, id: string, lang: string): Promise<ShownDraft> {
  const open = await opened(tx, findDraft(tx, personOf(tx).subject, id), lang)
  const shown = (await isOutdated(tx, open.draft)) ? await underNewest(tx, await holdDraft(tx, id, lang)) : open
  return { ...shown, changes: await changesSince(tx, shown.draft) }
}

async function isOutdated(tx: Tx, draft: Draft): Promise<boolean> {
  if (draft.caseId !== null) return false
  const version = await versionToFile(tx, draft)
  return version !== undefined && version !== draft.definition
}

/** A held draft under the version that may be filed now: somebody else may have carried it meanwhile. */
const underNewest = async (tx: Tx, held: OpenedDraft): Promise<OpenedDraft> =>
  carried(tx, held, await versionToFile(tx, held.draft))

/** A held draft under the version `to`: itself where that is its own, or none. */
export async function carried(tx: Tx, open: OpenedDraft, to: string | undefined): Promise<OpenedDraft> {
  if (to === undefined || to === open.draft.definition) return open
  const draft = await carryDraft(tx, open.draft, to, open.context)
  return drawn(tx, draft, open.context)
}

/** The draft and the applicant's number are asked for in one round trip. */
async function opened(tx: Tx, asked: Promise<Draft | undefined>, lang: string): Promise<OpenedDraft> {
  const [draft, context] = await Promise.all([asked, applicantContext(tx, lang)])
  if (!draft) throw problem("draft-not-found")
  if (draft.caseId === null && draft.expiresAt <= tx.now) throw problem("draft-expired")
  return drawn(tx, draft, context)
}

async function drawn(tx: Tx, draft: Draft, context: FormContext): Promise<OpenedDraft> {
  const service = await compiled(tx, draft.service, draft.definition)
  if (!service) throw problem("service-not-online")
  return { draft, service, context, pages: visiblePages(service.form, draft.values, context) }
}

/** Holds the draft until the end of the deed: whoever changes it at the same time waits and finds what was changed. Throws as getDraft. */
export async function holdDraft(tx: Tx, id: string, lang: string): Promise<OpenedDraft> {
  return opened(tx, lockDraft(tx, personOf(tx).subject, id), lang)
}

/** The page of a draft that `id` names. Throws `not-found` when it is not reached. */
export function pageOf(opened: OpenedDraft, id: string): Page {
  const page = opened.pages.find((p) => p.id === id)
  if (!page) throw problem("not-found")
  return page
}

/** The texts to put into a page's inputs: what was typed and refused last time, else the answers. */
export function textsOf({ draft, service, context }: OpenedDraft, page: Page): RawTexts {
  return draft.typed[page.id] ?? rawOf(service.form, page, draft.values, context)
}

export interface SavedPage {
  readonly errors: readonly FieldError[]
  readonly raw: RawTexts
  /** The page asks to be drawn again: an entry was added, a value disputed. */
  readonly again: boolean
  /** Id of the page that comes next; undefined when the answers are to be checked. */
  readonly next: string | undefined
}

/** Saves a page. Errors are values; nothing typed is lost. */
export async function savePage(tx: Tx, draftId: string, pageId: string, raw: RawInput, lang: string): Promise<SavedPage> {
  const open = await holdDraft(tx, draftId, lang)
  if (open.draft.caseId) throw problem("draft-changed")
  const page = pageOf(open, pageId)
  const { form } = open.service
  const reading = readPage(form, page, raw, open.draft.values, open.context)
  const { [pageId]: _, ...others } = open.draft.typed
  const typed = reading.errors.length > 0 ? { ...others, [pageId]: reading.raw } : others
  const gathered = await fetchValues(
    tx,
    open.service,
    draftId,
    { values: reading.values, fetched: open.draft.fetched, silent: open.draft.silent },
    open.context,
  )
  if (!(await updateDraft(tx, { ...open.draft, ...gathered, typed, lang }))) throw problem("draft-changed")
  const pages = visiblePages(form, gathered.values, open.context)
  const next = pages[pages.findIndex((p) => p.id === pageId) + 1]?.id
  return { errors: reading.errors, raw: reading.raw, again: reading.again, next }
}

/** Everything that keeps the draft from being submitted, page by page; empty when it can be. */
export function errorsOf({ draft, service, context }: OpenedDraft): readonly FieldError[] {
  return checkAll(service.form, draft.values, context)
}
