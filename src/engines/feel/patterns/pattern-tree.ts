// Regular expressions of XPath (XQuery and XPath Functions 3.1, 5.6) as a tree; what that grammar doesn't know is no pattern.
import { PATTERN_COUNT_MAX, PATTERN_DEPTH_MAX } from "../limits.ts"

/** Code points from one to another, or a category of Unicode: `{ category: "L", negated: false }`. */
export type Span = { readonly from: number; readonly to: number } | { readonly category: string; readonly negated: boolean }

export interface CharacterSet {
  readonly kind: "set"
  readonly negated: boolean
  readonly spans: readonly Span[]
  /** `[a-z-[aeiou]]`: without these. */
  readonly minus: CharacterSet | null
}

export type PatternNode =
  | CharacterSet
  | { readonly kind: "any" | "start" | "end" }
  | { readonly kind: "group"; readonly index: number | null; readonly of: PatternNode }
  | { readonly kind: "reference"; readonly index: number }
  | { readonly kind: "sequence" | "choice"; readonly of: readonly PatternNode[] }
  | { readonly kind: "repeat"; readonly of: PatternNode; readonly min: number; readonly max: number; readonly lazy: boolean }

export interface PatternTree {
  readonly root: PatternNode
  readonly groups: number
  /** Whether it looks back at what a group has taken, or takes sets from sets: RE2 can do neither. */
  readonly looksBack: boolean
}

const LAST = 0x10ffff
const one = (letter: string): Span => ({ from: letter.codePointAt(0)!, to: letter.codePointAt(0)! })
const spans = (...pairs: readonly (readonly [number, number])[]): Span[] => pairs.map(([from, to]) => ({ from, to }))
const categories = (negated: boolean, ...names: readonly string[]): Span[] => names.map((category) => ({ category, negated }))
const nameStart = [...categories(false, "L"), ...[..."_:"].map(one)]
const nameRest = [...nameStart, ...categories(false, "M", "N"), ...[...".-\u00b7"].map(one)]

interface Escape {
  readonly spans: readonly Span[]
  readonly negated: boolean
}

const blanks = spans([9, 10], [13, 13], [32, 32])
/** What a backslash before a letter stands for; as spans of its own where it can stand inside a set too. */
const escapes: Readonly<Record<string, Escape>> = {
  d: { spans: categories(false, "Nd"), negated: false },
  D: { spans: categories(true, "Nd"), negated: false },
  w: { spans: categories(false, "L", "M", "N", "S"), negated: false },
  W: { spans: categories(false, "P", "Z", "C"), negated: false },
  s: { spans: blanks, negated: false },
  S: { spans: spans([0, 8], [11, 12], [14, 31], [33, LAST]), negated: false },
  i: { spans: nameStart, negated: false },
  I: { spans: nameStart, negated: true },
  c: { spans: nameRest, negated: false },
  C: { spans: nameRest, negated: true },
  n: { spans: [one("\n")], negated: false },
  r: { spans: [one("\r")], negated: false },
  t: { spans: [one("\t")], negated: false },
}

/** Blocks of Unicode by the names that XML Schema gives them. */
const blocks: Readonly<Record<string, readonly [number, number]>> = {
  BasicLatin: [0, 0x7f],
  "Latin-1Supplement": [0x80, 0xff],
  "LatinExtended-A": [0x100, 0x17f],
  "LatinExtended-B": [0x180, 0x24f],
  LatinExtendedAdditional: [0x1e00, 0x1eff],
  CombiningDiacriticalMarks: [0x300, 0x36f],
  Greek: [0x370, 0x3ff],
  Cyrillic: [0x400, 0x4ff],
  Armenian: [0x530, 0x58f],
  Hebrew: [0x590, 0x5ff],
  Arabic: [0x600, 0x6ff],
  Devanagari: [0x900, 0x97f],
  Thai: [0xe00, 0xe7f],
  Lao: [0xe80, 0xeff],
  Georgian: [0x10a0, 0x10ff],
  Khmer: [0x1780, 0x17ff],
  GeneralPunctuation: [0x2000, 0x206f],
  CurrencySymbols: [0x20a0, 0x20cf],
  Arrows: [0x2190, 0x21ff],
  MathematicalOperators: [0x2200, 0x22ff],
  Hiragana: [0x3040, 0x309f],
  Katakana: [0x30a0, 0x30ff],
  CJKUnifiedIdeographs: [0x4e00, 0x9fff],
  HangulSyllables: [0xac00, 0xd7a3],
}

const categoryName = /^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)$/

/** Thrown where the text is no pattern. */
class NoPattern extends Error {}

/** The tree of a pattern; null where it is none. */
export function patternTree(text: string): PatternTree | null {
  try {
    return new Reader([...text]).whole()
  } catch (error) {
    if (error instanceof NoPattern) return null
    throw error
  }
}

class Reader {
  private at = 0
  private groups = 0
  private depth = 0
  private readonly closed = new Set<number>()
  private looksBack = false
  constructor(private readonly letters: readonly string[]) {}

  whole(): PatternTree {
    const root = this.choice()
    if (this.at < this.letters.length) throw new NoPattern()
    return { root, groups: this.groups, looksBack: this.looksBack }
  }

  private peek = (): string | undefined => this.letters[this.at]
  private next(): string {
    const letter = this.letters[this.at++]
    if (letter === undefined) throw new NoPattern()
    return letter
  }
  private takes(letter: string): boolean {
    if (this.peek() !== letter) return false
    this.at++
    return true
  }

  private choice(): PatternNode {
    if (++this.depth > PATTERN_DEPTH_MAX) throw new NoPattern()
    const of = [this.sequence()]
    while (this.takes("|")) of.push(this.sequence())
    this.depth--
    return of.length === 1 ? of[0]! : { kind: "choice", of }
  }

  private sequence(): PatternNode {
    const of: PatternNode[] = []
    for (let letter = this.peek(); letter !== undefined && letter !== "|" && letter !== ")"; letter = this.peek())
      of.push(this.repeated(this.atom()))
    return { kind: "sequence", of }
  }

  private atom(): PatternNode {
    const letter = this.next()
    if (letter === "(") return this.group()
    if (letter === "[") return this.set()
    if (letter === "\\") return this.escaped()
    if (letter === ".") return { kind: "any" }
    if (letter === "^") return { kind: "start" }
    if (letter === "$") return { kind: "end" }
    if ("*+?{}]".includes(letter)) throw new NoPattern()
    return { kind: "set", negated: false, spans: [one(letter)], minus: null }
  }

  private group(): PatternNode {
    if (this.takes("?")) {
      if (!this.takes(":")) throw new NoPattern()
      const of = this.choice()
      if (!this.takes(")")) throw new NoPattern()
      return { kind: "group", index: null, of }
    }
    const index = ++this.groups
    const of = this.choice()
    if (!this.takes(")")) throw new NoPattern()
    this.closed.add(index)
    return { kind: "group", index, of }
  }

  private escaped(): PatternNode {
    if (/\d/.test(this.peek() ?? "")) return this.reference()
    const { spans: found, negated } = this.escape()
    return { kind: "set", negated, spans: found, minus: null }
  }

  /** As many digits as name a group that is closed. */
  private reference(): PatternNode {
    let index = Number(this.next())
    while (/\d/.test(this.peek() ?? "") && this.closed.has(index * 10 + Number(this.peek())))
      index = index * 10 + Number(this.next())
    if (!this.closed.has(index)) throw new NoPattern()
    this.looksBack = true
    return { kind: "reference", index }
  }

  private escape(): Escape {
    const letter = this.next()
    if (letter === "p" || letter === "P") return this.category(letter === "P")
    if (Object.hasOwn(escapes, letter)) return escapes[letter]!
    if ("\\|.?*+(){}-[]^$".includes(letter)) return { spans: [one(letter)], negated: false }
    throw new NoPattern()
  }

  private category(negated: boolean): Escape {
    let name = ""
    if (!this.takes("{")) throw new NoPattern()
    while (!this.takes("}")) name += this.next()
    if (categoryName.test(name)) return { spans: categories(negated, name), negated: false }
    const block = name.startsWith("Is") && Object.hasOwn(blocks, name.slice(2)) ? blocks[name.slice(2)] : undefined
    if (!block) throw new NoPattern()
    if (!negated) return { spans: spans(block), negated: false }
    return { spans: spans(...(block[0] > 0 ? [[0, block[0] - 1] as const] : []), [block[1] + 1, LAST]), negated: false }
  }

  /** What stands in `[…]`, its bracket taken already. */
  private set(): CharacterSet {
    const negated = this.takes("^")
    const found: Span[] = []
    let minus: CharacterSet | null = null
    for (;;) {
      const first = this.next()
      if (first === "]") break
      if (first === "[") throw new NoPattern()
      if (first === "-" && this.peek() === "[" && found.length > 0) {
        this.at++
        minus = this.set()
        this.looksBack = true
        if (!this.takes("]")) throw new NoPattern()
        break
      }
      found.push(...this.span(first))
    }
    if (found.length === 0) throw new NoPattern()
    return { kind: "set", negated, spans: found, minus }
  }

  private span(first: string): readonly Span[] {
    const low = first === "\\" ? this.escape() : { spans: [one(first)], negated: false }
    if (low.negated) throw new NoPattern()
    const [from] = low.spans
    const isRange = this.peek() === "-" && !["]", "["].includes(this.letters[this.at + 1] ?? "]")
    if (!isRange || low.spans.length !== 1 || !from || "category" in from) return low.spans
    this.at++
    const last = this.next()
    if (last === "[") throw new NoPattern()
    const [to] = last === "\\" ? this.escape().spans : [one(last)]
    if (!to || "category" in to || to.from !== to.to || to.from < from.from) throw new NoPattern()
    return [{ from: from.from, to: to.to }]
  }

  private repeated(of: PatternNode): PatternNode {
    const [min, max] = this.times() ?? []
    if (min === undefined || max === undefined) return of
    const lazy = this.takes("?")
    if (["*", "+", "?", "{"].includes(this.peek() ?? "")) throw new NoPattern()
    return { kind: "repeat", of, min, max, lazy }
  }

  private times(): readonly [number, number] | undefined {
    if (this.takes("*")) return [0, Number.POSITIVE_INFINITY]
    if (this.takes("+")) return [1, Number.POSITIVE_INFINITY]
    if (this.takes("?")) return [0, 1]
    if (!this.takes("{")) return undefined
    let text = ""
    while (!this.takes("}")) text += this.next()
    const found = /^(\d{1,4})(,(\d{0,4}))?$/.exec(text)
    if (!found) throw new NoPattern()
    const min = Number(found[1])
    const max = found[2] === undefined ? min : found[3] === "" ? Number.POSITIVE_INFINITY : Number(found[3])
    if (max < min || min > PATTERN_COUNT_MAX || (max !== Number.POSITIVE_INFINITY && max > PATTERN_COUNT_MAX))
      throw new NoPattern()
    return [min, max]
  }
}
