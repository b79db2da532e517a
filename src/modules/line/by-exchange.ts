// What waits under the id of its exchange, for a moment each. No Map: each table of a Map refers to the one that followed when it was full,
// so that one that V8 has put among what lives long keeps all later ones, and what they held, until the whole heap is collected.

export class ByExchange<T> {
  private readonly all = Object.create(null) as Record<string, T>

  get(id: string): T | undefined {
    return this.all[id]
  }

  set(id: string, one: T): void {
    this.all[id] = one
  }

  delete(id: string): void {
    delete this.all[id]
  }

  values(): readonly T[] {
    return Object.values(this.all)
  }
}
