// What every page of the desk shares: its words, the side with queues and counts, and the post in which the official sits.
import { countConsultations, countMyQueue, type QueueCounts } from "#cases"
import { keepsCatalogue } from "#catalogue"
import { type Country, countryOf, findPosition } from "#country"
import { countCorrections, countStuck, decidesCorrections, enterableTypes } from "#exchange"
import type { SideGroup } from "#kit/desk-layout.tsx"
import { textOf } from "#kit/words.ts"
import { findSight, holdsAny, type Overseer, SEES_CATALOGUE, SEES_FIGURES } from "#oversight"
import type { Tx } from "#platform/db"
import type { Frame, OfficialActor, PageRequest } from "#platform/http"
import { wordsOf } from "#platform/words"
import { paths } from "../paths.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

export const deskWords = (frame: Pick<Frame, "lang" | "place">) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

export const queues = ["mine", "unclaimed", "overdue", "all"] as const
export type QueueName = (typeof queues)[number]

/** Frame of a page of the desk: with the side and the post of its official. */
export interface Desk {
  readonly frame: Frame
  readonly country: Country
  readonly side: readonly SideGroup[]
  readonly post: string
  readonly counts: QueueCounts
}

/** True when the official may handle cases; a technical administrator has no agency whose cases they may see. */
export const handlesCases = (actor: OfficialActor): boolean => actor.agency !== ""

/** Loads what the desk's frame shows. `current` is the address of the page. */
export async function loadDesk(tx: Tx, request: PageRequest<"official">, current: string): Promise<Desk> {
  const country = countryOf(tx)
  const nothing: QueueCounts = { mine: 0, unclaimed: 0, overdue: 0, waiting: 0 }
  const counts = handlesCases(request.actor) ? await countMyQueue(tx) : nothing
  const side = [
    ...workGroup(request, counts, current),
    ...registerGroup(tx, request, current),
    ...(await otherAgencies(tx, request, current)),
    ...catalogueGroup(tx, request, current),
    ...exchangeGroup(tx, request, current),
    authorityGroup(request, current),
  ]
  return { frame: request, country, side, post: postOf(request, country), counts }
}

function workGroup(request: PageRequest<"official">, counts: QueueCounts, current: string): SideGroup[] {
  if (!handlesCases(request.actor)) return []
  const t = deskWords(request)
  const item = (queue: QueueName, count?: number) => {
    const href = paths.desk({ queue })
    const late = queue === "overdue" && count !== undefined && count > 0
    return {
      name: t(queue),
      href,
      current: href === current,
      ...(count !== undefined && { count }),
      ...(late && { tone: "danger" as const }),
    }
  }
  return [
    {
      title: t("work"),
      items: [item("mine", counts.mine), item("unclaimed", counts.unclaimed), item("overdue", counts.overdue), item("all")],
    },
  ]
}

/** What comes from and goes to other agencies: corrections that wait for a decision, deliveries that have stopped. */
async function otherAgencies(tx: Tx, request: PageRequest<"official">, current: string): Promise<SideGroup[]> {
  if (!handlesCases(request.actor)) return []
  const t = deskWords(request)
  const item = (name: string, href: string, count: number) => {
    const late = count > 0 && { tone: "danger" as const }
    return { name, href, current: href === current, ...(count > 0 && { count }), ...late }
  }
  const decides = decidesCorrections(tx)
  const [open, stuck, asked] = await Promise.all([decides ? countCorrections(tx) : 0, countStuck(tx), countConsultations(tx)])
  const items = [
    item(t("consultations"), paths.deskConsultations(), asked),
    ...(decides ? [item(t("corrections"), paths.deskCorrections(), open)] : []),
    item(t("deliveries"), paths.deskDeliveries(), stuck),
  ]
  return [{ title: t("otherAgencies"), items }]
}

function registerGroup(tx: Tx, request: PageRequest<"official">, current: string): SideGroup[] {
  const items = enterableTypes(tx).map(({ type, record }) => {
    const href = paths.deskRegister(type)
    return { name: textOf(request, record.name), href, current: href === current }
  })
  return items.length > 0 ? [{ title: deskWords(request)("registers"), items }] : []
}

/** What is seen of the exchange: each page to those who may; at a site that is alone there is the log of its own registers. */
function exchangeGroup(tx: Tx, request: PageRequest<"official">, current: string): SideGroup[] {
  const t = deskWords(request)
  const isLinked = findSight(tx.site) !== undefined
  const may = (...roles: Overseer[]) => holdsAny(tx, roles)
  const pages = [
    isLinked && may(...SEES_FIGURES) && { name: t("exchangeMap"), href: paths.deskExchange() },
    isLinked && may(...SEES_CATALOGUE) && { name: t("exchangeServices"), href: paths.deskExchangeServices() },
    may("auditor") && { name: t("exchangeLog"), href: paths.deskExchangeLog() },
    isLinked && may("tech-admin") && { name: t("exchangeRecords"), href: paths.deskExchangeRecords() },
    isLinked && may(...SEES_FIGURES) && { name: t("exchangeFigures"), href: paths.deskExchangeFigures() },
  ]
  const items = pages.filter((page) => page !== false).map((page) => ({ ...page, current: page.href === current }))
  return items.length > 0 ? [{ title: t("exchange"), items }] : []
}

function catalogueGroup(tx: Tx, request: PageRequest<"official">, current: string): SideGroup[] {
  if (!keepsCatalogue(tx)) return []
  const t = deskWords(request)
  const href = paths.deskDefinitions()
  return [{ title: t("catalogue"), items: [{ name: t("definitions"), href, current: href === current }] }]
}

function authorityGroup(request: PageRequest<"official">, current: string): SideGroup {
  const t = deskWords(request)
  const href = paths.deskDelegations()
  return { title: t("authority"), items: [{ name: t("delegations"), href, current: href === current }] }
}

function postOf({ actor, ...frame }: PageRequest<"official">, country: Country): string {
  const held = actor.positions[0]
  const agency = country.agencies.get(actor.agency)
  if (!held || !agency) return ""
  const position = findPosition(country, `${agency.id}/${held.id}`)?.position
  return [position && textOf(frame, position.name), textOf(frame, agency.name)].filter(Boolean).join(", ")
}
