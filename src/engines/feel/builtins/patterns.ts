// matches, replace and split (DMN 1.5, 10.3.4.3): regular expressions of XPath.
import type { Run } from "../evaluate/run.ts"
import { PATTERN_WRITTEN_OUT_MAX } from "../limits.ts"
import type { Match } from "../patterns/look-back.ts"
import { type Pattern, patternOf, writtenOut } from "../patterns/pattern.ts"
import type { Value } from "../values/value.ts"
import { define } from "./define.ts"

/** A run pays for each character that the machine reads. */
const pay = (text: string, pattern: string, run: Run) =>
  run.tick(1 + Math.ceil((text.length * Math.max(1, Math.min(writtenOut(pattern), PATTERN_WRITTEN_OUT_MAX))) / 16))

/** The matches of a pattern; null where it is none. */
function found(text: string, pattern: string, flags: string | null, run: Run): { made: Pattern; all: Iterable<Match> } | null {
  pay(text, pattern, run)
  const made = patternOf(pattern, flags ?? "")
  const all = made?.find(text, run)
  return made && all ? { made, all } : null
}

function matches(text: string, pattern: string, flags: string | null, run: Run): Value {
  const result = found(text, pattern, flags, run)
  if (!result) return null
  for (const _match of result.all) return true
  return false
}

function replace(text: string, pattern: string, replacement: string, flags: string | null, run: Run): Value {
  const matched = found(text, pattern, flags, run)
  if (!matched || [...(matched.made.find("", run) ?? [])].length > 0) return null
  const literal = flags?.includes("q") ?? false
  if (!literal && !/^(?:[^\\$]|\\[\\$]|\$\d)*$/.test(replacement)) return null
  let [result, at] = ["", 0]
  for (const { start, end, groups } of matched.all) {
    const group = (number: number) => groups[number] ?? ""
    result += text.slice(at, start) + (literal ? replacement : filledIn(replacement, matched.made.groups, group))
    at = end
    run.tick(1)
    if (result.length > run.room) run.take(result.length)
  }
  return run.hold(result + text.slice(at))
}

/** The replacement with its groups; a group that the pattern doesn't have stands for nothing. */
const filledIn = (replacement: string, groups: number, group: (number: number) => string): string =>
  replacement.replace(/\\([\\$])|\$(\d+)/g, (_all, mark?: string, digits?: string) => {
    if (digits === undefined) return mark!
    for (let length = digits.length; length > 0; length--)
      if (Number(digits.slice(0, length)) <= groups) return group(Number(digits.slice(0, length))) + digits.slice(length)
    return digits.slice(1)
  })

/** The texts between the matches; an empty match parts letters, and none stands at the beginning. */
function split(text: string, pattern: string, run: Run): Value {
  const matched = found(text, pattern, null, run)
  if (!matched) return null
  const parts: string[] = []
  let at = 0
  for (const { start, end } of matched.all) {
    if (end === 0 || (start === end && start === text.length)) continue
    parts.push(text.slice(at, start))
    at = end
  }
  return run.hold([...parts, text.slice(at)])
}

export const patternFunctions = [
  define("matches", [
    "input: string, pattern: string, flags?: string~",
    ([text, pattern, flags], run) => matches(text, pattern, flags ?? null, run),
  ]),
  define("replace", [
    "input: string, pattern: string, replacement: string, flags?: string~",
    ([text, pattern, replacement, flags], run) => replace(text, pattern, replacement, flags ?? null, run),
  ]),
  define("split", ["string: string, delimiter: string", ([text, pattern], run) => split(text, pattern, run)]),
]
