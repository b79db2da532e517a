// Check digits by weights: the sum of digit times weight, taken modulo, and what is left to a fixed number.

/** Rules as data. The check digit is `minus - (sum of weight × digit) mod modulus`, and stands after the weighted digits. */
export interface CheckDigitRules {
  readonly weights: readonly number[]
  readonly modulus: number
  readonly minus: number
  /** Digits of a branch after a hyphen; absent where there are none. */
  readonly branchDigits?: number | undefined
}

/** The check digit of these digits; undefined when they can't have one (it would have two digits, or be below zero). Throws a RangeError. */
export function checkDigit(rules: CheckDigitRules, digits: string): number | undefined {
  if (digits.length !== rules.weights.length || !/^[0-9]+$/.test(digits))
    throw new RangeError("not the digits that the weights are for")
  const sum = rules.weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)
  const digit = rules.minus - (sum % rules.modulus)
  return digit >= 0 && digit <= 9 ? digit : undefined
}

export type OrganisationNumberReason = "wrong-form" | "check-digit-differs"

/** What speaks against an organisation's number (tax code, register number), empty when nothing does. */
export function validateOrganisationNumber(rules: CheckDigitRules, number: string): OrganisationNumberReason[] {
  const branch = rules.branchDigits ? `(-[0-9]{${rules.branchDigits}})?` : ""
  if (!new RegExp(`^[0-9]{${rules.weights.length + 1}}${branch}$`).test(number)) return ["wrong-form"]
  const digits = number.slice(0, rules.weights.length)
  return checkDigit(rules, digits) === Number(number[rules.weights.length]) ? [] : ["check-digit-differs"]
}
