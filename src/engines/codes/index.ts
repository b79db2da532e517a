/** Codes and check digits: the engine knows the schemes, the country gives the data. */
export { type CheckDigitRules, checkDigit, validateOrganisationNumber } from "./check-digit.ts"
export { compileDossierCode, type DossierCode, formatDossierCode, parseDossierCode } from "./dossier-code.ts"
export { crc16, type MerchantQrScheme, merchantQr, parseMerchantQr } from "./merchant-qr.ts"
export {
  newPersonalNumber,
  type PersonalNumberFacts,
  type PersonalNumberReason,
  type PersonalNumberRules,
  parsePersonalNumber,
  validatePersonalNumber,
} from "./personal-number.ts"
