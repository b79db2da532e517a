// Exact decimal numbers of 34 digits, as IEEE 754 decimal128 has them: whole numbers that a double holds stay plain numbers.

/** Digits of a coefficient (DMN 1.5, 10.3.2.3.1). */
export const DIGITS_MAX = 34
/** Exponents of decimal128. */
export const EXPONENT_MAX = 6144
const EXPONENT_MIN = -6176

const SAFE = Number.MAX_SAFE_INTEGER
const powers: bigint[] = [1n]
const smallPowers = Array.from({ length: 16 }, (_, i) => 10 ** i)

/** Ten to the power n. */
export function tenTo(n: number): bigint {
  for (let i = powers.length; i <= n; i++) powers.push(powers[i - 1]! * 10n)
  return powers[n]!
}

/** A number that no safe integer holds: coefficient × 10^exponent, without zeros at its end. Small coefficients are plain numbers. */
export class Decimal {
  constructor(
    readonly coefficient: number | bigint,
    readonly exponent: number,
  ) {}
  toString(): string {
    return numberText(this)
  }
}

/** A number of FEEL: a safe integer, or a Decimal. */
export type Num = number | Decimal

export const isNum = (value: unknown): value is Num => typeof value === "number" || value instanceof Decimal

export const coefficientOf = (n: Num): bigint => BigInt(typeof n === "number" ? n : n.coefficient)
export const exponentOf = (n: Num): number => (typeof n === "number" ? 0 : n.exponent)

export const digitsOf = (n: bigint): number => (n < 0n ? -n : n).toString().length

/** Divides, rounding half to the even neighbour. */
export function roundedQuotient(a: bigint, b: bigint): bigint {
  const quotient = a / b
  const twice = 2n * (a - quotient * b)
  const size = (twice < 0n ? -twice : twice) - (b < 0n ? -b : b)
  if (size < 0n || (size === 0n && (quotient & 1n) === 0n)) return quotient
  return quotient + (a < 0n === b < 0n ? 1n : -1n)
}

/** The number coefficient × 10^exponent, rounded to 34 digits; null where it is too large. */
export function made(coefficient: bigint, exponent: number): Num | null {
  let [c, e] = [coefficient, exponent]
  if (c === 0n) return 0
  const over = digitsOf(c) - DIGITS_MAX
  if (over > 0) {
    c = roundedQuotient(c, tenTo(over))
    e += over
  }
  if (e < EXPONENT_MIN) {
    const lost = EXPONENT_MIN - e
    if (lost > DIGITS_MAX) return 0
    c = roundedQuotient(c, tenTo(lost))
    e = EXPONENT_MIN
  }
  while (c !== 0n && c % 10n === 0n) {
    c /= 10n
    e++
  }
  if (c === 0n) return 0
  const digits = digitsOf(c)
  if (e + digits - 1 > EXPONENT_MAX) return null
  if (e >= 0 && e + digits <= 16) {
    const whole = c * tenTo(e)
    if (whole <= SAFE && whole >= -SAFE) return Number(whole)
  }
  return new Decimal(c <= SAFE && c >= -SAFE ? Number(c) : c, e)
}

/** The same for a coefficient that is a safe integer and an exponent from -15 to 0. */
function madeSmall(coefficient: number, exponent: number): Num {
  let [c, e] = [coefficient, exponent]
  if (c === 0) return 0
  while (e < 0 && c % 10 === 0) {
    c /= 10
    e++
  }
  return e === 0 ? c : new Decimal(c, e)
}

const isSmall = (n: Num): boolean =>
  typeof n === "number" || (typeof n.coefficient === "number" && n.exponent < 0 && n.exponent >= -15)

/** Both coefficients over the smaller exponent, as safe integers; undefined where they aren't. */
function aligned(a: Num, b: Num): { a: number; b: number; exponent: number } | undefined {
  if (!isSmall(a) || !isSmall(b)) return undefined
  const [ea, eb] = [exponentOf(a), exponentOf(b)]
  const exponent = Math.min(ea, eb)
  const ca = (typeof a === "number" ? a : (a.coefficient as number)) * smallPowers[ea - exponent]!
  const cb = (typeof b === "number" ? b : (b.coefficient as number)) * smallPowers[eb - exponent]!
  return Math.abs(ca) <= SAFE && Math.abs(cb) <= SAFE ? { a: ca, b: cb, exponent } : undefined
}

export function add(a: Num, b: Num): Num | null {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b
    if (Math.abs(sum) <= SAFE) return sum
  }
  const small = aligned(a, b)
  if (small && Math.abs(small.a + small.b) <= SAFE) return madeSmall(small.a + small.b, small.exponent)
  const [ea, eb] = [exponentOf(a), exponentOf(b)]
  const gap = Math.abs(ea - eb)
  if (gap > 2 * DIGITS_MAX + 40) return ea > eb === (coefficientOf(a) !== 0n) ? a : b
  const exponent = Math.min(ea, eb)
  return made(coefficientOf(a) * tenTo(ea - exponent) + coefficientOf(b) * tenTo(eb - exponent), exponent)
}

export const negate = (n: Num): Num => (typeof n === "number" ? 0 - n : new Decimal(-n.coefficient, n.exponent))

export const subtract = (a: Num, b: Num): Num | null => {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b
    if (Math.abs(difference) <= SAFE) return difference
  }
  return add(a, negate(b))
}

export function multiply(a: Num, b: Num): Num | null {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b
    if (Math.abs(product) <= SAFE) return product + 0
  }
  const exponent = exponentOf(a) + exponentOf(b)
  if (exponent >= -15 && isSmall(a) && isSmall(b)) {
    const product =
      (typeof a === "number" ? a : (a.coefficient as number)) * (typeof b === "number" ? b : (b.coefficient as number))
    if (Math.abs(product) <= SAFE) return madeSmall(product, exponent)
  }
  return made(coefficientOf(a) * coefficientOf(b), exponent)
}

/** a / b; null for a division by zero. */
export function divide(a: Num, b: Num): Num | null {
  if (b === 0) return null
  if (typeof a === "number" && typeof b === "number" && a % b === 0) return a / b + 0
  const [ca, cb] = [coefficientOf(a), coefficientOf(b)]
  const shift = Math.max(0, DIGITS_MAX + 2 + digitsOf(cb) - digitsOf(ca))
  const shifted = ca * tenTo(shift)
  const quotient = shifted / cb
  const exponent = exponentOf(a) - exponentOf(b) - shift
  // A digit behind that isn't zero stands for the rest, so that a half is told from a little more.
  const exact = quotient * cb === shifted
  const sticky = ca < 0n === cb < 0n ? 1n : -1n
  return exact ? made(quotient, exponent) : made(quotient * 10n + sticky, exponent - 1)
}

export function compareNumbers(a: Num, b: Num): number {
  if (typeof a === "number" && typeof b === "number") return a - b
  const small = aligned(a, b)
  if (small) return small.a - small.b
  const [ca, cb] = [coefficientOf(a), coefficientOf(b)]
  if (ca < 0n !== cb < 0n || ca === 0n || cb === 0n) return ca < cb ? -1 : ca > cb ? 1 : 0
  const [ea, eb] = [exponentOf(a), exponentOf(b)]
  const [ma, mb] = [ea + digitsOf(ca), eb + digitsOf(cb)]
  if (ma !== mb) return ma < mb === ca > 0n ? -1 : 1
  const exponent = Math.min(ea, eb)
  const [xa, xb] = [ca * tenTo(ea - exponent), cb * tenTo(eb - exponent)]
  return xa < xb ? -1 : xa > xb ? 1 : 0
}

export const signOf = (n: Num): number => (typeof n === "number" ? Math.sign(n) : n.coefficient < 0 ? -1 : 1)

const numberPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,5}))?$/

/** A number from its text (`12`, `-.5`, `1.2e-3`); null when it is none. */
export function parseNumber(text: string): Num | null {
  const found = text.length > 10_000 ? null : numberPattern.exec(text)
  if (!found || (found[2] === "" && !found[3])) return null
  const [, sign, whole = "", fraction = "", power = "0"] = found
  const exponent = Number(power) - fraction.length
  if (whole.length + fraction.length <= 15 && exponent <= 0 && exponent >= -15)
    return madeSmall(Number(sign + whole + fraction) + 0, exponent)
  return made(BigInt(whole + fraction) * (sign === "-" ? -1n : 1n), exponent)
}

/** A JavaScript number as the decimal that it prints; null for what isn't finite. */
export function fromDouble(n: number): Num | null {
  if (Number.isSafeInteger(n)) return n + 0
  // What a decimal of up to 15 digits reads as, it prints as.
  for (let places = 1; places <= 6; places++) {
    const coefficient = Math.round(n * smallPowers[places]!)
    if (Math.abs(coefficient) < 1e15 && coefficient / smallPowers[places]! === n) return madeSmall(coefficient, -places)
  }
  return Number.isFinite(n) ? parseNumber(String(n)) : null
}

/** The nearest double. */
export const toDouble = (n: Num): number => (typeof n === "number" ? n : Number(`${n.coefficient}e${n.exponent}`))

/** As FEEL writes it: plain digits, a power of ten only where it would be very long. */
export function numberText(n: Num): string {
  if (typeof n === "number") return String(n)
  const digits = String(n.coefficient < 0 ? -n.coefficient : n.coefficient)
  const sign = n.coefficient < 0 ? "-" : ""
  if (n.exponent >= 0) return sign + (n.exponent > 60 ? `${digits}E+${n.exponent}` : digits + "0".repeat(n.exponent))
  const point = digits.length + n.exponent
  if (point > 0) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
  return sign + (point < -60 ? `${digits}E${n.exponent}` : `0.${"0".repeat(-point)}${digits}`)
}

/** The whole number towards zero as a double; null where it is beyond safe integers. */
export function wholeDown(n: Num | null): number | null {
  if (n === null || typeof n === "number") return n
  if (n.exponent >= 0) return null
  const whole = coefficientOf(n) / tenTo(Math.min(-n.exponent, 80))
  return whole <= SAFE && whole >= -SAFE ? Number(whole) : null
}
