/** The database: the `sql` tag, deeds as transactions, migrations, and the embedded PostgreSQL. */
export { bringUp, type Database } from "./bring-up.ts"
export { findServer, startServer, stopServer } from "./embedded/server.ts"
export { type Migration, migrate, migrationsHash, readMigrations } from "./migrate.ts"
export { openDb } from "./open.ts"
export { ensureRole, MIGRATOR } from "./roles.ts"
export { Sql, sql } from "./sql.ts"
export { stopSite } from "./stop-site.ts"
export type { Actor, Db, Position, Tx } from "./tx.ts"
