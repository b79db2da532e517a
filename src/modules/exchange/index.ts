/** The exchange: the only road to a register; every request authorised, answered and logged, refused ones too. */
export { answerRegister } from "./answer-register.ts"
export { type Entered, type EntryForm, enterableTypes, enterRecord, entryForm } from "./enter-record.ts"
export { type Duplicate, findDuplicate } from "./find-duplicate.ts"
export { LOOKUPS_MAX, type Lookup, listLookups } from "./list-lookups.ts"
export { isHere, linkSites, type OtherSites } from "./other-sites.ts"
export { type ExchangeAnswer, type ExchangeRequest, type Provenance, type Refusal, request } from "./request.ts"
