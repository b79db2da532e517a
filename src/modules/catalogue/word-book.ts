// All words of the searched texts: exact, by their beginning, with slips, and cut apart where somebody forgot the spaces.
import { slips, slipsAllowed } from "./distance.ts"
import { keyOf } from "./fold.ts"
import { Chains } from "./numbers.ts"

/** A word of the book that stands for a word of the query; 1 is the word itself. */
export interface Alternative {
  readonly word: number
  readonly quality: number
}

const PREFIXES_MAX = 40
const SLIP_ALTERNATIVES_MAX = 24
const PIECES_MAX = 8

export class WordBook {
  readonly #ids = new Map<string, number>()
  readonly #words: string[] = []
  /** How many texts hold each word. */
  readonly #counts: number[] = []
  readonly #byLength: number[][] = []
  /** Of each word, those that follow it somewhere. */
  readonly #followers = new Chains()
  #sorted: readonly number[] | undefined

  /** The number of a word, new if need be. */
  add(key: string): number {
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = this.#words.push(key) - 1
    this.#ids.set(key, id)
    this.#counts.push(0)
    const peers = this.#byLength[key.length]
    if (peers) peers.push(id)
    else this.#byLength[key.length] = [id]
    this.#sorted = undefined
    return id
  }

  /** Says that one more text holds the word. */
  count(word: number): void {
    this.#counts[word]!++
  }

  /** Says that two words stand side by side somewhere. */
  pair(left: number, right: number): void {
    if (!this.#follows(left, right)) this.#followers.add(left, right)
  }

  #follows(left: number, right: number): boolean {
    let link = this.#followers.first(left)
    while (link !== 0 && this.#followers.value(link) !== right) link = this.#followers.next(link)
    return link !== 0
  }

  get size(): number {
    return this.#words.length
  }

  textsWith(word: number): number {
    return this.#counts[word]!
  }

  find(key: string): number | undefined {
    return this.#ids.get(key)
  }

  /** Words that begin with `prefix`, the most used first; the longer they are, the less they are worth. */
  beginningWith(prefix: string): Alternative[] {
    this.#sorted ??= this.#words.map((_, id) => id).sort((a, b) => (this.#words[a]! < this.#words[b]! ? -1 : 1))
    let low = 0
    let high = this.#sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#words[this.#sorted[middle]!]! < prefix) low = middle + 1
      else high = middle
    }
    const found: number[] = []
    for (let i = low; i < this.#sorted.length && this.#words[this.#sorted[i]!]!.startsWith(prefix); i++) {
      if (this.#words[this.#sorted[i]!]! !== prefix) found.push(this.#sorted[i]!)
    }
    found.sort((a, b) => this.#counts[b]! - this.#counts[a]!)
    return found
      .slice(0, PREFIXES_MAX)
      .map((word) => ({ word, quality: 0.55 + (0.4 * prefix.length) / this.#words[word]!.length }))
  }

  /** Words within the slips that a word of this length is forgiven, the nearest and most used first. */
  near(key: string): Alternative[] {
    const allowed = slipsAllowed(key)
    if (allowed === 0) return []
    const found: (Alternative & { count: number })[] = []
    for (let length = key.length - allowed; length <= key.length + allowed; length++) {
      for (const word of this.#byLength[length] ?? []) {
        const far = slips(key, this.#words[word]!, allowed)
        if (far === 0 || far > allowed) continue
        const sameStart = this.#words[word]!.charCodeAt(0) === key.charCodeAt(0) ? 0.05 : 0
        found.push({ word, quality: (far === 1 ? 0.75 : 0.5) + sameStart, count: this.#counts[word]! })
      }
    }
    return found.sort((a, b) => b.quality - a.quality || b.count - a.count).slice(0, SLIP_ALTERNATIVES_MAX)
  }

  /**
   * The known words that an unknown one is made of (`khaisinh`: khai, sinh): the cut with the fewest strange neighbours, then the fewest
   * pieces. Undefined when there is none, or when no two of its pieces ever stand side by side.
   */
  cut(joined: string): readonly number[] | undefined {
    interface Cut {
      readonly words: readonly number[]
      readonly strange: number
    }
    const best: (Cut | undefined)[] = [{ words: [], strange: 0 }]
    for (let end = 1; end <= joined.length; end++) {
      for (let start = Math.max(0, end - 9); start <= end - 2; start++) {
        const left = best[start]
        const word = left && this.#ids.get(keyOf(joined.slice(start, end)))
        if (left === undefined || word === undefined || left.words.length === PIECES_MAX) continue
        const last = left.words.at(-1)
        const strange = left.strange + (last === undefined || this.#follows(last, word) ? 0 : 1)
        const here = best[end]
        if (!here || strange < here.strange || (strange === here.strange && left.words.length + 1 < here.words.length))
          best[end] = { words: [...left.words, word], strange }
      }
    }
    const whole = best[joined.length]
    return whole && whole.words.length >= 2 && whole.strange < whole.words.length - 1 ? whole.words : undefined
  }
}
