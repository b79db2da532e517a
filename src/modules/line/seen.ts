// Requests that were taken a short while ago: none is taken twice.

/** A message is good for so long after it was made, and so long before it by a clock that is ahead. */
export const FRESH_MAX_SECONDS = 120

/** Remembers ids for at least twice the time in which a message is good. */
export class Seen {
  private recent = new Set<string>()
  private older = new Set<string>()
  private turned: number

  constructor(
    now: number,
    private readonly idsMax = 2_000_000,
  ) {
    this.turned = now
  }

  /** False when the id was seen before. `now` in seconds. */
  add(id: string, now: number): boolean {
    if (now - this.turned > 2 * FRESH_MAX_SECONDS || this.recent.size >= this.idsMax) {
      this.older = this.recent
      this.recent = new Set()
      this.turned = now
    }
    if (this.recent.has(id) || this.older.has(id)) return false
    this.recent.add(id)
    return true
  }
}
