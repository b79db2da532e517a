// Patterns that look back at what a group has taken: tried one way after the other, each step paid from the evaluation's budget.
import type { Run } from "../evaluate/run.ts"
import type { CharacterSet, PatternNode, PatternTree, Span } from "./pattern-tree.ts"

export interface Flags {
  readonly ignoreCase: boolean
  readonly dotAll: boolean
  readonly multiline: boolean
}

export interface Match {
  readonly start: number
  readonly end: number
  /** By number from 1; undefined where a group took no part. */
  readonly groups: readonly (string | undefined)[]
}

interface State {
  readonly text: string
  readonly run: Run
  readonly groups: (string | undefined)[]
}

/** Tries from a place; `then` goes on behind it. The end of the match, or -1. */
type Way = (state: State, at: number, then: (at: number) => number) => number

const same = (a: string, b: string, { ignoreCase }: Flags): boolean =>
  ignoreCase ? a.toLowerCase() === b.toLowerCase() : a === b

const spanText = (span: Span): string =>
  "category" in span
    ? `\\${span.negated ? "P" : "p"}{${span.category}}`
    : `\\u{${span.from.toString(16)}}-\\u{${span.to.toString(16)}}`

/** Whether a letter is in a set: one letter at a time, so that nothing can run away. */
function setTest({ negated, spans, minus }: CharacterSet, flags: Flags): (letter: string) => boolean {
  const own = new RegExp(`^[${negated ? "^" : ""}${spans.map(spanText).join("")}]$`, flags.ignoreCase ? "iu" : "u")
  const without = minus && setTest(minus, flags)
  return (letter) => own.test(letter) && !without?.(letter)
}

const letterAt = (text: string, at: number): string => (at < text.length ? String.fromCodePoint(text.codePointAt(at)!) : "")

function letterWay(test: (letter: string) => boolean): Way {
  return ({ text, run }, at, then) => {
    run.tick(1)
    const letter = letterAt(text, at)
    return letter !== "" && test(letter) ? then(at + letter.length) : -1
  }
}

function wayOf(node: PatternNode, flags: Flags): Way {
  switch (node.kind) {
    case "set":
      return letterWay(setTest(node, flags))
    case "any":
      return letterWay((letter) => flags.dotAll || (letter !== "\n" && letter !== "\r"))
    case "start":
      return ({ text }, at, then) => (at === 0 || (flags.multiline && text[at - 1] === "\n") ? then(at) : -1)
    case "end":
      return ({ text }, at, then) => (at === text.length || (flags.multiline && text[at] === "\n") ? then(at) : -1)
    case "group":
      return groupWay(node.index, wayOf(node.of, flags))
    case "reference":
      return ({ text, groups, run }, at, then) => {
        const taken = groups[node.index] ?? ""
        run.tick(1 + taken.length)
        return same(text.slice(at, at + taken.length), taken, flags) ? then(at + taken.length) : -1
      }
    case "sequence": {
      const ways = node.of.map((part) => wayOf(part, flags))
      return (state, at, then) => {
        const from = (index: number, place: number): number =>
          index === ways.length ? then(place) : ways[index]!(state, place, (next) => from(index + 1, next))
        return from(0, at)
      }
    }
    case "choice": {
      const ways = node.of.map((part) => wayOf(part, flags))
      return (state, at, then) => {
        for (const way of ways) {
          const end = way(state, at, then)
          if (end >= 0) return end
        }
        return -1
      }
    }
    case "repeat":
      return repeatWay(node, wayOf(node.of, flags))
  }
}

function groupWay(index: number | null, inner: Way): Way {
  if (index === null) return inner
  return (state, at, then) => {
    const before = state.groups[index]
    const end = inner(state, at, (next) => {
      const was = state.groups[index]
      state.groups[index] = state.text.slice(at, next)
      const found = then(next)
      if (found < 0) state.groups[index] = was
      return found
    })
    if (end < 0) state.groups[index] = before
    return end
  }
}

function repeatWay({ min, max, lazy }: Extract<PatternNode, { kind: "repeat" }>, inner: Way): Way {
  return (state, at, then) => {
    const round = (count: number, place: number): number => {
      state.run.tick(1)
      const more = () =>
        count < max ? inner(state, place, (next) => (next === place && count >= min ? -1 : round(count + 1, next))) : -1
      if (count < min) return more()
      const [first, second] = lazy ? [() => then(place), more] : [more, () => then(place)]
      const end = first()
      return end >= 0 ? end : second()
    }
    return round(0, at)
  }
}

/** Finds the matches of a pattern one after the other. Throws FeelError `too-many-steps` beyond the budget. */
export function lookingBack({ root, groups }: PatternTree, flags: Flags): (text: string, run: Run) => Generator<Match> {
  const way = wayOf(root, flags)
  return function* (text, run) {
    for (let at = 0; at <= text.length; at++) {
      const state: State = { text, run, groups: new Array(groups + 1).fill(undefined) }
      const end = way(state, at, (place) => place)
      if (end < 0) continue
      yield { start: at, end, groups: state.groups }
      at = Math.max(at, end - 1)
    }
  }
}
