// What a service's page says, part by part, ready to show in one language.
import { type Country, countryOf, type Paper, type Text, textIn } from "#country"
import type { Tx } from "#platform/db"
import { formatsOf, type Words, wordsOf } from "#platform/words"
import type { Cost, Named, PageAuthority, PageLevel, PagePaper, Papers, ServicePage, Time } from "./page.ts"
import { en, vi } from "./page-words.ts"
import { type Definition, type PublishedService, startableService } from "./published.ts"
import { getService } from "./services.ts"
import { audienceWords, levelWords, lifeEventWords } from "./words.ts"

/** The page of the version in force. Throws `not-found`. */
export async function servicePage(tx: Tx, code: string, lang: string): Promise<ServicePage> {
  return pageOf(await getService(tx, code), countryOf(tx), lang)
}

type Translate = Words<typeof vi>

/** The page of a published version in `lang`. */
export function pageOf(published: PublishedService, country: Country, lang: string): ServicePage {
  const { service } = published.definition
  const t = wordsOf(lang, { vi, en })
  const say = (text: Text) => textIn(text, lang)
  const named = (words: Readonly<Record<string, Text>>) => (id: string) => ({ id, name: words[id] ? say(words[id]) : id })
  return {
    code: published.code,
    hash: published.hash,
    version: published.version,
    validFrom: published.validFrom,
    name: say(service.shortName ?? service.name),
    ...(service.shortName && say(service.shortName) !== say(service.name) && { officialName: say(service.name) }),
    ...(service.summary && { summary: say(service.summary) }),
    field: say(service.field),
    cost: costOf(published.definition, country, lang, t),
    time: timeOf(published.definition, country, lang, t),
    papers: papersOf(published.definition, country, lang, t),
    law: service.law.map(({ name, ...place }) => ({ ...place, ...(name && { name: say(name) }) })),
    authority: authorityOf(published.definition, country, lang, t),
    level: levelOf(published.definition, lang),
    minutes: minutesOf(published.definition),
    steps: (service.steps ?? []).map(say),
    results: service.results.map(({ name, ...code }) => ({ ...code, name: say(name) })),
    requirements: (service.requirements ?? []).map(say),
    audience: service.audience.map(named(audienceWords)),
    lifeEvents: service.lifeEvents.map(named(lifeEventWords)),
    replacements: service.replacements ?? [],
    ...(service.decision && { decision: service.decision }),
    ...(service.note && { note: say(service.note) }),
    ...(service.source && { source: service.source }),
  }
}

function costOf({ service }: Definition, country: Country, lang: string, t: Translate): Cost {
  const { fee } = service
  const currency = fee.currency ?? country.currency.code
  const { money } = formatsOf(lang, { timeZone: country.timeZone, currency })
  const amounts = Object.entries(fee.amounts ?? {}).map(([id, amount]) => {
    const words =
      amount === 0 ? t("free") : fee.per ? t("perUnit", { money: money(amount), unit: textIn(fee.per, lang) }) : money(amount)
    return { ...channel(country, id, lang), amount, words }
  })
  const cheapestLast = [...amounts].sort((a, b) => b.amount - a.amount)
  const different = [...new Set(cheapestLast.map((a) => a.words))]
  return {
    free: amounts.length > 0 && amounts.every((a) => a.amount === 0) && !fee.note,
    words: different.length > 0 ? different.join(" / ") : t("feeElsewhere"),
    amounts,
    currency,
    ...(fee.note && { note: textIn(fee.note, lang) }),
    exempt: (fee.exempt ?? []).map((text) => textIn(text, lang)),
  }
}

function timeOf({ service }: Definition, country: Country, lang: string, t: Translate): Time {
  const { value, unit, channels, rule, cutoff } = service.limit
  const say = (count: number) => (unit === "unspecified" ? String(count) : t(unit, { count }))
  const own = Object.entries(channels ?? {})
  const values = own.length > 0 ? own.map(([, each]) => each) : [value]
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return {
    value,
    unit,
    words: least === most ? say(most) : `${least}–${say(most)}`,
    channels: own.map(([id, each]) => ({ ...channel(country, id, lang), value: each, words: say(each) })),
    ...(rule && { rule: textIn(rule, lang) }),
    ...(cutoff && { cutoff: t("cutoff", { hour: cutoff }) }),
  }
}

function papersOf({ service }: Definition, country: Country, lang: string, t: Translate): Papers {
  const list = service.papers.map((paper) => pagePaper(paper, country, lang, t))
  return {
    list,
    toBring: list.filter((p) => !p.fetched && p.kind !== "declaration" && !p.condition).length,
    fetched: list.filter((p) => p.fetched).length,
  }
}

function pagePaper(paper: Paper, country: Country, lang: string, t: Translate): PagePaper {
  const { id, kind, originals, copies, condition, form, from, replacedBy } = paper
  const register = from === undefined ? undefined : country.registers.get(from.split("/")[0]!)
  const words = replacedBy ?? register?.name
  return {
    id,
    name: textIn(paper.name, lang),
    kind,
    kindWords: t(kind),
    ...(originals !== undefined && { originals }),
    ...(copies !== undefined && { copies }),
    ...(condition && { condition: textIn(condition, lang) }),
    ...(form && { form }),
    ...(words && { fetched: { ...(from && register && { from }), words: textIn(words, lang) } }),
  }
}

function authorityOf({ service }: Definition, country: Country, lang: string, t: Translate): PageAuthority {
  const { authority, tiers } = service
  const agency = authority.agency === undefined ? undefined : country.agencies.get(authority.agency)
  const kind = authority.kind === undefined ? undefined : country.agencyKinds[authority.kind]
  const name = authority.name ?? agency?.name ?? kind
  const named = tiers.map((id) => ({ id, name: tierName(country, id, lang, t) }))
  return {
    name: name ? textIn(name, lang) : tierName(country, authority.tier, lang, t),
    tiers: named,
    channels: service.channels.map((id) => channel(country, id, lang)),
  }
}

function tierName(country: Country, id: string, lang: string, t: Translate): string {
  const current = country.generations.find((g) => g.id === country.divisions.current)
  const tier = current?.tiers.find((each) => each.id === id)
  if (tier) return textIn(tier.name, lang)
  return id === "national" || id === "other" ? t(id) : id
}

function channel(country: Country, id: string, lang: string): Named {
  const known = country.channels.find((c) => c.id === id)
  return { id, name: known ? textIn(known.name, lang) : id }
}

function levelOf(definition: Definition, lang: string): PageLevel {
  const { level, online } = startableService(definition)
  const { name, meaning } = levelWords[level]
  return { level, online, name: textIn(name, lang), meaning: textIn(meaning, lang) }
}

/** What the definition says, else an estimate: five minutes to begin, five for each declaration, two for each paper that may be asked. */
function minutesOf({ service }: Definition): number {
  if (service.takesMinutes !== undefined) return service.takesMinutes
  const declarations = service.papers.filter((p) => p.kind === "declaration").length
  const asked = service.papers.filter((p) => p.kind === "submit" || p.kind === "present").length
  return Math.ceil((5 + 5 * declarations + 2 * asked) / 5) * 5
}
