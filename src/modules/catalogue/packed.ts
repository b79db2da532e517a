// JSON that never changes, kept in the memory of a process: all of it packed, what was used lately as it is read.
import { deflateRawSync, inflateRawSync } from "node:zlib"
import { Bounded } from "./bounded.ts"

export class Packed<Value> {
  readonly #packed: Bounded<Uint8Array>
  readonly #read: Bounded<Value>

  constructor(packedMax: number, readMax: number) {
    this.#packed = new Bounded(packedMax)
    this.#read = new Bounded(readMax)
  }

  has(key: string): boolean {
    return this.#packed.get(key) !== undefined
  }

  get(key: string): Value | undefined {
    const packed = this.#packed.get(key)
    if (!packed) return undefined
    return this.#read.get(key) ?? this.#read.set(key, JSON.parse(inflateRawSync(packed).toString()) as Value)
  }

  set(key: string, text: string): Value {
    // A copy of its own: what zlib gives is the beginning of a larger buffer.
    this.#packed.set(key, Uint8Array.from(deflateRawSync(text)))
    return this.#read.set(key, JSON.parse(text) as Value)
  }
}
