// Texts made by filling a pattern: neighbours of one pattern are kept by their values, and what is the same as before is not said again.

/** `pattern[0] + values[0] + pattern[1] + …`: the pattern has one part more than there are values. */
export interface Filled {
  readonly text: string
  readonly pattern: readonly string[]
  readonly values: readonly string[]
}

/** Fills a pattern. */
export function fill(pattern: readonly string[], values: readonly string[]): Filled {
  return { text: filled(pattern, values), pattern, values }
}

function filled(pattern: readonly string[], values: readonly string[]): string {
  let text = pattern[0]!
  for (let i = 0; i < values.length; i++) text += values[i]! + pattern[i + 1]!
  return text
}

/** A text, or the number of its pattern and its values, with 0 for one that is the same as in the last text of that pattern. */
export type Kept = string | readonly [pattern: number, ...values: (string | 0)[]]

interface Known {
  readonly number: number
  last: readonly string[]
}

/** Says texts one after the other; `TextReader` reads them in the same order. */
export class TextWriter {
  readonly patterns: (readonly string[])[] = []
  private readonly known = new Map<readonly string[], Known>()

  write(text: string, filled: Filled | undefined): Kept {
    if (!filled) return text
    const { pattern, values } = filled
    let known = this.known.get(pattern)
    if (!known) {
      known = { number: this.patterns.push(pattern) - 1, last: [] }
      this.known.set(pattern, known)
    }
    const { number, last } = known
    known.last = values
    return [number, ...values.map((value, i) => (value === last[i] ? 0 : value))]
  }
}

export class TextReader {
  private readonly last: (readonly string[])[]

  constructor(private readonly patterns: readonly (readonly string[])[]) {
    this.last = patterns.map(() => [])
  }

  /** Throws a RangeError for what no writer has said. */
  read(kept: Kept): string {
    if (typeof kept === "string") return kept
    const [number, ...said] = kept
    const [pattern, last] = [this.patterns[number], this.last[number]]
    if (!pattern || !last || said.length !== pattern.length - 1) throw new RangeError("no such pattern")
    const values = said.map((value, i) => (value === 0 ? last[i] : value))
    if (values.includes(undefined)) throw new RangeError("nothing was said before")
    this.last[number] = values as string[]
    return filled(pattern, values as string[])
  }
}
