// The code of a dossier: agency, day, number of the day; one series for all channels (Circular 03/2025/TT-VPCP).
import { type Agency, countryOf } from "#country"
import { formatDossierCode } from "#engines/codes"
import type { Tx } from "#platform/db"
import { nextNumber } from "./store.ts"

/** Takes the next code of the agency's day. Call it late in a deed: the day's counter stays locked until the commit. */
export async function takeDossierCode(tx: Tx, agency: Agency, today: string): Promise<string> {
  const seq = await nextNumber(tx, agency.id, "dossier", today)
  return formatDossierCode(countryOf(tx).dossierCode.pattern, { agency: agency.code, date: today, seq })
}
