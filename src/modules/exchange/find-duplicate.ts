// Would a write be held as a likely duplicate? Asked before somebody decides, under the right of the write itself.
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { findLikely } from "#registers"
import { findDuplicateElsewhere } from "./ask-elsewhere.ts"
import { logMessage } from "./log-message.ts"
import { isHere } from "./other-sites.ts"
import { type Authorised, authoriseFromHere, type ExchangeRequest } from "./request.ts"
import type { AskedBy } from "./wire.ts"

/** A record that says the same as the one to be written. Whose it is and what else stands in it is not told. */
export interface Duplicate {
  /** `civil-status/birth` */
  readonly register: string
  readonly recordedAt: Date
  readonly message: string
}

/**
 * The record that the write of this request would probably double; undefined when there is none or the write is not allowed. Nothing is
 * written but the log, where the person of the record that was found sees it. Asked for a change of a record there is never one. Throws
 * `register-silent` when the register is at another site that does not answer: silence is no leave to write.
 */
export async function findDuplicate(tx: Tx, asked: ExchangeRequest): Promise<Duplicate | undefined> {
  const found = authoriseFromHere(tx, asked)
  if ("refusal" in found) {
    await logMessage(tx, found.provider, asked, newId(tx.now), { outcome: "refused", refusal: found.refusal, fields: [] })
    return undefined
  }
  if (!canDouble(asked, found)) return undefined
  if (!isHere(tx, found.type.register.owner)) return findDuplicateElsewhere(tx, asked, found)
  return duplicateOf(tx, asked, newId(tx.now), found)
}

const canDouble = ({ write }: ExchangeRequest, { type }: Authorised): boolean =>
  (type.record.duplicates ?? []).length > 0 && write !== undefined && write.record === undefined

/** Looks in a register of this site; `by` is who asks, where it is somebody of another one. */
export async function duplicateOf(
  tx: Tx,
  asked: ExchangeRequest,
  message: string,
  found: Authorised,
  by?: AskedBy,
): Promise<Duplicate | undefined> {
  if (!canDouble(asked, found)) return undefined
  const { type, right } = found
  const rules = type.record.duplicates ?? []
  const like = await findLikely(tx, type, asked.write!.data, asked.number)
  await logMessage(tx, type.register.owner, { ...asked, service: `${type.name}.read` }, message, {
    outcome: like ? "answered" : "empty",
    fields: like ? [...new Set(rules.flat())] : [],
    ground: right,
    by,
    ...(like && { subject: like.subject, answer: { record: like.record } }),
  })
  return like && { register: type.name, recordedAt: like.recordedAt, message }
}
