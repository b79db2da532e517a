// Corrections as those see them who said something is wrong, whose record it is, and who handle the case.
import { countryOf, findRecord } from "#country"
import type { Field } from "#engines/form"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { recordForm } from "#registers"
import { sourceNameOf } from "#sources"
import { type Correction, findCorrection, selectCorrectionsOf } from "./store.corrections.ts"

/** The field that a correction is about, as forms draw it; undefined when the pack no longer declares it. */
export function correctedField(tx: Tx, { register, field }: Pick<Correction, "register" | "field">): Field | undefined {
  const record = findRecord(countryOf(tx), register)?.record
  return record && recordForm(tx, record).fields.get(field)
}

/** What people call the old system that a correction is about; undefined for a register that this site keeps. */
export const correctedIn = (tx: Tx, { register }: Pick<Correction, "register">): Readonly<Record<string, string>> | undefined =>
  sourceNameOf(tx, register)

const CORRECTIONS_SHOWN_MAX = 50

/** What the acting person has said to be wrong, and what others have said of their records; newest first. Throws `not-allowed`. */
export async function listMyCorrections(tx: Tx): Promise<Correction[]> {
  if (tx.actor.kind !== "person") throw problem("not-allowed")
  return selectCorrectionsOf(tx, tx.actor.subject, CORRECTIONS_SHOWN_MAX)
}

/** A correction that was decided, for the job that follows it; undefined while it is open. */
export async function findDecided(tx: Tx, id: string): Promise<Correction | undefined> {
  const correction = await findCorrection(tx, id)
  return correction && correction.state !== "open" ? correction : undefined
}
