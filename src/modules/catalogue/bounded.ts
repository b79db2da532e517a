// A cache that never grows past its size: the entry that was used longest ago goes first.

export class Bounded<Value> {
  readonly #entries = new Map<string, Value>()

  constructor(readonly sizeMax: number) {}

  get(key: string): Value | undefined {
    const value = this.#entries.get(key)
    if (value === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return value
  }

  set(key: string, value: Value): Value {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size > this.sizeMax) this.#entries.delete(this.#entries.keys().next().value!)
    return value
  }

  get size(): number {
    return this.#entries.size
  }
}
