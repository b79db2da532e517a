/** Cases: from a draft, through officials' hands, to the result; each deed one transaction. */

export {
  answerConsultation,
  type ConsultationAnswer,
  countConsultations,
  getConsultation,
  listConsultations,
  type OpenConsultation,
  openConsultation,
} from "./answer-consultation.ts"
export {
  answerSupplement,
  getOpenSupplement,
  type OpenSupplement,
  type SupplementAnswered,
  supplementTexts,
} from "./answer-supplement.ts"
export { claimNext, claimTask, getMyTask, releaseTask } from "./claim-task.ts"
export { pinnedDueOf, todayOf } from "./clock.ts"
export { findAgencyOf } from "./competent-agency.ts"
export { asksSupplement, type Completion, completeTask, possibleOutcomes, supplementFields } from "./complete-task.ts"
export { type DecisionShown, describeDecisions } from "./describe-decisions.ts"
export { type CaseCourse, describeProcess, type StepShown, type Wait } from "./describe-process.ts"
export {
  type Dossier,
  type Pause,
  type Status,
  type StuckReason,
  type Supplement,
  type SupplementItem,
  status,
  type Task,
  type TimelineEvent,
} from "./dossier.ts"
export type { Draft, DraftError } from "./draft.ts"
export { feeDue } from "./fee-due.ts"
export {
  CASES_MAX,
  type CaseFile,
  countMyQueue,
  findAgencyCases,
  getDeskCase,
  getMyCase,
  getOpenCase,
  isTaskFor,
  listMyCases,
  listQueue,
  listReadings,
  openDeskCase,
} from "./find-cases.ts"
export { divisionsIn, formContext } from "./form-context.ts"
export { HANDED_OVER, outcomesByHand, type TakenOver, takeOver } from "./hand-over.ts"
export { caseJobs } from "./jobs.ts"
export { type LackingConsent, listConsentsLacking, refreshDraft } from "./lacking-consents.ts"
export type { MigrationWish } from "./lay-route.ts"
export type { StayReason } from "./migration.ts"
export type { OpenCase } from "./move.ts"
export { listDrafts, openDraft } from "./open-draft.ts"
export {
  approveMigration,
  type DryRun,
  dropMigration,
  dryRunMigration,
  getMigration,
  listMigrations,
  proposeMigration,
} from "./plan-migration.ts"
export { mayRecordPayment, recordPayment } from "./record-payment.ts"
export type { ValueOrigin } from "./rule-inputs.ts"
export { errorsOf, getDraft, type OpenedDraft, pageOf, type SavedPage, type ShownDraft, savePage, textsOf } from "./save-page.ts"
export type { Migration } from "./store.migrations.ts"
export type { Consultation, Payment } from "./store.steps.ts"
export type { QueueCounts, QueueRow, Reading } from "./store.ts"
export { type Submitted, submitDraft } from "./submit-draft.ts"
export { mayWithdraw, withdrawCase } from "./withdraw-case.ts"
export { findDuplicates } from "./write-registers.ts"
