/** Evidence: sealed records of what passed between sites, in a log that nobody can change unseen. */
export { Bundle, type BundleCheck, type BundleKeys, type BundleVerdict, exportExchange, verifyBundle } from "./bundle.ts"
export type { LogKeys } from "./log-state.ts"
export { type Proof, parseProof, printProof, verifyRoot, verifyWay } from "./proof.ts"
export { type EvidenceRecord, type RecordKind, recordLeaf } from "./record.ts"
export { openSealer, type Sealed, type Sealer, TooManyWaiting } from "./sealer.ts"
export { type BrokenEvidence, type EvidenceFault, type LogToVerify, type LogVerdict, verifyLog } from "./verify-log.ts"
