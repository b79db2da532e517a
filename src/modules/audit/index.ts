/** The book: every deed leaves an entry that nobody can change, chained per agency by hashes. */
export { type AuditDetails, type AuditEntry, append } from "./append.ts"
export type { BookActor, BookDetails } from "./entry.ts"
export { type AuditEvent, auditEvents } from "./events.ts"
export { type BookEntry, type BookFilter, listBook } from "./list-book.ts"
export { type BrokenLink, type Verdict, verifyBook } from "./verify-book.ts"
