// The careful reading of one text: which of the query's words it answers, where, and how well.

/** Where a hit was found, in the order of its weight. */
export type Where = "code" | "name" | "keyword" | "result" | "life-event" | "paper" | "field"

export const QUERY_WORDS_MAX = 12

/** What a place is worth. */
export const WEIGHTS: Readonly<Record<Where, number>> = {
  code: 1,
  name: 1,
  keyword: 0.95,
  result: 0.65,
  "life-event": 0.6,
  paper: 0.5,
  field: 0.5,
}

export const wheres = Object.keys(WEIGHTS) as Where[]

/** What the reading asks of the texts: which word a way of writing is, and how rare the word is. */
export interface Lexicon {
  wordOf(way: number): number
  rarityOf(word: number): number
}

/** A word of the query. */
export interface Term {
  /** The way in which it was typed; none when nothing is written so. */
  readonly way: number | undefined
  readonly hasMarks: boolean
  /** The rarer, the weightier. */
  readonly weight: number
  /** Its part of the weight of the whole query. */
  share: number
  /** Words of the book that stand for it, with what they are worth. */
  readonly stands: ReadonlyMap<number, number>
}

/** Which terms each word of the book answers, and how well: a list per word, -1 for none. */
export interface Answers {
  readonly at: Int32Array
  readonly lists: (readonly { readonly term: number; readonly quality: number }[])[]
}

// Used again by every reading: this code never waits, so nobody else can be in it.
const worth = new Float32Array(QUERY_WORDS_MAX)
const placeOf = new Int32Array(QUERY_WORDS_MAX)

/**
 * How well one text, of which `ways` are the ways its words are written, answers: the terms that it covers, those in the same order side by
 * side, and how much of it they are. Undefined when it has none of them.
 */
export function read(where: Where, ways: readonly number[], terms: readonly Term[], answers: Answers, lexicon: Lexicon) {
  const at: number[] = []
  for (let i = 0; i < ways.length; i++) {
    const list = answers.at[lexicon.wordOf(ways[i]!)]!
    if (list < 0) continue
    if (at.length === 0) {
      worth.fill(0)
      placeOf.fill(-9)
    }
    at.push(i)
    for (const { term, quality } of answers.lists[list]!) {
      const { hasMarks, way } = terms[term]!
      const exact = hasMarks && quality === 1 && ways[i] !== way ? 0.85 : quality
      const follows = term > 0 && placeOf[term - 1] === i - 1
      if (exact > worth[term]! || (exact === worth[term] && follows)) {
        worth[term] = exact
        placeOf[term] = i
      }
    }
  }
  if (at.length === 0) return undefined
  let share = 0
  let sideBySide = 0
  for (let t = 0; t < terms.length; t++) {
    share += worth[t]! * terms[t]!.share
    if (t > 0 && placeOf[t] === placeOf[t - 1]! + 1) sideBySide++
  }
  const order = terms.length > 1 ? sideBySide / (terms.length - 1) : 1
  // In “Đăng ký kết hôn” the first two words, which stand in every other name, are little.
  const rarity = (i: number) => lexicon.rarityOf(lexicon.wordOf(ways[i]!))
  const fill = at.reduce((sum, i) => sum + rarity(i), 0) / ways.reduce((sum, _, i) => sum + rarity(i), 0)
  // A whole phrase counts for more than its place: "giấy chứng sinh" among the papers beats the three words scattered in a name.
  const whole = terms.length > 1 && order === 1 ? 0.5 : 0
  const weight = WEIGHTS[where] + (1 - WEIGHTS[where]) * whole
  return { score: weight * share * (0.5 + 0.3 * order + 0.2 * fill), covered: share * weight, at }
}

/** Places side by side become one. */
export function joined(places: readonly (readonly [number, number])[]): [number, number][] {
  const ranges: [number, number][] = []
  for (const [start, end] of places) {
    const last = ranges.at(-1)
    if (last && start - last[1] <= 1) last[1] = end
    else ranges.push([start, end])
  }
  return ranges
}
