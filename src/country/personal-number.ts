// Is a number of the cast well made, and can it belong to nobody?
import { newPersonalNumber, validatePersonalNumber } from "#engines/codes"
import type { PersonalNumberRules } from "./facts.ts"
import type { FindingCode, FindingParams } from "./finding.ts"
import type { Person } from "./people.ts"

interface NumberFault {
  readonly code: FindingCode
  readonly params: FindingParams
}

/** What is wrong with the number of a synthetic person, worst first: its form, its prefix, or what it says of sex and birth. */
export function numberFault(
  rules: PersonalNumberRules,
  person: Pick<Person, "number" | "sex" | "birthDate">,
): NumberFault | undefined {
  const { pattern, synthetic } = rules
  const { number, sex, birthDate } = person
  const reasons = validatePersonalNumber(rules, number, { sex, birthDate })
  if (reasons.includes("not-digits") || reasons.includes("wrong-length"))
    return { code: "number-malformed", params: { number, pattern, length: pattern.length } }
  const prefix = digitsOf(pattern, number, "P")
  if (prefix < synthetic.from || prefix > synthetic.to)
    return { code: "number-not-synthetic", params: { number, prefix, from: synthetic.from, to: synthetic.to } }
  if (reasons.length === 0) return undefined
  return { code: "number-disagrees", params: { number, right: rightNumber(rules, person, prefix), sex, birthDate } }
}

const digitsOf = (pattern: string, number: string, letter: string): string =>
  [...number].filter((_, i) => pattern[i] === letter).join("")

/** The number that agrees with sex and birth date, with the same prefix and free digits; "-" where the rules know no such century. */
function rightNumber(
  rules: PersonalNumberRules,
  { number, sex, birthDate }: Pick<Person, "number" | "sex" | "birthDate">,
  prefix: string,
): string {
  const free = [...digitsOf(rules.pattern, number, "N")].map(Number)
  try {
    return newPersonalNumber(rules, { prefix, sex, birthDate, random: () => free.shift() ?? 0 })
  } catch (error) {
    if (error instanceof RangeError) return "-"
    throw error
  }
}
