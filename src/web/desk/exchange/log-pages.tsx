// The log of the exchange, the search for a person, records of the line, and one exchange with its evidence.
import { countryOf } from "#country"
import { instantAt, workingCalendar } from "#engines/calendar"
import { findLogged, type LogFilter, searchLog, searchPerson } from "#exchange"
import { Filters } from "#kit/filters.tsx"
import { dayIn, dayMistake, isDay } from "#kit/form/day-boxes.tsx"
import { problemWords } from "#kit/problem-words.ts"
import { browseRecords, exportEvidence, holdsAny, lookIntoExchange, type RecordKind } from "#oversight"
import type { Tx } from "#platform/db"
import { bytes, type Fields, html, type PageRequest, redirect } from "#platform/http"
import { isId } from "#platform/ids"
import { Problem } from "#platform/problem"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { type Desk, loadDesk } from "../desk.ts"
import { type LogQuery, LogView, PersonView } from "./log-view.tsx"
import { MessageView, RecordsView } from "./message-view.tsx"
import { exchangeWords } from "./words.ts"

const DAY_MS = 86_400_000
/** What is shown when no day is chosen. */
const DAYS_SHOWN = 30

type OfficialRequest = PageRequest<"official">

export function logPages(web: Web): void {
  web.page({ method: "GET", path: routes.deskExchangeLog, for: "official", handle: showLog })
  web.page({
    method: "GET",
    path: routes.deskExchangePerson,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        // Who may not search sees no form either.
        await findLogged(tx, "")
        return html(<PersonView desk={await loadDesk(tx, request, "")} typed={request.query} />)
      }),
  })
  web.page({
    method: "POST",
    path: routes.deskExchangePerson,
    for: "official",
    again: (request) => personShown(request, {}, 200),
    handle: search,
  })
  web.page({ method: "GET", path: routes.deskExchangeRecords, for: "official", handle: showRecords })
  web.page({
    method: "GET",
    path: routes.deskExchangeMessage,
    for: "official",
    handle: (request) =>
      request.tx(async (tx) => {
        const seen = await lookIntoExchange(tx, request.params.id)
        return html(<MessageView desk={await loadDesk(tx, request, "")} seen={seen} />)
      }),
  })
  web.page({
    method: "POST",
    path: routes.deskExchangeBundle,
    for: "official",
    handle: async (request) => {
      const { id } = request.params
      const bundle = await request.tx((tx) => exportEvidence(tx, id))
      return bytes(JSON.stringify(bundle, undefined, 2), "application/json", { fileName: `exchange-${id}.json` })
    },
  })
}

function showLog(request: OfficialRequest) {
  return request.tx(async (tx) => {
    const { query } = request
    const message = query.get("message").trim().toLowerCase()
    if (message !== "" && (await findLogged(tx, message))) return redirect(paths.deskExchangeMessage(message))
    const asked = queryOf(query)
    const before = beforeOf(query.get("before"))
    const page = await searchLog(tx, { ...filterOf(tx, asked), ...(before && { before }) })
    const desk = await loadDesk(tx, request, paths.deskExchangeLog())
    const { agency } = request.actor
    const view = { desk, agency, page, query: asked, isPaged: before !== undefined, isMissing: message !== "" }
    return html(<LogView {...view} />)
  })
}

const queryOf = (query: Fields): LogQuery =>
  Object.fromEntries(
    Object.entries({
      ...{ from: dayIn(query, "from"), until: dayIn(query, "until"), member: query.get("member") },
      ...{ register: query.get("register"), purpose: query.get("purpose"), outcome: query.get("outcome") },
    }).filter(([, value]) => value !== ""),
  )

function filterOf(tx: Tx, { from, until, member, register, purpose, outcome }: LogQuery): LogFilter {
  return {
    ...spanOf(tx, from, until),
    ...{ member, purpose, service: register && `${register}/` },
    ...(isOutcome(outcome) && { outcome }),
  }
}

const isOutcome = (text: string | undefined): text is NonNullable<LogFilter["outcome"]> =>
  text !== undefined && ["answered", "empty", "refused", "silent"].includes(text)

/** From the beginning of one day to the end of another, where the country is. */
function spanOf(tx: Tx, from = "", until = ""): { from: Date; until: Date } {
  const country = countryOf(tx)
  const calendar = workingCalendar(country.calendar, { timeZone: country.timeZone })
  const startOf = (day: string) => (isDay(day) ? instantAt(calendar, day, "00:00") : undefined)
  const end = startOf(until)
  return {
    from: startOf(from) ?? new Date(tx.now.getTime() - DAYS_SHOWN * DAY_MS),
    until: end ? new Date(end.getTime() + DAY_MS) : new Date(tx.now.getTime() + DAY_MS),
  }
}

/** `TIME_ID` of a page's last row. */
function beforeOf(text: string): { at: Date; id: string } | undefined {
  const found = /^(\d{1,14})_(.+)$/.exec(text)
  return found && isId(found[2]!) ? { at: new Date(Number(found[1])), id: found[2]! } : undefined
}

function personShown(request: OfficialRequest, view: Omit<Parameters<typeof PersonView>[0], "desk" | "typed">, status: number) {
  return request.tx(async (tx) =>
    html(<PersonView desk={await loadDesk(tx, request, "")} typed={request.body} {...view} />, { status }),
  )
}

async function search(request: OfficialRequest) {
  const { body } = request
  const show = (view: Parameters<typeof personShown>[1], status = 200) => personShown(request, view, status)
  const [from, until] = [dayIn(body, "from"), dayIn(body, "until")]
  for (const [name, day] of [
    ["from", from],
    ["until", until],
  ] as const) {
    const text = dayMistake(request, day)
    if (text) return show({ mistake: { field: `${name}.day`, text } }, 422)
  }
  try {
    const found = await request.tx((tx) =>
      searchPerson(tx, {
        ...{ number: body.get("number").replace(/\s/g, ""), reason: body.get("reason"), reference: body.get("reference").trim() },
        ...spanOf(tx, from, until),
      }),
    )
    return show({ found })
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "search-reason-missing") throw error
    const field = body.get("number") === "" ? "number" : body.get("reason") === "" ? "reason" : "reference"
    return show({ mistake: { field, text: problemWords(request.lang, error).text } }, 422)
  }
}

const KINDS = ["sent", "got", "refused"] satisfies RecordKind[]

function showRecords(request: OfficialRequest) {
  return request.tx(async (tx) => {
    const { query } = request
    const kind = KINDS.find((one) => one === query.get("kind"))
    const message = query.get("message").trim().toLowerCase()
    if (isId(message) && holdsAny(tx, ["tech-admin"])) return redirect(paths.deskExchangeMessage(message))
    const asked = { from: dayIn(query, "from"), until: dayIn(query, "until"), kind: kind ?? "" }
    const before = /^\d{1,15}$/.test(query.get("before")) ? Number(query.get("before")) : undefined
    const page = await browseRecords(tx, { ...spanOf(tx, asked.from, asked.until), kind, before })
    const desk = await loadDesk(tx, request, paths.deskExchangeRecords())
    const older = page.next === undefined ? undefined : paths.deskExchangeRecords({ ...asked, before: page.next })
    return html(<RecordsView desk={desk} page={page} filters={<RecordFilters desk={desk} asked={asked} />} older={older} />)
  })
}

function RecordFilters({ desk: { frame }, asked }: { desk: Desk; asked: Readonly<Record<"from" | "until" | "kind", string>> }) {
  const t = exchangeWords(frame)
  const kinds = [{ value: "", label: t("any") }, ...KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))]
  return (
    <Filters
      frame={frame}
      action={paths.deskExchangeRecords()}
      clearHref={paths.deskExchangeRecords()}
      filters={[
        { name: "from", label: t("fromDay"), value: asked.from, type: "date", mistake: dayMistake(frame, asked.from) },
        { name: "until", label: t("untilDay"), value: asked.until, type: "date", mistake: dayMistake(frame, asked.until) },
        { name: "kind", label: t("kind"), value: asked.kind, options: kinds },
        { name: "message", label: t("messageOrId"), value: "" },
      ]}
    />
  )
}
