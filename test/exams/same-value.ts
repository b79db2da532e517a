// Whether a result is the expected one, as the TCK's own runner compares: numbers within a hundred-millionth.
import { Decimal, equals, isContext, isList, isNum, isSame, Run, type Value } from "#engines/feel"

const NEAR = 1e-8

const doubleOf = (value: Value): number => (value instanceof Decimal ? Number(String(value)) : (value as number))

export function sameValue(actual: Value, expected: Value): boolean {
  if (actual === null || expected === null) return actual === expected
  if (isNum(actual) && isNum(expected))
    return equals(actual, expected, new Run()) === true || Math.abs(doubleOf(actual) - doubleOf(expected)) < NEAR
  if (isList(actual) && isList(expected))
    return actual.length === expected.length && actual.every((item, index) => sameValue(item, expected[index]!))
  if (isContext(actual) && isContext(expected))
    return (
      actual.size === expected.size &&
      [...expected].every(([name, value]) => actual.has(name) && sameValue(actual.get(name)!, value))
    )
  return isSame(actual, expected, new Run())
}
