// Words by key and language: placeholders typed from the first language, plurals by the rules of each language.

/** Forms of one sentence by plural category (CLDR); `count` chooses. Languages without plurals give `other` alone. */
export type PluralForms = Readonly<{ other: string } & Partial<Record<"zero" | "one" | "two" | "few" | "many", string>>>

export type Entry = string | PluralForms

/** What another language must give: the same keys, each a sentence or its plural forms. */
export type Catalogue<First extends Readonly<Record<string, Entry>>> = { readonly [Key in keyof First]: Entry }

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never
type TextOf<E> = E extends string ? E : E extends { other: infer Other extends string } ? Other : never
type ParamsFor<E> =
  string extends TextOf<E>
    ? [params?: Readonly<Record<string, string | number>>]
    : [NamesIn<TextOf<E>>] extends [never]
      ? []
      : [params: Readonly<Record<NamesIn<TextOf<E>>, string | number>>]

export type Words<First extends Readonly<Record<string, Entry>>> = <Key extends keyof First>(
  key: Key,
  ...params: ParamsFor<First[Key]>
) => string

/** The languages of a catalogue; the first listed says which keys and placeholders exist. */
export type Catalogues<First extends Readonly<Record<string, Entry>>> = { readonly vi: First } & Readonly<
  Record<string, Catalogue<First>>
>

/**
 * Gives the words of `lang`: `t("daysLeft", { count: 3 })`. A language without a catalogue gets `first` (the
 * country's first language), then English, then Vietnamese. Numbers are written as the language writes them.
 */
export function wordsOf<const First extends Readonly<Record<string, Entry>>>(
  lang: string,
  catalogues: Catalogues<First>,
  first?: string,
): Words<First> {
  const spoken = [lang, first, "en", "vi"].find((l) => l !== undefined && Object.hasOwn(catalogues, l))!
  const catalogue: Readonly<Record<string, Entry>> = catalogues[spoken]!
  return ((key: string, params?: Readonly<Record<string, string | number>>) =>
    fill(chosen(catalogue[key]!, spoken, params), spoken, params)) as Words<First>
}

function chosen(entry: Entry, lang: string, params?: Readonly<Record<string, string | number>>): string {
  if (typeof entry === "string") return entry
  const count = params?.count
  return (typeof count === "number" ? entry[pluralsOf(lang).select(count)] : undefined) ?? entry.other
}

/** Puts values into `{name}`; a name without a value stays visible, so that a test sees it. */
export function fill(text: string, lang: string, params: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    if (value === undefined) return whole
    return typeof value === "number" ? numbersOf(lang).format(value) : value
  })
}

const plurals = new Map<string, Intl.PluralRules>()
const numbers = new Map<string, Intl.NumberFormat>()

function pluralsOf(lang: string): Intl.PluralRules {
  const rules = plurals.get(lang) ?? new Intl.PluralRules(lang)
  plurals.set(lang, rules)
  return rules
}

function numbersOf(lang: string): Intl.NumberFormat {
  const format = numbers.get(lang) ?? new Intl.NumberFormat(lang)
  numbers.set(lang, format)
  return format
}
