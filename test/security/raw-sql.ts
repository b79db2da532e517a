// A statement from text, for tests that put together names of tables and roles; the product never does.
import { type Sql, sql } from "#platform/db"

/** The statement as it stands; no values. */
export const rawSql = (text: string): Sql => sql([text] as unknown as TemplateStringsArray)
