/** Registers: records of one subject with valid and recorded time; every change a version. Only the exchange opens this door. */

export { checkFields } from "./check-fields.ts"
export { getRecordType, type RecordType } from "./definition.ts"
export { findLikely } from "./likeness.ts"
export { type AsOf, type RegisterEntry, readHistory, readRecords } from "./read-records.ts"
export { recordForm } from "./record-form.ts"
export { seedRegisters } from "./seed-registers.ts"
export type { LikelyRecord } from "./store.ts"
export { type RecordEntry, type WrittenRecord, writeRecord } from "./write-record.ts"
