// A transaction: who acts, when, and the statements. Everything that touches data takes one as its first argument.
import type { Site } from "#platform/site"
import type { Sql } from "./sql.ts"

/**
 * Who acts. Row-level security reads it: a person sees the rows of their own subject, an official those of their
 * agency, the system those that its job needs, the public only what is published.
 */
export type Actor =
  | { readonly kind: "public" }
  | { readonly kind: "person"; readonly accountId: string; readonly subject: string; readonly name: string }
  | {
      readonly kind: "official"
      readonly accountId: string
      /** The person in the post: four eyes see one person through several logins. */
      readonly subject: string
      readonly name: string
      readonly agency: string
      /** Positions held now, delegated ones included; roles come from them. */
      readonly positions: readonly Position[]
    }
  | { readonly kind: "system"; readonly name: string }

export interface Position {
  readonly id: string
  readonly unit: string
  readonly roles: readonly string[]
  /** Set when the position is held for somebody else for a while. */
  readonly delegatedBy?: string
}

/**
 * What is done last before the commit. It may give one more statement, which travels with the commit: nothing can look at its outcome, so
 * it must fail by itself where something is wrong; the commit is then a rollback, and the fault is thrown.
 */
export type LateAct = (tx: Tx) => Promise<Sql | undefined>

export interface Tx {
  readonly actor: Actor
  /** The time of this deed; statements take it as a parameter and never ask the database for the time. */
  readonly now: Date
  readonly site: Site
  /** Runs a statement and gives its rows. Statements sent without waiting in between run in their order, in one round trip. */
  rows<Row>(statement: Sql): Promise<Row[]>
  /** The one row, or undefined; more than one is a fault. */
  find<Row>(statement: Sql): Promise<Row | undefined>
  /** The one row; none or several is a fault. */
  get<Row>(statement: Sql): Promise<Row>
  /** Runs a statement and gives the number of rows it changed. */
  run(statement: Sql): Promise<number>
  /**
   * Sends a statement whose outcome nobody looks at, and does not wait: what is sent after it finds it done. A fault of it is the fault of
   * the deed.
   */
  send(statement: Sql): void
  /** Does something once, last before the commit, in the order of `key`; a second act of the same key replaces the first. */
  beforeCommit(key: string, act: LateAct): void
  /** After the commit, wakes those who listen to `channel`, here and in other processes. A hint: sleepers look by themselves too. */
  wake(channel: string): void
}

export interface Db {
  /** Runs a deed in one transaction of `actor`; it commits when `deed` resolves and leaves nothing when it throws. */
  tx<T>(actor: Actor, deed: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Runs statements of the system as a transaction of their own, in one round trip and in turn with others: for logs, where nothing is
   * looked at before. Resolves when it is committed, with the number of rows that they changed.
   */
  run(...statements: readonly Sql[]): Promise<number>
  /** Calls `awake` whenever a committed deed woke `channel`, and after a lost connection; gives the way to stop listening. */
  listen(channel: string, awake: () => void): Promise<() => void>
  close(): Promise<void>
}
