/** Keys that never leave their token: P-256 signatures by a PKCS#11 module (a smart card, a module of hardware, SoftHSM). */
export { openToken, type Token, type TokenPlace } from "./token.ts"
export { TokenFault, type TokenFaultReason } from "./token-fault.ts"
