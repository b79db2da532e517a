// The search in memory: built once from what is published, asked often. Two passes: a quick one over all texts, a careful one over the best.
import { bareText, tidyText, wordsOf } from "./fold.ts"
import {
  type Answers,
  type IndexedText,
  joined,
  QUERY_WORDS_MAX,
  read,
  type Term,
  WEIGHTS,
  type Where,
} from "./search-reading.ts"
import { Trigrams } from "./trigrams.ts"
import { type Alternative, WordBook } from "./word-book.ts"

/** What can be found: a full service, or a procedure known by name only. */
export interface Searched {
  readonly code: string
  readonly kind: "service" | "index"
  /** Moves a hit up among its equals: 0 for all that is known by name only. */
  readonly standing: number
  readonly texts: readonly { readonly where: Where; readonly text: string }[]
}

/** What of a hit matched: the text and the places in it (from, up to). */
export interface Matched {
  readonly where: Where
  readonly text: string
  readonly ranges: readonly (readonly [number, number])[]
}

export interface SearchHit {
  readonly code: string
  readonly kind: "service" | "index"
  readonly score: number
  readonly matched: Matched
}

export const QUERY_LENGTH_MAX = 120
const CAREFUL_MAX = 60
/** Of the quick count: how finely the best are told from the rest. */
const STEPS = 512
/** Of the query's weight, what a hit must cover. */
const COVERAGE_MIN = 0.45
/** Where the best hit covers less, slips are forgiven in known words too; where even that is poor, letters are compared. */
const FORGIVE_BELOW = 0.75
const COMPARE_LETTERS_BELOW = 0.6
/** Of the best hit's score, what any other must reach. */
const SCORE_SHARE_MIN = 0.55
export class SearchIndex {
  readonly #things: readonly Searched[]
  readonly #texts: readonly (readonly IndexedText[])[]
  readonly #book = new WordBook()
  readonly #trigrams = new Trigrams()
  /** Per word: things and what the word is worth in each (the weight of the best text that has it). */
  readonly #postings: { things: number[]; weights: number[] }[] = []
  readonly #byCode = new Map<string, number>()
  readonly #total: Float32Array
  readonly #best: Float32Array
  readonly #answers: Int32Array

  constructor(things: readonly Searched[]) {
    this.#things = things
    this.#total = new Float32Array(things.length)
    this.#best = new Float32Array(things.length)
    this.#texts = things.map((thing, i) => thing.texts.map(({ where, text }) => this.#enter(i, where, tidyText(text))))
    this.#answers = new Int32Array(this.#book.size)
    for (const text of this.#texts.flat()) this.#share(text)
    things.forEach((thing, i) => void this.#byCode.set(digitsOf(thing.code), i))
  }

  #enter(thing: number, where: Where, text: string): IndexedText {
    const words = wordsOf(text)
    const ids = Uint32Array.from(words, (w) => this.#book.add(w.key))
    const weight = WEIGHTS[where]
    ids.forEach((word, at) => {
      this.#postings[word] ??= { things: [], weights: [] }
      const posting = this.#postings[word]!
      const last = posting.things.length - 1
      if (posting.things[last] !== thing) {
        posting.things.push(thing)
        posting.weights.push(weight)
        this.#book.count(word)
      } else if (posting.weights[last]! < weight) posting.weights[last] = weight
      if (at > 0) this.#book.pair(ids[at - 1]!, word)
    })
    if (where === "name" || where === "keyword") this.#trigrams.add(thing, words.map((w) => w.bare).join(""))
    const places = words.map((w) => [w.start, w.end] as const)
    return { where, text, words: ids, shares: new Float32Array(ids.length), marked: words.map((w) => w.marked), places }
  }

  /** What each word is of a text, the rarer the more; known when all texts have been entered. */
  #share({ words, shares }: IndexedText): void {
    shares.set(Array.from(words, (word) => this.#rarity(this.#book.textsWith(word))))
    const all = shares.reduce((sum, share) => sum + share, 0)
    shares.set(shares.map((share) => share / all))
  }

  #rarity(texts: number): number {
    return Math.log(1 + this.#things.length / (1 + texts))
  }

  /** The hits for what somebody typed, best first; none for a query without letters or digits. */
  search(query: string, limit: number): SearchHit[] {
    const text = tidyText(query.slice(0, QUERY_LENGTH_MAX * 2)).slice(0, QUERY_LENGTH_MAX)
    const byCode = this.#codesLike(text)
    if (byCode.length > 0) return byCode.slice(0, limit)
    const strict = this.#terms(text, false)
    if (strict.length === 0) return []
    let hits = this.#hits(strict)
    if ((hits[0]?.covered ?? 0) < FORGIVE_BELOW) hits = better(hits, this.#hits(this.#terms(text, true)))
    if ((hits[0]?.covered ?? 0) < COMPARE_LETTERS_BELOW) hits = better(hits, this.#alike(text))
    const least = (hits[0]?.score ?? 0) * SCORE_SHARE_MIN
    return hits
      .filter((hit) => hit.score >= least)
      .slice(0, limit)
      .map(({ covered: _, ...hit }) => hit)
  }

  #codesLike(text: string): SearchHit[] {
    const typed = text.trim()
    if (!/^\d[\d.]{2,}$/.test(typed)) return []
    const digits = digitsOf(typed)
    const found: number[] = []
    for (const [code, thing] of this.#byCode)
      if (code === digits || (typed.includes(".") && code.startsWith(digits))) found.push(thing)
    const order = (i: number) => (digitsOf(this.#things[i]!.code) === digits ? 2 : 0) + this.#things[i]!.standing
    return found
      .sort((a, b) => order(b) - order(a))
      .map((i) => {
        const { code, kind } = this.#things[i]!
        return {
          code,
          kind,
          score: 1,
          matched: { where: "code", text: code, ranges: [[0, Math.min(code.length, typed.length)]] },
        }
      })
  }

  /** The query's words, each with the words of the book that may stand for it; `lenient` forgives slips in known words too. */
  #terms(text: string, lenient: boolean): Term[] {
    const typed = wordsOf(text).slice(0, QUERY_WORDS_MAX)
    const terms: Term[] = []
    typed.forEach(({ bare, key, marked }, at) => {
      const exact = this.#book.find(key)
      const pieces = exact === undefined && bare.length >= 5 ? this.#book.cut(bare) : undefined
      if (pieces) for (const word of pieces) terms.push(this.#term("", [{ word, quality: 1 }]))
      else {
        const growing = at === typed.length - 1 && (key.length >= 2 || at > 0)
        terms.push(this.#term(marked, this.#alternatives(key, exact, growing, lenient)))
      }
    })
    const kept = terms.slice(0, QUERY_WORDS_MAX)
    const all = kept.reduce((sum, term) => sum + term.weight, 0)
    for (const term of kept) term.share = term.weight / all
    return kept
  }

  /** `growing`: the last word, which may be the beginning of a longer one. */
  #alternatives(key: string, exact: number | undefined, growing: boolean, lenient: boolean): Alternative[] {
    const own = exact === undefined ? [] : [{ word: exact, quality: 1 }]
    const longer = growing || (exact === undefined && key.length >= 2) ? this.#book.beginningWith(key) : []
    const known = exact !== undefined && key.length > 1
    const slipped = exact === undefined || lenient ? this.#book.near(key) : []
    return [...own, ...discounted(longer, known ? 0.8 : 1), ...discounted(slipped, known ? 0.6 : 1)]
  }

  #term(marked: string, alternatives: readonly Alternative[]): Term {
    const stands = new Map<number, number>()
    let texts = 0
    for (const { word, quality } of alternatives) {
      if ((stands.get(word) ?? 0) >= quality) continue
      stands.set(word, quality)
      if (quality >= 0.7) texts = Math.max(texts, this.#book.textsWith(word))
    }
    return { marked, hasMarks: bareText(marked) !== marked, weight: this.#rarity(texts), share: 0, stands }
  }

  #hits(terms: readonly Term[]): Ranked[] {
    const total = this.#total.fill(0)
    for (const { stands, share } of terms) {
      const best = this.#best.fill(0)
      for (const [word, quality] of stands) {
        const { things, weights } = this.#postings[word]!
        for (let i = 0; i < things.length; i++) {
          const worth = quality * weights[i]! * share
          const thing = things[i]!
          if (worth > best[thing]!) {
            total[thing]! += worth - best[thing]!
            best[thing] = worth
          }
        }
      }
    }
    const answers = this.#answersTo(terms)
    return this.#topOf(total)
      .flatMap((thing) => this.#judge(thing, terms, answers, total[thing]!) ?? [])
      .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
  }

  #answersTo(terms: readonly Term[]): Answers {
    const at = this.#answers.fill(-1)
    const lists: { term: number; quality: number }[][] = []
    terms.forEach(({ stands }, term) => {
      for (const [word, quality] of stands) {
        const list = lists[at[word]!]
        if (list) list.push({ term, quality })
        else at[word] = lists.push([{ term, quality }]) - 1
      }
    })
    return { at, lists }
  }

  /** The things worth a careful look: the best by the quick count, full services a little ahead. */
  #topOf(total: Float32Array): number[] {
    const found: number[] = []
    const steps = new Uint16Array(STEPS + 1)
    const stepOf = (i: number) => Math.min(STEPS, Math.floor((total[i]! + this.#things[i]!.standing) * STEPS * 0.85))
    for (let i = 0; i < total.length; i++) {
      if (total[i]! <= COVERAGE_MIN * 0.5) continue
      found.push(i)
      steps[stepOf(i)]!++
    }
    if (found.length <= CAREFUL_MAX) return found
    let least = STEPS
    for (let many = steps[STEPS]!; least > 0 && many + steps[least - 1]! <= CAREFUL_MAX; many += steps[least]!) least--
    const ahead = found.filter((i) => stepOf(i) >= least)
    const level = found.filter((i) => stepOf(i) === least - 1)
    return [...ahead, ...level].slice(0, CAREFUL_MAX)
  }

  #judge(thing: number, terms: readonly Term[], answers: Answers, spread: number): Ranked | undefined {
    let best: { score: number; covered: number; text: IndexedText; at: readonly number[] } | undefined
    for (const text of this.#texts[thing]!) {
      const seen = read(text, terms, answers)
      if (seen && (!best || seen.score > best.score)) best = { ...seen, text }
    }
    const { code, kind, standing } = this.#things[thing]!
    if (!best || Math.max(best.covered, spread) < COVERAGE_MIN) return undefined
    const { where, text, places } = best.text
    return {
      code,
      kind,
      score: 0.7 * best.score + 0.3 * spread + standing,
      covered: Math.max(best.covered, spread),
      matched: { where, text, ranges: joined(best.at.map((i) => places[i]!)) },
    }
  }

  #alike(text: string): Ranked[] {
    const query = wordsOf(text)
      .map((w) => w.bare)
      .join("")
    const found = [...this.#trigrams.like(query)].map(([thing, share]) => {
      const { code, kind, standing } = this.#things[thing]!
      const name = this.#texts[thing]!.find((t) => t.where === "name")!
      const matched = { where: name.where, text: name.text, ranges: [] }
      return { code, kind, score: share * 0.7 + standing, covered: share, matched }
    })
    return found.sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1)).slice(0, CAREFUL_MAX)
  }
}

const discounted = (alternatives: readonly Alternative[], by: number): Alternative[] =>
  alternatives.map(({ word, quality }) => ({ word, quality: quality * by }))

type Ranked = SearchHit & { readonly covered: number }

const digitsOf = (code: string) => code.replaceAll(".", "")

/** Of two answers the one whose best hit covers more; the other's further hits follow. */
function better(first: readonly Ranked[], second: readonly Ranked[]): Ranked[] {
  const [ahead, behind] = (second[0]?.covered ?? 0) > (first[0]?.covered ?? 0) + 0.05 ? [second, first] : [first, second]
  const codes = new Set(ahead.map((hit) => hit.code))
  return [...ahead, ...behind.filter((hit) => !codes.has(hit.code))]
}
