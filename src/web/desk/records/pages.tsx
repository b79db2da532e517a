// Entering a record into a register by hand, for those whose position may.
import { formContext } from "#cases"
import { rawOf } from "#engines/form"
import { enterRecord, entryForm } from "#exchange"
import { problemWords } from "#kit/problem-words.ts"
import type { Tx } from "#platform/db"
import { html, type PageRequest, redirect } from "#platform/http"
import { isId } from "#platform/ids"
import { Problem } from "#platform/problem"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { loadDesk } from "../desk.ts"
import { EnteredView, EntryView } from "./view.tsx"

type EntryRequest = PageRequest<"official", "register">

export function recordPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.deskRegister,
    for: "official",
    handle: (request) => request.tx((tx) => showForm(tx, request)),
  })
  web.page({
    method: "POST",
    path: routes.deskRegister,
    for: "official",
    again: (request) => again(request, { errors: [], raw: request.body.raw }, 200),
    handle: take,
  })
}

async function showForm(tx: Tx, request: EntryRequest) {
  const entry = entryForm(tx, request.params.register)
  const desk = await loadDesk(tx, request, paths.deskRegister(entry.type))
  const entered = request.query.get("entered")
  if (isId(entered)) return html(<EnteredView desk={desk} entry={entry} message={entered} />)
  const context = formContext(tx, request.lang)
  return html(
    <EntryView desk={desk} entry={entry} raw={rawOf(entry.form, entry.page, {}, context)} errors={[]} context={context} />,
  )
}

async function take(request: EntryRequest) {
  const type = request.params.register
  const cleared = request.body.get("_cleared") === "yes"
  try {
    const done = await request.tx((tx) => enterRecord(tx, type, request.body.raw, formContext(tx, request.lang), cleared))
    if ("written" in done) return redirect(`${paths.deskRegister(type)}?entered=${done.message}`)
    return again(request, done)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const kept = { errors: [], raw: request.body.raw }
    if (error.code === "register-silent") return again(request, { ...kept, problem: problemWords(request.lang, error) }, 503)
    if (error.code !== "record-likely-duplicate") throw error
    return again(request, { ...kept, isLikelyDuplicate: true })
  }
}

type Again = Pick<Parameters<typeof EntryView>[0], "errors" | "raw" | "isLikelyDuplicate" | "problem">

function again(request: EntryRequest, what: Again, status = 422) {
  return request.tx(async (tx) => {
    const entry = entryForm(tx, request.params.register)
    const desk = await loadDesk(tx, request, paths.deskRegister(entry.type))
    return html(<EntryView desk={desk} entry={entry} context={formContext(tx, request.lang)} {...what} />, { status })
  })
}
