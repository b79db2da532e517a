// Roots, powers, exponential and logarithm of decimals to 34 digits, in whole numbers of 50 digits behind the point.
import {
  coefficientOf,
  compareNumbers,
  Decimal,
  DIGITS_MAX,
  digitsOf,
  divide,
  exponentOf,
  made,
  multiply,
  type Num,
  signOf,
  tenTo,
  toDouble,
} from "./decimal.ts"

const PLACES = 50
const ONE = tenTo(PLACES)
/** Powers beyond these are too large or too small in any case. */
const EXPONENT_ARGUMENT_MAX = 14_200
const WHOLE_POWER_MAX = 100_000

/** The square root; null of what is negative. */
export function squareRoot(n: Num): Num | null {
  if (signOf(n) < 0) return null
  if (n === 0) return 0
  const c = coefficientOf(n)
  let shift = Math.max(0, 2 * DIGITS_MAX + 4 - digitsOf(c))
  if ((exponentOf(n) - shift) % 2 !== 0) shift++
  const value = c * tenTo(shift)
  const root = wholeRoot(value)
  const exponent = (exponentOf(n) - shift) / 2
  return root * root === value ? made(root, exponent) : made(root * 10n + 1n, exponent - 1)
}

function wholeRoot(value: bigint): bigint {
  let root = tenTo(Math.ceil(digitsOf(value) / 2))
  for (;;) {
    const next = (root + value / root) / 2n
    if (next >= root) return root
    root = next
  }
}

/** The number as a whole number of 10^-50. */
function fixed(n: Num): bigint {
  const shift = exponentOf(n) + PLACES
  return shift >= 0 ? coefficientOf(n) * tenTo(shift) : coefficientOf(n) / tenTo(-shift)
}

function fixedExponential(x: bigint): bigint {
  const small = x >> 10n
  let [sum, term] = [ONE, ONE]
  for (let i = 1n; term !== 0n && i < 200n; i++) {
    term = (term * small) / (ONE * i)
    sum += term
  }
  for (let i = 0; i < 10; i++) sum = (sum * sum) / ONE
  return sum
}

/** ln(x) for x in fixed form, 0.1 to 10: Newton's steps from the double's value. */
function fixedLogarithm(x: bigint): bigint {
  const start = Math.log(Number(x / tenTo(PLACES - 15)) / 1e15)
  let y = BigInt(Math.round(start * 1e15)) * tenTo(PLACES - 15)
  for (let i = 0; i < 4; i++) {
    const e = fixedExponential(y)
    y += (2n * ONE * (x - e)) / (x + e)
  }
  return y
}

const LN_10 = fixedLogarithm(10n * ONE)

/** e to the power n; null beyond the range. */
export function exponential(n: Num): Num | null {
  const double = toDouble(n)
  if (double > EXPONENT_ARGUMENT_MAX) return null
  if (double < -EXPONENT_ARGUMENT_MAX) return 0
  const x = fixed(n)
  const tens = x / LN_10
  return made(fixedExponential(x - tens * LN_10), Number(tens) - PLACES)
}

/** The natural logarithm; null of what isn't positive. */
export function logarithm(n: Num): Num | null {
  if (signOf(n) <= 0) return null
  if (n === 1) return 0
  const c = coefficientOf(n)
  const digits = digitsOf(c)
  const scaled = digits > PLACES ? c / tenTo(digits - PLACES - 1) : c * tenTo(PLACES - digits + 1)
  return made(fixedLogarithm(scaled) + BigInt(exponentOf(n) + digits - 1) * LN_10, -PLACES)
}

/** a ** b; null where it isn't real or too large. */
export function power(a: Num, b: Num): Num | null {
  if (typeof b === "number" && Math.abs(b) <= WHOLE_POWER_MAX) {
    const result = wholePower(a, Math.abs(b))
    return b >= 0 || result === null ? result : divide(1, result)
  }
  if (signOf(a) < 0) return null
  if (a === 0) return signOf(b) > 0 ? 0 : null
  if (b instanceof Decimal && compareNumbers(b, new Decimal(5, -1)) === 0) return squareRoot(a)
  const ln = logarithm(a)
  const product = ln === null ? null : multiply(ln, b)
  return product === null ? null : exponential(product)
}

function wholePower(a: Num, b: number): Num | null {
  let [result, base, left]: [Num | null, Num | null, number] = [1, a, b]
  while (left > 0) {
    if (result === null || base === null) return null
    if (left % 2 === 1) result = multiply(result, base)
    left = Math.floor(left / 2)
    if (left > 0) base = multiply(base, base)
  }
  return result
}
