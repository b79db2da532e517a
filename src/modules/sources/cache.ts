// Answers that may be kept, in memory alone, for as long as the declaration says; the oldest goes when there are too many.
import { KEPT_MAX } from "./limits.ts"

export interface Cache<T> {
  find(key: string): T | undefined
  keep(key: string, value: T): void
}

/** Keeps nothing when `seconds` is undefined. `now` counts milliseconds and never goes back. */
export function openCache<T>(seconds: number | undefined, now: () => number): Cache<T> {
  const kept = new Map<string, { readonly value: T; readonly until: number }>()
  return {
    find: (key) => {
      const found = kept.get(key)
      if (found && found.until > now()) return found.value
      kept.delete(key)
      return undefined
    },
    keep: (key, value) => {
      if (seconds === undefined) return
      kept.delete(key)
      if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value!)
      kept.set(key, { value, until: now() + seconds * 1_000 })
    },
  }
}
