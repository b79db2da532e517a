// matches, replace and split: regular expressions in linear time, by RE2. What needs to look back is refused.
import { RE2JS } from "re2js"
import type { Run } from "../evaluate/run.ts"
import { PATTERN_MAX, PATTERN_WRITTEN_OUT_MAX, PATTERNS_MAX } from "../limits.ts"
import type { Value } from "../values/value.ts"
import { define } from "./define.ts"

const compiled = new Map<string, RE2JS | null>()

/** The pattern with flags of XPath (`s`, `m`, `i`, `x`, `q`); null when it is none. */
function patternOf(text: string, flags: string): RE2JS | null {
  const key = `${flags}/${text}`
  const known = compiled.get(key)
  if (known !== undefined) return known
  if (compiled.size >= PATTERNS_MAX) compiled.delete(compiled.keys().next().value!)
  const made = compilePattern(text, flags)
  compiled.set(key, made)
  return made
}

function compilePattern(text: string, flags: string): RE2JS | null {
  if (text.length > PATTERN_MAX || /[^smixq]/.test(flags) || writtenOut(text) > PATTERN_WRITTEN_OUT_MAX) return null
  let bits = 0
  if (flags.includes("i")) bits |= RE2JS.CASE_INSENSITIVE
  if (flags.includes("s")) bits |= RE2JS.DOTALL
  if (flags.includes("m")) bits |= RE2JS.MULTILINE
  const literal = flags.includes("q")
  const source = literal ? RE2JS.quote(text) : flags.includes("x") ? withoutBlanks(text) : text
  try {
    return RE2JS.compile(source, bits)
  } catch {
    return null
  }
}

/** Counted repetitions multiply the size of the machine. */
function writtenOut(text: string): number {
  let size = text.length
  for (const [, low = "0", high] of text.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) size *= Math.max(1, Number(low), Number(high || 0))
  return size
}

/** Blanks outside character classes mean nothing with the flag `x`. */
function withoutBlanks(text: string): string {
  let inside = false
  let made = ""
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!
    if (letter === "\\") {
      made += letter + (text[++i] ?? "")
      continue
    }
    if (letter === "[") inside = true
    if (letter === "]") inside = false
    if (inside || !/\s/.test(letter)) made += letter
  }
  return made
}

/** A run pays for each character that the machine reads. */
const pay = (text: string, pattern: string, run: Run) =>
  run.tick(1 + Math.ceil((text.length * Math.max(1, Math.min(writtenOut(pattern), PATTERN_WRITTEN_OUT_MAX))) / 16))

function matches(text: string, pattern: string, flags: string | null, run: Run): Value {
  pay(text, pattern, run)
  const made = patternOf(pattern, flags ?? "")
  return made ? made.matcher(text).find() : null
}

function replace(text: string, pattern: string, replacement: string, flags: string | null, run: Run): Value {
  pay(text, pattern, run)
  const made = patternOf(pattern, flags ?? "")
  if (!made || made.matcher("").find()) return null
  const literal = flags?.includes("q") ?? false
  if (!literal && !/^(?:[^\\$]|\\[\\$]|\$\d)*$/.test(replacement)) return null
  const matcher = made.matcher(text)
  let [result, at] = ["", 0]
  while (matcher.find()) {
    const group = (number: number) => matcher.group(number) ?? ""
    result += text.slice(at, matcher.start()) + (literal ? replacement : filledIn(replacement, made.groupCount(), group))
    at = matcher.end()
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

function split(text: string, pattern: string, run: Run): Value {
  pay(text, pattern, run)
  const made = patternOf(pattern, "")
  return made && run.hold(made.split(text, -1))
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
