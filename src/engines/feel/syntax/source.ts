// A text under the reader's finger: blanks and comments passed over, marks and words taken one by one.
import { FeelError } from "../feel-error.ts"

/** How names begin and go on (DMN 1.5, 10.3.1.2, rules 28 and 29). */
const start =
  "?A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}"
const later = `${start}0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040`
const identifier = new RegExp(`[${start}][${later}]*`, "uy")
/** A word of a name after its first: it may begin with a digit, or be a mark. */
const laterWord = new RegExp(`[${later}]+|\\*\\*|[./\\-'+*^]`, "uy")
const blanks = /(?:[\s\u0085\u200B]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
const number = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y
const string = /"(?:[^"\\]|\\[\s\S])*"/y

/** Characters told of what can't be read. */
const TOLD_MAX = 40

/** A word with the places where it begins and ends. */
export interface Word {
  readonly text: string
  readonly from: number
  readonly to: number
}

export class Source {
  at = 0
  /** Where the last taken mark or word ends. */
  end = 0
  constructor(readonly text: string) {
    this.goTo(0)
  }

  /** Goes on behind what has been taken up to `end`. */
  goTo(end: number): void {
    this.end = end
    this.at = this.blanksFrom(end)
  }

  /** Goes back to a place where it has been: nothing was taken. */
  back(end: number, at: number): void {
    this.end = end
    this.at = at
  }

  private blanksFrom(at: number): number {
    blanks.lastIndex = at
    blanks.test(this.text)
    return blanks.lastIndex
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  is(mark: string): boolean {
    return this.text.startsWith(mark, this.at)
  }

  take(mark: string): boolean {
    if (!this.is(mark)) return false
    this.goTo(this.at + mark.length)
    return true
  }

  /** The word that begins here; empty where none does. */
  word(): string {
    return this.match(identifier, this.at) ?? ""
  }

  isWord(word: string): boolean {
    return this.is(word) && this.word() === word
  }

  takeWord(word: string): boolean {
    return this.isWord(word) && this.take(word)
  }

  takeNumber(): string | undefined {
    return this.taken(number)
  }

  /** What stands between quotation marks, its escapes untouched. */
  takeString(): string | undefined {
    return this.taken(string)?.slice(1, -1)
  }

  /** What the pattern takes from here on. */
  taken(pattern: RegExp): string | undefined {
    const text = this.match(pattern, this.at)
    if (text !== undefined) this.goTo(this.at + text.length)
    return text
  }

  /** The next word of a name: the first must be an identifier, others may be marks such as `-`. */
  nameWord(at: number, first: boolean): Word | undefined {
    const from = first ? at : this.blanksFrom(at)
    const text = this.match(first ? identifier : laterWord, from)
    return text === undefined ? undefined : { text, from, to: from + text.length }
  }

  private match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at
    return pattern.exec(this.text)?.[0]
  }

  /** The text of a place, its blanks as one. */
  words(from: number, to: number): string {
    const text = this.text.slice(from, to)
    return /^\S*$/.test(text) ? text : text.replace(/\s+/g, " ").trim()
  }

  takeOne(marks: readonly string[]): string | undefined {
    return marks.find((mark) => this.take(mark))
  }

  need(mark: string): void {
    if (!this.take(mark)) this.fail()
  }

  needWord(word: string): void {
    if (!this.takeWord(word)) this.fail()
  }

  /** Throws FeelError `syntax` at what stands here. */
  fail(from = this.at): never {
    const word = this.nameWord(from, true)?.to ?? from + 1
    const to = Math.min(this.text.length, Math.max(word, from + 1))
    throw new FeelError("syntax", from, Math.max(to, from), this.text.slice(from, to).slice(0, TOLD_MAX))
  }
}
