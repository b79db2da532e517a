// What the form engine is told of the world: the day, the language, the applicant, the divisions, the country's formats.
import { type Country, countryOf, type Division, textIn } from "#country"
import { validatePersonalNumber } from "#engines/codes"
import type { Divisions, FormContext, Json, Place } from "#engines/form"
import type { Tx } from "#platform/db"
import { todayOf } from "./clock.ts"

/** The context of one deed in `lang`. `applicant` holds what the sign-in knows: `number`, `fullName`. */
export function formContext(tx: Tx, lang: string, applicant: Readonly<Record<string, Json>> = {}): FormContext {
  const country = countryOf(tx)
  return {
    lang,
    today: todayOf(tx),
    applicant,
    divisions: divisionsIn(country, lang),
    formats: {
      "personal-number": (text) => validatePersonalNumber(country.personalNumber, text).length === 0,
      phone: (text) => new RegExp(country.phone.pattern).test(text),
    },
  }
}

const cache = new WeakMap<Country, Map<string, Divisions>>()

/** The country's divisions as an address field needs them: the highest and the lowest tier of the generation in force. */
export function divisionsIn(country: Country, lang: string): Divisions {
  const byLang = cache.get(country) ?? new Map<string, Divisions>()
  cache.set(country, byLang)
  const known = byLang.get(lang) ?? open(country, lang)
  byLang.set(lang, known)
  return known
}

function open(country: Country, lang: string): Divisions {
  const { divisions } = country
  const name = (d: Division) => textIn(d.name, lang)
  const place = (d: Division): Place => {
    const above = d.parent === null ? undefined : divisions.find(d.parent)
    return { code: d.code, name: name(d), ...(above && { within: name(above) }) }
  }
  const lowest = country.generations.find((g) => g.id === divisions.current)!.tiers.at(-1)!.id
  const topOf = (code: string) => divisions.path(code)[0]?.code ?? ""
  return {
    provinces: divisions.below().map(place),
    province: (code) => optional(divisions.find(code), place),
    commune: (code) => {
      const found = divisions.find(code)
      return found?.tier === lowest ? { ...place(found), province: topOf(code) } : undefined
    },
    find: (province, text) => lowestNamed(country, lowest, province, text).map(place),
    replaced: (province, text) => replacedBy(country, province, text).map(place),
  }
}

const optional = <A, B>(value: A | undefined, of: (value: A) => B): B | undefined => (value === undefined ? undefined : of(value))

function lowestNamed({ divisions }: Country, lowest: string, province: string, text: string): Division[] {
  const byCode = divisions.find(text)
  const found = byCode ? [byCode] : divisions.named(text)
  return found.filter((d) => d.tier === lowest && divisions.path(d.code)[0]?.code === province)
}

/** Divisions of today that took over a former one; its name is looked up in every generation before the present. */
function replacedBy({ divisions, generations }: Country, province: string, text: string): Division[] {
  const former = generations
    .filter((g) => g.id !== divisions.current)
    .flatMap((g) => [divisions.find(text, g.id), ...divisions.named(text, undefined, g.id)])
    .filter((d) => d !== undefined)
  const successors = former.flatMap((d) => divisions.successors(d.code)).map((s) => s.division)
  return [...new Map(successors.filter((d) => divisions.path(d.code)[0]?.code === province).map((d) => [d.code, d])).values()]
}
