// The search in memory: filled from what is published, asked often. Two passes: a quick one over all texts, a careful one over the best.
import { bareText, tidyText, wordsOf } from "./fold.ts"
import { LaidTexts } from "./laid-texts.ts"
import { Chains, Numbers } from "./numbers.ts"
import {
  type Answers,
  joined,
  type Lexicon,
  QUERY_WORDS_MAX,
  read,
  type Term,
  WEIGHTS,
  type Where,
  wheres,
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
/** Of a posting, which is one number: the lowest bits say where the word stands. */
const WHERE_BITS = 3

/** What is kept of a thing beside its texts. */
type Thing = Pick<Searched, "code" | "kind" | "standing">

export class SearchIndex implements Lexicon {
  readonly #things: Thing[] = []
  /** The texts of a thing begin where those of the one before end. */
  readonly #textEnds = new Numbers([0])
  readonly #book = new WordBook()
  readonly #texts = new LaidTexts(this.#book)
  readonly #trigrams = new Trigrams()
  /** Per word: things, each with the weightiest place that the word has in it. */
  readonly #postings = new Chains()
  // Used again by every search, and made anew when something was added.
  #total = new Float32Array(0)
  #best = new Float32Array(0)
  #answers = new Int32Array(0)
  #rarities = new Float32Array(0)

  constructor(things: Iterable<Searched> = []) {
    for (const thing of things) this.add(thing)
  }

  get size(): number {
    return this.#things.length
  }

  /** Adds a thing with its texts, of which it makes copies; gives its number. */
  add({ code, kind, standing, texts }: Searched): number {
    const thing = this.#things.push({ code, kind, standing }) - 1
    for (const { where, text } of texts) this.#enter(thing, where, tidyText(text))
    this.#textEnds.push(this.#texts.count)
    return thing
  }

  #enter(thing: number, where: Where, text: string): void {
    const words = this.#texts.add(where, text)
    const posting = (thing << WHERE_BITS) | wheres.indexOf(where)
    words.forEach((word, at) => {
      const link = this.#postings.first(word)
      if (link === 0 || thingOf(this.#postings.value(link)) !== thing) {
        this.#postings.add(word, posting)
        this.#book.count(word)
      } else if (weightOf(this.#postings.value(link)) < WEIGHTS[where]) this.#postings.change(link, posting)
      if (at > 0) this.#book.pair(words[at - 1]!, word)
    })
    if (where === "name" || where === "keyword") this.#trigrams.add(thing, this.#texts.joinedOf(this.#texts.count - 1))
  }

  /** Makes room for what has been added since the last search. */
  #settle(): void {
    const { size } = this
    if (this.#total.length === size) return
    this.#total = new Float32Array(size)
    this.#best = new Float32Array(size)
    this.#answers = new Int32Array(this.#book.size)
    this.#rarities = Float32Array.from({ length: this.#book.size }, (_, word) => this.#rarity(this.#book.textsWith(word)))
  }

  #rarity(things: number): number {
    return Math.log(1 + this.size / (1 + things))
  }

  wordOf(way: number): number {
    return this.#texts.wordOf(way)
  }

  /** The fewer things have a word, the more it says. */
  rarityOf(word: number): number {
    return this.#rarities[word]!
  }

  /**
   * The hits for what somebody typed, best first; none for a query without letters or digits. `among`: of each thing, by its number, whether
   * it is looked for; all are when it is left out.
   */
  search(query: string, limit: number, among?: Uint8Array): SearchHit[] {
    this.#settle()
    const isSought = (thing: number) => !among || among[thing] === 1
    const text = tidyText(query.slice(0, QUERY_LENGTH_MAX * 2)).slice(0, QUERY_LENGTH_MAX)
    const byCode = this.#codesLike(text, isSought)
    if (byCode.length > 0) return byCode.slice(0, limit)
    const strict = this.#terms(text, false)
    if (strict.length === 0) return []
    let hits = this.#hits(strict, isSought)
    if ((hits[0]?.covered ?? 0) < FORGIVE_BELOW) hits = better(hits, this.#hits(this.#terms(text, true), isSought))
    if ((hits[0]?.covered ?? 0) < COMPARE_LETTERS_BELOW) hits = better(hits, this.#alike(text, isSought))
    const least = (hits[0]?.score ?? 0) * SCORE_SHARE_MIN
    return hits
      .filter((hit) => hit.score >= least)
      .slice(0, limit)
      .map(({ covered: _, ...hit }) => hit)
  }

  #codesLike(text: string, isSought: Sought): SearchHit[] {
    const typed = text.trim()
    if (!/^\d[\d.]{2,}$/.test(typed)) return []
    const digits = digitsOf(typed)
    const found: number[] = []
    this.#things.forEach(({ code }, thing) => {
      const own = digitsOf(code)
      const isLike = own === digits || (typed.includes(".") && own.startsWith(digits))
      if (isLike && isSought(thing)) found.push(thing)
    })
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
    return {
      way: this.#texts.wayOf(marked),
      hasMarks: bareText(marked) !== marked,
      weight: this.#rarity(texts),
      share: 0,
      stands,
    }
  }

  #hits(terms: readonly Term[], isSought: Sought): Ranked[] {
    const total = this.#total.fill(0)
    for (const { stands, share } of terms) {
      const best = this.#best.fill(0)
      for (const [word, quality] of stands) {
        for (let link = this.#postings.first(word); link !== 0; link = this.#postings.next(link)) {
          const posting = this.#postings.value(link)
          const thing = thingOf(posting)
          const worth = quality * weightOf(posting) * share
          if (worth > best[thing]!) {
            total[thing]! += worth - best[thing]!
            best[thing] = worth
          }
        }
      }
    }
    const answers = this.#answersTo(terms)
    return this.#topOf(total, isSought)
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
  #topOf(total: Float32Array, isSought: Sought): number[] {
    const found: number[] = []
    const steps = new Uint16Array(STEPS + 1)
    const stepOf = (i: number) => Math.min(STEPS, Math.floor((total[i]! + this.#things[i]!.standing) * STEPS * 0.85))
    for (let i = 0; i < total.length; i++) {
      if (total[i]! <= COVERAGE_MIN * 0.5 || !isSought(i)) continue
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
    let best: { score: number; covered: number; text: number; at: readonly number[] } | undefined
    for (let text = this.#textEnds.at(thing); text < this.#textEnds.at(thing + 1); text++) {
      const seen = read(this.#texts.whereOf(text), this.#texts.waysOf(text), terms, answers, this)
      if (seen && (!best || seen.score > best.score)) best = { ...seen, text }
    }
    const { code, kind, standing } = this.#things[thing]!
    if (!best || Math.max(best.covered, spread) < COVERAGE_MIN) return undefined
    return {
      code,
      kind,
      score: 0.7 * best.score + 0.3 * spread + standing,
      covered: Math.max(best.covered, spread),
      matched: this.#matched(best.text, best.at),
    }
  }

  #matched(number: number, at: readonly number[]): Matched {
    const text = this.#texts.textOf(number)
    const places = wordsOf(text).map(({ start, end }) => [start, end] as const)
    return { where: this.#texts.whereOf(number), text, ranges: joined(at.map((i) => places[i]!)) }
  }

  #alike(text: string, isSought: Sought): Ranked[] {
    const query = wordsOf(text)
      .map((w) => w.bare)
      .join("")
    const alike = [...this.#trigrams.like(query)].filter(([thing]) => isSought(thing))
    const found = alike.map(([thing, share]) => {
      const { code, kind, standing } = this.#things[thing]!
      return { code, kind, score: share * 0.7 + standing, covered: share, thing }
    })
    return found
      .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
      .slice(0, CAREFUL_MAX)
      .map(({ thing, ...hit }) => ({ ...hit, matched: this.#matched(this.#nameOf(thing), []) }))
  }

  #nameOf(thing: number): number {
    let text = this.#textEnds.at(thing)
    while (this.#texts.whereOf(text) !== "name") text++
    return text
  }
}

const discounted = (alternatives: readonly Alternative[], by: number): Alternative[] =>
  alternatives.map(({ word, quality }) => ({ word, quality: quality * by }))

/** Whether a thing is looked for. */
type Sought = (thing: number) => boolean

const thingOf = (posting: number): number => posting >>> WHERE_BITS
const weightOf = (posting: number): number => WEIGHTS[wheres[posting & ((1 << WHERE_BITS) - 1)]!]

type Ranked = SearchHit & { readonly covered: number }

const digitsOf = (code: string) => code.replaceAll(".", "")

/** Of two answers the one whose best hit covers more; the other's further hits follow. */
function better(first: readonly Ranked[], second: readonly Ranked[]): Ranked[] {
  const [ahead, behind] = (second[0]?.covered ?? 0) > (first[0]?.covered ?? 0) + 0.05 ? [second, first] : [first, second]
  const codes = new Set(ahead.map((hit) => hit.code))
  return [...ahead, ...behind.filter((hit) => !codes.has(hit.code))]
}
