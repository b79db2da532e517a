// The last resort of the search: texts that share most groups of three letters with what was typed, whatever the spaces and slips.
import { Chains, Numbers } from "./numbers.ts"

const THREE = 3
const SHARE_MIN = 0.5

export class Trigrams {
  readonly #grams = new Map<string, number>()
  readonly #texts = new Chains()
  readonly #owners = new Numbers()

  /** Adds a text without marks and spaces, owned by `owner`. */
  add(owner: number, joined: string): void {
    const text = this.#owners.push(owner)
    for (const gram of gramsOf(joined)) {
      let number = this.#grams.get(gram)
      if (number === undefined) {
        number = this.#grams.size
        this.#grams.set(Buffer.from(gram).toString(), number)
      }
      this.#texts.add(number, text)
    }
  }

  /** Owners of the texts that hold at least half of the query's groups, with the share that they hold. */
  like(joined: string): Map<number, number> {
    const grams = gramsOf(joined)
    const held = new Uint8Array(this.#owners.length)
    for (const gram of grams) {
      const number = this.#grams.get(gram)
      if (number === undefined) continue
      for (let link = this.#texts.first(number); link !== 0; link = this.#texts.next(link)) held[this.#texts.value(link)]!++
    }
    const shares = new Map<number, number>()
    if (grams.size < 2) return shares
    for (let text = 0; text < held.length; text++) {
      const share = held[text]! / grams.size
      const owner = this.#owners.at(text)
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
