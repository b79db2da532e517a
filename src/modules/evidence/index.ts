/** Evidence: sealed records of what passed between sites, in a log that nobody can change unseen. */
export { Bundle, type BundleReading, readBundle } from "./bundle.ts"
export { type BundleKeys, exportExchange } from "./export-exchange.ts"
export { type Filled, fill } from "./filled.ts"
export { type ListedRecord, listRecords, type RecordsPage, type RecordsWish } from "./list-records.ts"
export type { LogKeys } from "./log-state.ts"
export { BATCH_MAX, type SignedBatch, verifyRoot } from "./proof.ts"
export { type RecentSpan, readRecent } from "./read-recent.ts"
export { printReceipt } from "./receipt.ts"
export { type EvidenceRecord, type GotMessage, leavesOf, type PeerBatch, type RecordKind, recordLeaf } from "./record.ts"
export { openSealer, type Sealed, type Sealer, TooManyWaiting } from "./sealer.ts"
export { requestTimestamp, stampCheckpoint, type TimestampAuthority } from "./stamp-checkpoint.ts"
export { readToken, type Timestamp, TimestampFault } from "./timestamp-token.ts"
export {
  type BundleCheck,
  type BundleVerdict,
  BundleVerifier,
  bundleChecks,
  type RecordVerdict,
  verifyBundle,
} from "./verify-bundle.ts"
export { type BrokenEvidence, type EvidenceFault, type LogToVerify, type LogVerdict, verifyLog } from "./verify-log.ts"
export { beWitnessed, startVouching, type Vouching, type VouchingNow, vouch } from "./vouch.ts"
export {
  askWitness,
  takeCosignature,
  WitnessAnswer,
  type Witnessed,
  type WitnessPlace,
  WitnessRequest,
  witnessCheckpoint,
} from "./witness.ts"
export { WITNESS_PATH, type WitnessEndpoint, witnessEndpoints } from "./witness-endpoints.ts"
