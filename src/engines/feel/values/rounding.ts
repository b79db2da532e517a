// Rounding of decimals to a number of places behind the point, in the ways that DMN names.
import { coefficientOf, exponentOf, made, type Num, tenTo } from "./decimal.ts"

export type Rounding = "half-even" | "half-up" | "half-down" | "up" | "down" | "floor" | "ceiling"

/** Whether the quotient goes away from zero: `rest` and `half` tell where it stands between its neighbours. */
const awayFromZero: Record<Rounding, (at: { half: number; odd: boolean; negative: boolean }) => boolean> = {
  "half-even": ({ half, odd }) => half > 0 || (half === 0 && odd),
  "half-up": ({ half }) => half >= 0,
  "half-down": ({ half }) => half > 0,
  up: () => true,
  down: () => false,
  floor: ({ negative }) => negative,
  ceiling: ({ negative }) => !negative,
}

/** Rounds to `places` digits behind the point (in front of it when negative); null for places beyond decimal128. */
export function roundTo(n: Num, places: number, rounding: Rounding): Num | null {
  if (places < -6111 || places > 6176) return null
  if (typeof n === "number" && places >= 0) return n
  const drop = -places - exponentOf(n)
  if (drop <= 0) return n
  const c = coefficientOf(n)
  const size = c < 0n ? -c : c
  // Beyond all digits nothing but the direction matters.
  const unit = tenTo(Math.min(drop, size.toString().length + 1))
  const quotient = size / unit
  const rest = size - quotient * unit
  if (rest === 0n && quotient * unit === size && size % unit === 0n) return n
  const twice = 2n * rest - unit
  const half = drop > size.toString().length + 1 ? -1 : twice > 0n ? 1 : twice === 0n ? 0 : -1
  const away = awayFromZero[rounding]({ half, odd: (quotient & 1n) === 1n, negative: c < 0n })
  const rounded = quotient + (away ? 1n : 0n)
  return made(c < 0n ? -rounded : rounded, -places)
}

/** The whole number below or at it. */
export const floorOf = (n: Num): Num => roundTo(n, 0, "floor")!

/** Its whole number as a double when it is one; null otherwise. */
export function wholeOf(n: unknown): number | null {
  return typeof n === "number" ? n : null
}
