// Much that is small, outside the heap of objects and without being copied as it grows: numbers, bytes, and lists by key.

const BLOCK_BITS = 14
const BLOCK = 1 << BLOCK_BITS

/** A list of whole numbers from 0 below 2^32. */
export class Numbers {
  readonly #blocks: Uint32Array[] = []
  #length = 0

  constructor(numbers: readonly number[] = []) {
    for (const number of numbers) this.push(number)
  }

  get length(): number {
    return this.#length
  }

  /** Adds a number; gives its place. */
  push(number: number): number {
    const place = this.#length++
    if (place % BLOCK === 0) this.#blocks.push(new Uint32Array(BLOCK))
    this.set(place, number)
    return place
  }

  at(place: number): number {
    return this.#blocks[place >>> BLOCK_BITS]![place % BLOCK]!
  }

  set(place: number, number: number): void {
    this.#blocks[place >>> BLOCK_BITS]![place % BLOCK] = number
  }
}

/** Bytes one after the other. */
export class Bytes {
  readonly #blocks: Buffer[] = []
  #length = 0

  /** Adds bytes; gives the place after the last. */
  push(bytes: Buffer): number {
    for (let from = 0; from < bytes.length; ) {
      const place = this.#length % BLOCK
      if (place === 0) this.#blocks.push(Buffer.alloc(BLOCK))
      const copied = bytes.copy(this.#blocks.at(-1)!, place, from)
      from += copied
      this.#length += copied
    }
    return this.#length
  }

  /** From `start` up to, not including, `end`. */
  part(start: number, end: number): Buffer {
    const parts: Buffer[] = []
    for (let from = start; from < end; ) {
      const place = from % BLOCK
      const part = this.#blocks[from >>> BLOCK_BITS]!.subarray(place, place + end - from)
      parts.push(part)
      from += part.length
    }
    return Buffer.concat(parts)
  }
}

/** For each key, which counts from 0, a list of numbers, read from its newest: `first(key)`, then `next(link)`, until the link is 0. */
export class Chains {
  readonly #firsts = new Numbers()
  readonly #values = new Numbers([0])
  readonly #nexts = new Numbers([0])

  add(key: number, value: number): void {
    while (this.#firsts.length <= key) this.#firsts.push(0)
    this.#nexts.push(this.#firsts.at(key))
    this.#firsts.set(key, this.#values.push(value))
  }

  first(key: number): number {
    return key < this.#firsts.length ? this.#firsts.at(key) : 0
  }

  next(link: number): number {
    return this.#nexts.at(link)
  }

  value(link: number): number {
    return this.#values.at(link)
  }

  change(link: number, value: number): void {
    this.#values.set(link, value)
  }
}
