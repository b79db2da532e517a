// Text in the languages of a country, and the small building blocks that every kind of the pack shares.
import Type, { type Static, type TProperties } from "typebox"

/** Keys of a map that do not fit their pattern are mistakes. */
export const exact = { additionalProperties: false } as const

/** The same words in each language of the country: `{ vi: "Khai sinh", en: "Birth" }`. A missing language is a finding of the check. */
export const Text = Type.Record(Type.String({ pattern: "^[a-z]{2,3}$" }), Type.String({ minLength: 1, maxLength: 4_000 }), {
  ...exact,
  minProperties: 1,
})
export type Text = Static<typeof Text>

/** An object of the pack: what it does not name is a mistake in spelling, so nothing else is let in. */
export const Closed = <T extends TProperties>(properties: T, about = "") =>
  Type.Object(properties, { additionalProperties: false, ...(about ? { description: about } : {}) })

/** Ids inside a pack: lower case words with hyphens. */
export const Id = Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", maxLength: 80 })

/** Ids of fields and elements: `familyName`, `person.familyName`. */
export const Path = Type.String({ pattern: "^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*$", maxLength: 120 })

/** A data file inside the pack, never outside it. */
export const DataFile = Type.String({ pattern: "^[a-z0-9-]+(/[a-z0-9-]+)*\\.json$" })

/** A day of the calendar, `2026-03-09`. */
export const Day = Type.String({ pattern: "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$" })
export type Day = string

/** A time of the day, `07:30`. */
export const Hour = Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" })

/** From when until when something holds; both days included. */
export const Validity = Closed({ from: Day, until: Type.Optional(Day) })
export type Validity = Static<typeof Validity>

/** A law and the place in it: `{ ref: 60/2014/QH13, article: "13-16" }`; `valid` where its days are known to begin or end. */
export const Law = Closed({
  ref: Type.String({ minLength: 1 }),
  article: Type.Optional(Type.String()),
  name: Type.Optional(Text),
  valid: Type.Optional(Validity),
})
export type Law = Static<typeof Law>

/**
 * The words in `lang`, or in the first language that has them when `lang` has none.
 * A text without any words gives "".
 */
export function textIn(text: Text, lang: string): string {
  return text[lang] ?? Object.values(text)[0] ?? ""
}
