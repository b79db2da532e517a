// Token buckets in memory: each key has `burst` at once and `perMinute` back.
import { BUCKETS_MAX, type RateLimit } from "./limits.ts"

interface Bucket {
  tokens: number
  at: number
}

/** Takes one token; gives 0, or the seconds to wait. */
export type Take = (limit: RateLimit, key: string, nowMs: number) => number

/** Opens the buckets. The oldest are dropped when there are too many, which can only be kind to a client. */
export function openBuckets(bucketsMax = BUCKETS_MAX): Take {
  const buckets = new Map<string, Bucket>()
  return (limit, key, nowMs) => {
    const name = `${limit.name} ${key}`
    const known = buckets.get(name)
    const back = known ? (Math.max(0, nowMs - known.at) * limit.perMinute) / 60_000 : 0
    const tokens = known ? Math.min(limit.burst, known.tokens + back) : limit.burst
    const taken = tokens >= 1
    buckets.delete(name)
    buckets.set(name, { tokens: taken ? tokens - 1 : tokens, at: nowMs })
    if (buckets.size > bucketsMax) buckets.delete(buckets.keys().next().value!)
    return taken ? 0 : Math.ceil(((1 - tokens) * 60) / limit.perMinute)
  }
}
