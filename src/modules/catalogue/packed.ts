// JSON that never changes, kept in the memory of a process: all of it packed, what was used lately as it is read.
import { deflateSync, inflateSync } from "node:zlib"
import { Bounded } from "./bounded.ts"
import { Bytes, Numbers } from "./numbers.ts"

/** The first text of this many bytes is what the later ones are packed by: they have much in common with it. */
const DICTIONARY_MIN = 16_384
/** Further back zlib does not look (RFC 1951). */
const DICTIONARY_MAX = 32_768

export class Packed<Value> {
  readonly #packedMax: number
  readonly #read: Bounded<Value>
  #dictionary: Buffer | undefined
  /** Their numbers; the bytes of each begin where those of the one before end. */
  #numbers = new Map<string, number>()
  #bytes = new Bytes()
  #ends = new Numbers([0])

  /** How many are kept packed, and how many of them lie open. */
  constructor(packedMax: number, readMax: number) {
    this.#packedMax = packedMax
    this.#read = new Bounded(readMax)
  }

  has(key: string): boolean {
    return this.#numbers.has(key)
  }

  /** Opens it and leaves it open. */
  get(key: string): Value | undefined {
    const open = this.#read.get(key) ?? this.glance(key)
    return open && this.#read.set(key, open)
  }

  /** Opens it for one look: what was used lately stays open, and this does not. */
  glance(key: string): Value | undefined {
    const number = this.#numbers.get(key)
    if (number === undefined) return undefined
    const packed = this.#bytes.part(this.#ends.at(number), this.#ends.at(number + 1))
    // What was packed without a dictionary says so (RFC 1950).
    return JSON.parse(inflateSync(packed, this.#options()).toString()) as Value
  }

  /** Packs a text. Where there is no room all that was packed before goes; it can be given again. */
  set(key: string, text: string): void {
    if (this.has(key)) return
    if (this.#numbers.size === this.#packedMax) {
      this.#numbers = new Map()
      this.#bytes = new Bytes()
      this.#ends = new Numbers([0])
    }
    const bytes = Buffer.from(text)
    this.#numbers.set(key, this.#numbers.size)
    this.#ends.push(this.#bytes.push(deflateSync(bytes, this.#options())))
    if (!this.#dictionary && bytes.length >= DICTIONARY_MIN) this.#dictionary = bytes.subarray(0, DICTIONARY_MAX)
  }

  #options() {
    return this.#dictionary ? { dictionary: this.#dictionary } : {}
  }
}
