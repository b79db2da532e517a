/** The database: the `sql` tag, deeds as transactions, and the embedded PostgreSQL. */
export { openDb } from "./open.ts"
export { Sql, sql } from "./sql.ts"
export type { Actor, Db, Position, Tx } from "./tx.ts"
