// The last resort of the search: texts that share most groups of three letters with what was typed, whatever the spaces and slips.

const THREE = 3
const SHARE_MIN = 0.5

export class Trigrams {
  readonly #texts = new Map<string, number[]>()
  readonly #owners: number[] = []

  /** Adds a text without marks and spaces, owned by `owner`. */
  add(owner: number, joined: string): void {
    const text = this.#owners.push(owner) - 1
    for (const gram of gramsOf(joined)) {
      const texts = this.#texts.get(gram)
      if (texts) texts.push(text)
      else this.#texts.set(gram, [text])
    }
  }

  /** Owners of the texts that hold at least half of the query's groups, with the share that they hold. */
  like(joined: string): Map<number, number> {
    const grams = gramsOf(joined)
    const held = new Uint8Array(this.#owners.length)
    for (const gram of grams) for (const text of this.#texts.get(gram) ?? []) held[text]!++
    const shares = new Map<number, number>()
    if (grams.size < 2) return shares
    for (let text = 0; text < held.length; text++) {
      const share = held[text]! / grams.size
      const owner = this.#owners[text]!
      if (share >= SHARE_MIN && share > (shares.get(owner) ?? 0)) shares.set(owner, share)
    }
    return shares
  }
}

function gramsOf(joined: string): Set<string> {
  const grams = new Set<string>()
  for (let i = 0; i + THREE <= joined.length; i++) grams.add(joined.slice(i, i + THREE))
  return grams
}
