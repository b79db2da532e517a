// Statements that travel together: one flight to the server, one synchronisation point, one answer. It speaks the extended query protocol
// through `pg`'s own connection (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING).
import pg from "pg"
import type { Sql } from "./sql.ts"

export interface Outcome {
  readonly rows: readonly unknown[]
  /** Rows that were changed, or found. */
  readonly count: number
  /** What the server says that it did: `UPDATE 1`, `COMMIT`, and `ROLLBACK` where a commit found a failed transaction. */
  readonly tag: string
}

/** Sends a statement with those that are sent before the program waits, in their order. */
export type Send = (statement: Sql) => Promise<Outcome>

/** Statements after one that failed in the same flight are skipped by the server; they fail with this SQLSTATE, as later ones do. */
export const IN_FAILED_TRANSACTION = "25P02"

/** Opens the way to send through a client, which must be used for nothing else meanwhile. */
export function openFlights(client: pg.ClientBase): Send {
  let boarding: Flight | undefined
  return (statement) => {
    if (!boarding || boarding.isGone) {
      const flight = new Flight()
      boarding = flight
      process.nextTick(() => void client.query(flight))
    }
    return boarding.board(statement)
  }
}

/** What `pg` has of its connection to the server. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void }
  parse(statement: { name: string; text: string }): void
  bind(statement: { statement: string; values: readonly unknown[] }): void
  describe(what: { type: "P" }): void
  execute(): void
  sync(): void
  sendCopyFail(message: string): void
  on(event: "parseComplete", hear: () => void): void
}

/** A statement that a connection has prepared. */
interface Plan {
  /** True once the server has told its columns; without any it gives no rows. */
  isDescribed: boolean
  columns: readonly { readonly name: string; readonly read: (text: string) => unknown }[]
}

/** What a connection has prepared, and the flight that is on its way. */
interface Route {
  readonly plans: Map<string, Plan>
  flight?: Flight
}

const routes = new WeakMap<Wire, Route>()

function routeOf(wire: Wire): Route {
  const known = routes.get(wire)
  if (known) return known
  const route: Route = { plans: new Map() }
  routes.set(wire, route)
  wire.on("parseComplete", () => route.flight?.noteParsed(route))
  return route
}

interface Passenger {
  readonly statement: Sql
  readonly values: readonly unknown[]
  readonly rows: unknown[]
  plan: Plan
  tag: string
  resolve(outcome: Outcome): void
  reject(fault: unknown): void
}

/** One flight, as `pg` takes queries of somebody else's making. */
class Flight implements pg.Submittable {
  isGone = false
  private readonly passengers: Passenger[] = []
  private readonly parsing: Passenger[] = []
  private done = 0

  board(statement: Sql): Promise<Outcome> {
    const values = statement.values.map(prepareValue)
    return new Promise((resolve, reject) => {
      this.passengers.push({ statement, values, rows: [], plan: newPlan(), tag: "", resolve, reject })
    })
  }

  submit(connection: unknown): null {
    const wire = connection as Wire
    const route = routeOf(wire)
    route.flight = this
    this.isGone = true
    wire.stream.cork()
    const fresh = new Map<string, Plan>()
    for (const passenger of this.passengers) this.send(wire, passenger, route, fresh)
    wire.sync()
    wire.stream.uncork()
    return null
  }

  /** Parses what is new to the connection, and asks for the columns of what it has not run yet. */
  private send(wire: Wire, passenger: Passenger, { plans }: Route, fresh: Map<string, Plan>): void {
    const { name, text } = passenger.statement
    const known = plans.get(name) ?? fresh.get(name)
    if (known) passenger.plan = known
    else {
      wire.parse({ name, text })
      fresh.set(name, passenger.plan)
      this.parsing.push(passenger)
    }
    wire.bind({ statement: name, values: passenger.values })
    if (!passenger.plan.isDescribed) wire.describe({ type: "P" })
    wire.execute()
  }

  /** From now on the connection has this statement, even where running it fails. */
  noteParsed({ plans }: Route): void {
    const parsed = this.parsing.shift()
    if (parsed) plans.set(parsed.statement.name, parsed.plan)
  }

  handleRowDescription({ fields }: { fields: readonly { name: string; dataTypeID: number }[] }): void {
    this.current.plan.columns = fields.map(({ name, dataTypeID }) => ({ name, read: pg.types.getTypeParser(dataTypeID, "text") }))
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const { plan, rows } = this.current
    const row: Record<string, unknown> = {}
    for (const [i, { name, read }] of plan.columns.entries()) {
      const text = fields[i] ?? null
      row[name] = text === null ? null : read(text)
    }
    rows.push(row)
  }

  handleCommandComplete({ text }: { text: string }): void {
    const { current } = this
    current.plan.isDescribed = true
    current.tag = text
    this.done++
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: "" })
  }

  /** The server skips what comes after a fault; a lost connection ends all. */
  handleError(fault: Error): void {
    this.isGone = true
    const [failed, ...skipped] = this.passengers.slice(this.done)
    // All had run, and their common commit failed: none of them took place.
    if (!failed) for (const one of this.passengers) one.reject(fault)
    else this.handleReadyForQuery()
    if (failed) failed.reject(Object.assign(fault, { stack: `${fault.stack}\n    in: ${failed.statement.text.trim()}` }))
    for (const one of skipped)
      one.reject(Object.assign(new Error("a statement before it failed"), { code: IN_FAILED_TRANSACTION }))
    this.passengers.length = 0
  }

  handleReadyForQuery(): void {
    for (const { rows, tag, resolve } of this.passengers.slice(0, this.done)) {
      resolve({ rows, tag, count: Number(/\d+$/.exec(tag)?.[0] ?? 0) })
    }
  }

  handlePortalSuspended(): void {}

  handleCopyInResponse(connection: Wire): void {
    connection.sendCopyFail("this way takes no copy")
  }

  private get current(): Passenger {
    return this.passengers[this.done]!
  }
}

const newPlan = (): Plan => ({ isDescribed: false, columns: [] })

/** As `pg` writes values: dates with their offset, arrays as PostgreSQL spells them, objects as JSON. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils
