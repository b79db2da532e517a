// Compiled patterns of XPath: by RE2 in linear time, or by looking back within the budget where RE2 can't.
import { RE2JS } from "re2js"
import type { Run } from "../evaluate/run.ts"
import { LOOK_BACK_TEXT_MAX, PATTERN_MAX, PATTERN_WRITTEN_OUT_MAX, PATTERNS_MAX } from "../limits.ts"
import { lookingBack, type Match } from "./look-back.ts"
import { patternTree } from "./pattern-tree.ts"
import { writeRe2 } from "./write-re2.ts"

export interface Pattern {
  readonly groups: number
  /** The matches in a text, one after the other; null for a text that is too long for it: ways nest as deep as the text is long. */
  find(text: string, run: Run): Iterable<Match> | null
}

const compiled = new Map<string, Pattern | null>()

/** The pattern with flags of XPath (`s`, `m`, `i`, `x`, `q`); null when it is none. */
export function patternOf(text: string, flags: string): Pattern | null {
  const key = `${flags}/${text}`
  const known = compiled.get(key)
  if (known !== undefined) return known
  if (compiled.size >= PATTERNS_MAX) compiled.delete(compiled.keys().next().value!)
  const made = compile(text, flags)
  compiled.set(key, made)
  return made
}

function compile(text: string, flags: string): Pattern | null {
  if (text.length > PATTERN_MAX || /[^smixq]/.test(flags) || writtenOut(text) > PATTERN_WRITTEN_OUT_MAX) return null
  const has = (flag: string) => flags.includes(flag)
  if (has("q")) return byRe2(RE2JS.quote(text), has("i") ? RE2JS.CASE_INSENSITIVE : 0)
  const tree = patternTree(has("x") ? withoutBlanks(text) : text)
  if (!tree) return null
  const own = { ignoreCase: has("i"), dotAll: has("s"), multiline: has("m") }
  if (tree.looksBack) {
    const find = lookingBack(tree, own)
    return { groups: tree.groups, find: (within, run) => (within.length > LOOK_BACK_TEXT_MAX ? null : find(within, run)) }
  }
  const bits =
    (own.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (own.dotAll ? RE2JS.DOTALL : 0) | (own.multiline ? RE2JS.MULTILINE : 0)
  return byRe2(writeRe2(tree.root, own.dotAll), bits)
}

function byRe2(source: string, bits: number): Pattern | null {
  const made = re2(source, bits)
  if (!made) return null
  const groups = made.groupCount()
  return {
    groups,
    *find(text) {
      const matcher = made.matcher(text)
      while (matcher.find())
        yield {
          start: matcher.start(),
          end: matcher.end(),
          groups: Array.from({ length: groups + 1 }, (_, index) => matcher.group(index) ?? undefined),
        }
    },
  }
}

function re2(source: string, bits: number): RE2JS | null {
  try {
    return RE2JS.compile(source, bits)
  } catch {
    return null
  }
}

/** Counted repetitions multiply the size of the machine. */
export function writtenOut(text: string): number {
  let size = text.length
  for (const [, low = "0", high] of text.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) size *= Math.max(1, Number(low), Number(high || 0))
  return size
}

/** Blanks outside character classes mean nothing with the flag `x`, not even behind a backslash. */
function withoutBlanks(text: string): string {
  let [depth, made, escaped] = [0, "", false]
  for (const letter of text) {
    if (depth === 0 && /[ \t\n\r]/.test(letter)) continue
    made += letter
    if (escaped) escaped = false
    else if (letter === "\\") escaped = true
    else if (letter === "[") depth++
    else if (letter === "]") depth = Math.max(0, depth - 1)
  }
  return made
}
