// A message to the applicant about their case; its words are the inbox's, and say no more than the code of the case.
import { notify } from "#notices"
import type { Tx } from "#platform/db"
import type { Dossier } from "./dossier.ts"

export type CaseNotice =
  | "case-submitted"
  | "case-news"
  | "correction-accepted"
  | "correction-refused"
  | "case-refused"
  | "case-stopped"
  | "case-withdrawn"
  | "payment-asked"
  | "result-ready"
  | "supplement-asked"

/** Leaves the message in the applicant's inbox, with the way to the case. */
export function tellApplicant(tx: Tx, { agency, subject, id, code }: Dossier, notice: CaseNotice): Promise<unknown> {
  return notify(tx, { agency, subject, caseId: id, code: notice, params: { code }, link: `/my/cases/${id}` })
}
