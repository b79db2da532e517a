/** The exchange: the only road to a register; every request authorised, answered and logged, refused ones too. */
export { answerRegister } from "./answer-register.ts"
export { carryParcels, DELIVERY_DAYS_MAX } from "./carry-parcels.ts"
export { collectParcels } from "./collect-parcels.ts"
export { countCorrections, decideCorrection, decidesCorrections, getCorrection, listCorrections } from "./decide-correction.ts"
export { type Delivered, type Delivery, type DeliveryOptions, deliver } from "./deliver.ts"
export { type Entered, type EntryForm, enterableTypes, enterRecord, entryForm } from "./enter-record.ts"
export { type Duplicate, findDuplicate } from "./find-duplicate.ts"
export { correctedField, correctedIn, findDecided, listMyCorrections } from "./list-corrections.ts"
export { LOOKUPS_MAX, type Lookup, listLookups } from "./list-lookups.ts"
export { countDeliveries, countStuck, listOpenParcels, listParcelsOf, type Parcel, tryParcelAgain } from "./list-parcels.ts"
export { type NewClaim, openCorrection } from "./open-correction.ts"
export { isHere, linkSites, type OtherSites } from "./other-sites.ts"
export { type ExchangeAnswer, type ExchangeRequest, type Provenance, type Refusal, request } from "./request.ts"
export {
  findLogged,
  LOG_PAGE,
  type LogFilter,
  type LoggedMessage,
  type LogPage,
  PERSON_ROWS_MAX,
  type PersonSearch,
  type SearchReason,
  searchLog,
  searchPerson,
  searchReasons,
} from "./search-log.ts"
export { type Courier, startCourier } from "./start-courier.ts"
export type { Correction } from "./store.corrections.ts"
export { type OpenSystemsLog, openSystemsLog } from "./systems-log.ts"
export { lackingConsent } from "./under-consent.ts"
