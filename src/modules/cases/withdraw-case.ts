// The applicant takes their case back, as long as no decision has been issued (Decree 118/2025/NĐ-CP art. 21).
import { stop } from "#engines/process"
import type { Tx } from "#platform/db"
import type { Dossier } from "./dossier.ts"
import { getOpenCase } from "./find-cases.ts"
import { endCase, type OpenCase } from "./move.ts"
import { personOf } from "./open-draft.ts"

/**
 * Withdraws a case of the signed-in person: whoever works on it finds it ended, what was sent stays on file. Throws `case-not-found`,
 * `decision-issued` once the decision is signed, `process-ended` for a case that has ended, `case-changed` when it moves meanwhile.
 */
export async function withdrawCase(tx: Tx, caseId: string): Promise<Dossier> {
  personOf(tx)
  return endCase(tx, await getOpenCase(tx, caseId), "withdrawn")
}

/** True as long as the applicant may withdraw the case. */
export const mayWithdraw = ({ dossier, service }: OpenCase): boolean =>
  !("refused" in stop(service.process, dossier.process, "withdrawn"))
