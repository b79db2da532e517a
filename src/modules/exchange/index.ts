/** The exchange: the only road to a register; every request authorised, answered and logged, refused ones too. */
export { type Entered, type EntryForm, enterableTypes, enterRecord, entryForm } from "./enter-record.ts"
export { type Duplicate, findDuplicate } from "./find-duplicate.ts"
export { LOOKUPS_MAX, type Lookup, listLookups } from "./list-lookups.ts"
export { type ExchangeAnswer, type ExchangeRequest, type Provenance, type Refusal, request } from "./request.ts"
