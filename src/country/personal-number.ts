// Is a number of the cast well made, and can it belong to nobody?
import type { PersonalNumberRules } from "./facts.ts"
import type { FindingCode, FindingParams } from "./finding.ts"
import type { Person } from "./people.ts"

/** What is wrong with the number of a synthetic person: its form, its prefix, or what it says of sex and birth. */
export function numberFaults(
  rules: PersonalNumberRules,
  person: Pick<Person, "number" | "sex" | "birthDate">,
): { code: FindingCode; params: FindingParams }[] {
  const { pattern, synthetic } = rules
  const { number, sex, birthDate } = person
  if (!/^\d+$/.test(number) || number.length !== pattern.length)
    return [{ code: "number-malformed", params: { number, pattern, length: pattern.length } }]
  const prefix = digits(pattern, number, "P")
  if (prefix < synthetic.from || prefix > synthetic.to)
    return [{ code: "number-not-synthetic", params: { number, prefix, from: synthetic.from, to: synthetic.to } }]
  const wanted = digitsFor(rules, sex, birthDate)
  const wrong = Object.entries(wanted).find(([letter, value]) => digits(pattern, number, letter) !== value)
  if (!wrong) return []
  const [letter, value] = wrong
  return [{ code: "number-disagrees", params: { number, found: digits(pattern, number, letter), value, sex, birthDate } }]
}

/** The digits at the places of `letter` in the pattern. */
function digits(pattern: string, number: string, letter: string): string {
  return [...pattern].map((l, i) => (l === letter ? number[i] : "")).join("")
}

/** What sex and birth date ask for, by letter of the pattern. */
function digitsFor(
  { pattern, centurySex }: PersonalNumberRules,
  sex: "male" | "female",
  birthDate: string,
): Record<string, string> {
  const [year = "", month = "", day = ""] = birthDate.split("-")
  const span = centurySex.find((s) => Number(year) >= s.from && Number(year) <= s.to)
  const places = (letter: string) => [...pattern].filter((l) => l === letter).length
  const wanted: Record<string, string> = { C: span?.[sex] ?? "", Y: year.slice(-places("Y")), M: month, D: day }
  return Object.fromEntries(Object.entries(wanted).filter(([letter]) => places(letter) > 0))
}
