// What the demo's provider remembers: in this process' memory, forgotten at its end, at most so many things.
import type { Adapter, AdapterPayload } from "oidc-provider"

const ENTRIES_MAX = 20_000

interface Entry {
  readonly payload: AdapterPayload
  readonly endsAt: number
}

/** Makes one memory shared by all of the provider's models. */
export function openMemory(): (model: string) => Adapter {
  const entries = new Map<string, Entry>()
  const read = (key: string): AdapterPayload | undefined => {
    const entry = entries.get(key)
    if (entry && entry.endsAt > Date.now()) return entry.payload
    entries.delete(key)
    return undefined
  }
  const findBy = (model: string, test: (payload: AdapterPayload) => boolean) =>
    [...entries.keys()]
      .filter((key) => key.startsWith(`${model}:`))
      .map(read)
      .find((payload) => payload && test(payload))
  return (model) => ({
    upsert: async (id, payload, expiresIn) => {
      entries.delete(`${model}:${id}`)
      entries.set(`${model}:${id}`, { payload, endsAt: expiresIn ? Date.now() + expiresIn * 1000 : Number.POSITIVE_INFINITY })
      if (entries.size > ENTRIES_MAX) entries.delete(entries.keys().next().value!)
    },
    find: async (id) => read(`${model}:${id}`),
    findByUid: async (uid) => findBy(model, (payload) => payload.uid === uid),
    findByUserCode: async () => undefined,
    destroy: async (id) => void entries.delete(`${model}:${id}`),
    consume: async (id) => {
      const payload = read(`${model}:${id}`)
      if (payload) payload.consumed = Math.floor(Date.now() / 1000)
    },
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key)
    },
  })
}
