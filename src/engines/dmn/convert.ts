// Results as the declared type wants them.
import { converted, type FeelType, type Run, typeText, type Value } from "#engines/feel"

/** The value as its type wants it; null with a warning where it can't be. */
export function convertedResult(value: Value, type: FeelType | null, run: Run, element: string): Value {
  if (!type || value === null) return value
  const result = converted(value, type, run)
  return result === undefined ? run.warn("wrong-type", 0, 0, `${element}: not ${typeText(type)}`) : result
}
