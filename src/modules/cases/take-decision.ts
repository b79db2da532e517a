// The owner of a register has decided what an applicant said to be wrong: the case's value is no longer disputed, and they are told.
import type { FormValue } from "#engines/form"
import { type Correction, findDecided } from "#exchange"
import { notify } from "#notices"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { getOpenCase } from "./find-cases.ts"
import { insertEvent, updateValues } from "./store.ts"

/** Works the job `correction-decided`. */
export async function takeDecision(tx: Tx, payload: unknown): Promise<void> {
  const correction = await findDecided(tx, (payload as { correction: string }).correction)
  if (!correction?.caseId) return
  const { dossier } = await getOpenCase(tx, correction.caseId)
  const place = correction.place ?? ""
  const before = dossier.values[place]
  if (before?.state === "disputed" && dossier.closedAt === null) {
    const values = { ...dossier.values, [place]: decided(before, correction) }
    if (!(await updateValues(tx, { ...dossier, values }))) throw problem("case-changed")
  }
  const accepted = correction.state === "accepted"
  await insertEvent(tx, dossier.agency, dossier.id, {
    ...{ code: accepted ? "correction.accepted" : "correction.refused", params: { field: place }, actor: "" },
  })
  await notify(tx, {
    ...{ agency: dossier.agency, subject: dossier.subject, caseId: dossier.id, params: { code: dossier.code } },
    ...{ code: accepted ? "correction-accepted" : "correction-refused", link: "/my/data#corrections" },
  })
}

/** Accepted, the register says it too. Refused, it stays what the applicant declares: the case's officials see both and why. */
function decided({ value, source }: FormValue, { state, decidedAt }: Correction): FormValue {
  if (state === "refused" || !source) return { value, state: "declared" }
  return { value, state: "verified", source: { ...source, asOf: (decidedAt ?? new Date(0)).toISOString() } }
}
