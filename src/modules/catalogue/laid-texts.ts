// The searched texts, laid out for reading: their bytes in one place, their words as numbers. Those of 5,000 services weigh a few megabytes.
import { bareText, keyOf, markedWords } from "./fold.ts"
import { Bytes, Numbers } from "./numbers.ts"
import { type Where, wheres } from "./search-reading.ts"
import type { WordBook } from "./word-book.ts"

export class LaidTexts {
  readonly #book: WordBook
  readonly #bytes = new Bytes()
  /** Of each text: where it stands, and the ends of its bytes and of its words, which are the beginnings of the next one's. */
  readonly #wheres = new Numbers()
  readonly #byteEnds = new Numbers([0])
  readonly #wordEnds = new Numbers([0])
  /** Of each word of all texts, one after the other, the way in which it is written. */
  readonly #written = new Numbers()
  /** The ways of writing words, each with the word of the book that it is and its letters without marks. */
  readonly #ways = new Map<string, number>()
  readonly #words = new Numbers()
  readonly #bare: string[] = []

  constructor(book: WordBook) {
    this.#book = book
  }

  /** How many texts there are; they are numbered from 0. */
  get count(): number {
    return this.#wheres.length
  }

  /** Lays out a text that is in NFC; gives its words in their order, as numbers of the book. */
  add(where: Where, text: string): number[] {
    this.#byteEnds.push(this.#bytes.push(Buffer.from(text)))
    const ways = markedWords(text).map((marked) => this.wayOf(marked) ?? this.#newWay(marked))
    for (const way of ways) this.#written.push(way)
    this.#wordEnds.push(this.#written.length)
    this.#wheres.push(wheres.indexOf(where))
    return ways.map((way) => this.wordOf(way))
  }

  #newWay(marked: string): number {
    const bare = bareText(marked)
    const way = this.#words.push(this.#book.add(keyOf(bare)))
    // Copies: a piece of a text would hold the whole of it.
    this.#ways.set(copyOf(marked), way)
    this.#bare.push(copyOf(bare))
    return way
  }

  /** The number of a way of writing, in lower case with its marks. */
  wayOf(marked: string): number | undefined {
    return this.#ways.get(marked)
  }

  /** The word of the book that is written so. */
  wordOf(way: number): number {
    return this.#words.at(way)
  }

  whereOf(text: number): Where {
    return wheres[this.#wheres.at(text)]!
  }

  textOf(text: number): string {
    return this.#bytes.part(this.#byteEnds.at(text), this.#byteEnds.at(text + 1)).toString()
  }

  /** The ways in which the words of a text are written, in their order. */
  waysOf(text: number): number[] {
    const ways: number[] = []
    for (let at = this.#wordEnds.at(text); at < this.#wordEnds.at(text + 1); at++) ways.push(this.#written.at(at))
    return ways
  }

  /** The letters of a text without marks and spaces. */
  joinedOf(text: number): string {
    return this.waysOf(text)
      .map((way) => this.#bare[way]!)
      .join("")
  }
}

const copyOf = (text: string): string => Buffer.from(text).toString()
