// Adds figures up, and reads percentiles off classes of latency.
import { LATENCY_BOUNDS_MS, sumUp, type Tally } from "#line"

/** Figures of several minutes as one for each consumer, service and side. */
export function mergeFigures(rows: readonly Tally[], keyOf: (row: Tally) => string = pairOf): Tally[] {
  const merged = new Map<string, Tally>()
  for (const row of rows) {
    const key = keyOf(row)
    const sum = merged.get(key)
    if (sum) sumUp(sum, row)
    else merged.set(key, { ...row, codes: { ...row.codes }, latency: [...row.latency] })
  }
  return [...merged.values()]
}

const pairOf = ({ side, consumer, service }: Tally): string => `${side} ${consumer} ${service}`

/**
 * The latency, in milliseconds, that a share (0 to 1) of exchanges did not exceed: between the ends of its class in proportion. Undefined
 * when there is none, or when it lies beyond the last class.
 */
export function percentileMs(latency: readonly number[], share: number): number | undefined {
  const count = latency.reduce((sum, n) => sum + n, 0)
  if (count === 0) return undefined
  let left = share * count
  for (let i = 0; i < LATENCY_BOUNDS_MS.length; i++) {
    const here = latency[i] ?? 0
    if (here > 0 && left <= here) {
      const low = i === 0 ? 0 : LATENCY_BOUNDS_MS[i - 1]!
      return low + ((LATENCY_BOUNDS_MS[i]! - low) * left) / here
    }
    left -= here
  }
  return undefined
}
