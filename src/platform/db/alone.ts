// Statements of the system that are transactions by themselves, for logs: a connection of their own, which is told once who acts.
import pg from "pg"
import { openFlights } from "./flight.ts"
import type { Sql } from "./sql.ts"

export interface Alone {
  /** Runs statements in one round trip, as one transaction; gives the number of rows that they changed. */
  run(...statements: readonly Sql[]): Promise<number>
  close(): Promise<void>
}

/** The connection is opened for the first statement, and anew where it was lost. */
export function openAlone(options: pg.ClientConfig): Alone {
  let open: Promise<pg.Client> | undefined
  const connect = (): Promise<pg.Client> => {
    const client = new pg.Client(options)
    const opening = client
      .connect()
      .then(() => client.query("select set_config('motlan.kind', 'system', false)"))
      .then(() => client)
    // Unheard, a lost connection would end the program; whoever waits for a statement hears of it there.
    for (const event of ["error", "end"] as const) client.on(event, () => forget(opening))
    return opening
  }
  const forget = (lost: Promise<pg.Client>) => {
    if (open === lost) open = undefined
  }
  return {
    run: async (...statements) => {
      open ??= connect()
      const used = open
      try {
        // A flight for each call: what a flight carries is one transaction.
        const outcomes = await Promise.all(statements.map(openFlights(await used)))
        return outcomes.reduce((sum, { count }) => sum + count, 0)
      } catch (fault) {
        // Whether the connection is still good is not told; faults of a log are rare.
        forget(used)
        used.then((client) => client.end()).catch(() => undefined)
        throw fault
      }
    },
    close: async () => {
      const client = await open?.catch(() => undefined)
      await client?.end()
    },
  }
}
