// Wakes sleepers after a commit: at once in this process, by NOTIFY in others.
// NOTIFY takes one lock for the whole server until its commit is on disk, so that it never rides in a deed's own
// transaction: rings are gathered and sent by themselves, at most one a moment.
import { randomUUID } from "node:crypto"
import pg from "pg"
import type { Log } from "#platform/log"

export interface Bell {
  ring(channels: Iterable<string>): void
  listen(channel: string, awake: () => void): Promise<() => void>
  close(): Promise<void>
}

const GATHER_MS = 25
const RECONNECT_MS = 1_000

/** Opens the bell. The connection that listens is made with the first listener and made again when lost. */
export function openBell(pool: pg.Pool, connection: pg.ClientConfig, log: Log): Bell {
  const me = randomUUID()
  const listeners = new Map<string, Set<() => void>>()
  const pending = new Set<string>()
  let sending: NodeJS.Timeout | undefined
  let ear: Promise<pg.Client> | undefined
  let closed = false

  const awaken = (channel: string) => {
    for (const awake of listeners.get(channel) ?? []) setImmediate(awake)
  }
  const send = async () => {
    sending = undefined
    const channels = [...pending]
    pending.clear()
    if (channels.length === 0) return
    const text = "select set_config('synchronous_commit', 'off', true), pg_notify(channel, $2) from unnest($1::text[]) channel"
    await pool.query(text, [channels, me]).catch((error: Error) => log.warn({ fault: error.message }, "waking others failed"))
  }
  const hear = async (): Promise<pg.Client> => {
    const client = new pg.Client(connection)
    client.on("notification", ({ channel, payload }) => payload !== me && awaken(channel))
    client.on("error", (error) => log.warn({ fault: error.message }, "the listening connection was lost"))
    await client.connect()
    client.on("end", again)
    for (const channel of listeners.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`)
    return client
  }
  const again = () => {
    const retry = () => {
      if (closed) return
      ear = hear()
      ear.then(() => [...listeners.keys()].forEach(awaken), again)
    }
    if (!closed) setTimeout(retry, RECONNECT_MS).unref()
  }
  return {
    ring: (channels) => {
      for (const channel of channels) {
        awaken(channel)
        pending.add(channel)
      }
      if (pending.size > 0 && !closed) sending ??= setTimeout(send, GATHER_MS)
    },
    listen: async (channel, awake) => {
      const known = listeners.get(channel) ?? new Set()
      listeners.set(channel, known.add(awake))
      const isFirst = ear === undefined
      ear ??= hear()
      const client = await ear
      if (!isFirst) await client.query(`listen ${pg.escapeIdentifier(channel)}`)
      return () => void known.delete(awake)
    },
    close: async () => {
      closed = true
      clearTimeout(sending)
      await send()
      const client = await ear?.catch(() => undefined)
      await client?.end()
    },
  }
}
