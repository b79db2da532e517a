// Functions on numbers (DMN 1.5, 10.3.4.5).
import { divide, multiply, type Num, negate, signOf, subtract, wholeDown } from "../values/decimal.ts"
import { exponential, logarithm, squareRoot } from "../values/powers.ts"
import { floorOf, type Rounding, roundTo } from "../values/rounding.ts"
import { DaysDuration, MonthsDuration } from "../values/temporal.ts"
import type { Value } from "../values/value.ts"
import { define } from "./define.ts"

function rounded(n: Num, scale: Num, rounding: Rounding): Value {
  const places = wholeDown(scale)
  return places === null ? null : roundTo(n, places, rounding)
}

/** The remainder with the divisor's sign. */
function modulo(dividend: Num, divisor: Num): Value {
  const quotient = divide(dividend, divisor)
  const whole = quotient === null ? null : multiply(divisor, floorOf(quotient))
  return whole === null ? null : subtract(dividend, whole)
}

const remainder = (n: Num): number | null => {
  const rest = modulo(n, 2)
  return rest === 0 || rest === 1 ? rest : null
}

const parity = (wanted: 0 | 1) => (n: Num) => {
  const rest = remainder(n)
  return rest === null ? false : rest === wanted
}

const rounding = (name: string, way: Rounding) =>
  define(name, ["n: number, scale?: number", ([n, scale = 0]) => rounded(n, scale, way)])

export const numberFunctions = [
  define("decimal", ["n: number, scale: number", ([n, scale]) => rounded(n, scale, "half-even")]),
  define("floor", ["n: number, scale?: number", ([n, scale = 0]) => rounded(n, scale, "floor")]),
  define("ceiling", ["n: number, scale?: number", ([n, scale = 0]) => rounded(n, scale, "ceiling")]),
  rounding("round up", "up"),
  rounding("round down", "down"),
  rounding("round half up", "half-up"),
  rounding("round half down", "half-down"),
  define(
    "abs",
    ["n: number", ([n]) => (signOf(n) < 0 ? negate(n) : n)],
    ["n: days and time duration", ([n]) => new DaysDuration(n.nanos < 0n ? -n.nanos : n.nanos)],
    ["n: years and months duration", ([n]) => new MonthsDuration(Math.abs(n.months))],
  ),
  define("modulo", ["dividend: number, divisor: number", ([dividend, divisor]) => modulo(dividend, divisor)]),
  define("sqrt", ["number: number", ([n]) => squareRoot(n)]),
  define("log", ["number: number", ([n]) => logarithm(n)]),
  define("exp", ["number: number", ([n]) => exponential(n)]),
  define("odd", ["number: number", ([n]) => parity(1)(n)]),
  define("even", ["number: number", ([n]) => parity(0)(n)]),
  define("not", ["negand: boolean", ([negand]) => !negand]),
]
