// The record that somebody says is wrong, as it stands now in the register, or in the old system that answers for it.
import type { Tx } from "#platform/db"
import type { RecordType, RegisterEntry } from "#registers"
import { isAnsweredBySource } from "#sources"
import { type ExchangeRequest, heldRecords } from "./request.ts"

type Question = Pick<ExchangeRequest, "number" | "today" | "purpose"> & { readonly record: string }

/** Undefined where an old system is silent. Its records have no lasting name: the only one of the person is the one that is meant. */
export async function findDisputed(
  tx: Tx,
  type: RecordType,
  { record, ...question }: Question,
  { isFresh = false } = {},
): Promise<{ readonly entry: RegisterEntry | undefined } | undefined> {
  const held = await heldRecords(tx, question, type, { isFresh })
  if (!held) return undefined
  const { entries } = held
  const only = isAnsweredBySource(tx, type.name) && entries.length === 1 ? entries[0] : undefined
  return { entry: entries.find((one) => one.record === record) ?? only }
}
