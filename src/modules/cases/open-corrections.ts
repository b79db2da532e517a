// What the applicant says is wrong in a register goes to its owner when the case is submitted; the case does not wait for the decision.
import { keyOf } from "#engines/form"
import { openCorrection } from "#exchange"
import type { Tx } from "#platform/db"
import type { Dossier } from "./dossier.ts"
import { knownFrom, vouchedFor } from "./fetch-values.ts"
import type { OpenedDraft } from "./save-page.ts"

/** Opens a correction for each value of a case that its applicant disputes. */
export async function openCorrections(
  tx: Tx,
  { id, agency, values }: Dossier,
  { draft, service, context }: OpenedDraft,
): Promise<void> {
  for (const [place, { state, value, registered, source }] of Object.entries(values)) {
    if (state !== "disputed" || !source) continue
    const { fetch: fetchId, keys = [] } = service.form.fields.get(place)?.binding ?? {}
    const fetch = service.form.fetches.find((one) => one.id === fetchId)
    const record = fetch && draft.fetched[fetch.id]
    const field = record && keys.find((key) => Object.hasOwn(record, key))
    const number = fetch && keyOf(fetch, vouchedFor(values), knownFrom(draft.fetched, context), context)
    if (!field || number === undefined) continue
    await openCorrection(tx, {
      ...{ register: source.register, record: source.record, field, number, registered, claimed: value },
      ...{ requester: agency, purpose: service.definition.purpose ?? "", caseId: id, place, today: context.today },
    })
  }
}
