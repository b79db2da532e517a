// Personal numbers that are read position by position: place, century and sex, date of birth, free digits.

export type Sex = "male" | "female"

/** Rules as data. `pattern` has a letter per digit: P place, C century and sex, Y year, M month, D day, N free. */
export interface PersonalNumberRules {
  readonly pattern: string
  /** Birth years and the digit that each sex has in them. */
  readonly centurySex: readonly { readonly from: number; readonly to: number; readonly male: string; readonly female: string }[]
  /** Prefixes in use, with their place. */
  readonly prefixes: Readonly<Record<string, string>>
  /** Prefixes, first and last, that no real person can have: for invented people. */
  readonly synthetic: { readonly from: string; readonly to: string }
}

/** What else is known of the person, to be compared with the number. Dates are `YYYY-MM-DD`. */
export interface PersonalNumberFacts {
  readonly sex?: string | undefined
  readonly birthDate?: string | undefined
  /** With it a year of birth in the future is refused. */
  readonly today?: string | undefined
  /** Refuse the numbers of invented people: a site that serves real ones. */
  readonly realOnly?: boolean | undefined
}

export type PersonalNumberReason =
  | "not-digits"
  | "wrong-length"
  | "prefix-unknown"
  | "synthetic"
  | "century-unknown"
  | "born-in-future"
  | "sex-differs"
  | "birth-date-differs"

export interface PersonalNumberParts {
  readonly prefix: string
  readonly synthetic: boolean
  readonly sex: Sex
  readonly birthYear: number
  /** Months and days as the pattern has them; absent where it has none. */
  readonly birthMonth?: number
  readonly birthDay?: number
}

/** Everything that speaks against a number, empty when nothing does. There is no check digit to know a typing error by. */
export function validatePersonalNumber(
  rules: PersonalNumberRules,
  number: string,
  facts: PersonalNumberFacts = {},
): PersonalNumberReason[] {
  if (!/^[0-9]+$/.test(number)) return ["not-digits"]
  if (number.length !== rules.pattern.length) return ["wrong-length"]
  const reasons: PersonalNumberReason[] = []
  const prefix = lettersOf(rules, number, "P")
  const synthetic = isSynthetic(rules, prefix)
  if (!synthetic && !Object.hasOwn(rules.prefixes, prefix)) reasons.push("prefix-unknown")
  if (synthetic && facts.realOnly) reasons.push("synthetic")
  const parts = parsePersonalNumber(rules, number)
  if (!parts) return [...reasons, "century-unknown"]
  if (facts.today !== undefined && parts.birthYear > Number(facts.today.slice(0, 4))) reasons.push("born-in-future")
  if (facts.sex !== undefined && facts.sex !== parts.sex) reasons.push("sex-differs")
  if (facts.birthDate !== undefined && !bornOn(parts, facts.birthDate)) reasons.push("birth-date-differs")
  return reasons
}

/** What a number says of its holder; undefined when its digits follow no rule. */
export function parsePersonalNumber(rules: PersonalNumberRules, number: string): PersonalNumberParts | undefined {
  if (number.length !== rules.pattern.length || !/^[0-9]+$/.test(number)) return undefined
  const century = lettersOf(rules, number, "C")
  const row = rules.centurySex.find((r) => r.male === century || r.female === century)
  const birthYear = row && yearIn(row, lettersOf(rules, number, "Y"))
  if (!row || birthYear === undefined) return undefined
  const prefix = lettersOf(rules, number, "P")
  const [month, day] = [lettersOf(rules, number, "M"), lettersOf(rules, number, "D")]
  return {
    prefix,
    synthetic: isSynthetic(rules, prefix),
    sex: row.male === century ? "male" : "female",
    birthYear,
    ...(month && { birthMonth: Number(month) }),
    ...(day && { birthDay: Number(day) }),
  }
}

/**
 * Makes a number. `random(below)` gives a whole number from 0 up to, not with, `below`; the caller asks again when the number is taken.
 * Throws a RangeError when prefix, sex or birth date can't be written by the rules.
 */
export function newPersonalNumber(
  rules: PersonalNumberRules,
  person: { prefix: string; sex: Sex; birthDate: string; random: (below: number) => number },
): string {
  const { prefix, sex, birthDate, random } = person
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(birthDate) ?? []
  const row = rules.centurySex.find((r) => r.from <= Number(year) && Number(year) <= r.to)
  if (!row || !year || !month || !day) throw new RangeError("the birth date has no century in the rules")
  const known = Object.hasOwn(rules.prefixes, prefix) || isSynthetic(rules, prefix)
  if (!known || prefix.length !== countOf(rules, "P")) throw new RangeError("the prefix is not in the rules")
  const source: Record<string, string> = {
    P: prefix,
    C: row[sex],
    Y: year.slice(-countOf(rules, "Y") || year.length),
    M: month,
    D: day,
  }
  const at: Record<string, number> = {}
  return [...rules.pattern]
    .map((letter) => {
      if (letter === "N") return String(random(10))
      const place = at[letter] ?? 0
      at[letter] = place + 1
      return source[letter]?.[place] ?? ""
    })
    .join("")
}

const countOf = (rules: PersonalNumberRules, letter: string): number => rules.pattern.split(letter).length - 1

const lettersOf = (rules: PersonalNumberRules, number: string, letter: string): string =>
  [...number].filter((_, i) => rules.pattern[i] === letter).join("")

/** Prefixes of equal length compare as numbers do. */
function isSynthetic({ synthetic }: PersonalNumberRules, prefix: string): boolean {
  return prefix.length === synthetic.from.length && synthetic.from <= prefix && prefix <= synthetic.to
}

/** The year of this span whose last digits these are. */
function yearIn(span: { from: number; to: number }, digits: string): number | undefined {
  const cycle = 10 ** digits.length
  const year = span.from + ((((Number(digits) - span.from) % cycle) + cycle) % cycle)
  return year <= span.to ? year : undefined
}

function bornOn(parts: PersonalNumberParts, birthDate: string): boolean {
  const [year, month, day] = birthDate.split("-").map(Number)
  return (
    year === parts.birthYear &&
    (parts.birthMonth === undefined || parts.birthMonth === month) &&
    (parts.birthDay === undefined || parts.birthDay === day)
  )
}
