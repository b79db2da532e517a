// Would a write be held as a likely duplicate? Asked before somebody decides, under the right of the write itself.
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { findLikely } from "#registers"
import { logMessage } from "./log-message.ts"
import { authorise, type ExchangeRequest } from "./request.ts"

/** A record that says the same as the one to be written. Whose it is and what else stands in it is not told. */
export interface Duplicate {
  /** `civil-status/birth` */
  readonly register: string
  readonly recordedAt: Date
  readonly message: string
}

/**
 * The record that the write of this request would probably double; undefined when there is none or the write is not allowed. Nothing is
 * written but the log, where the person of the record that was found sees it. Asked for a change of a record there is never one.
 */
export async function findDuplicate(tx: Tx, asked: ExchangeRequest): Promise<Duplicate | undefined> {
  const message = newId(tx.now)
  const found = authorise(tx, asked)
  if ("refusal" in found) {
    await logMessage(tx, found.provider, asked, message, { outcome: "refused", refusal: found.refusal, fields: [] })
    return undefined
  }
  const { type, right } = found
  const rules = type.record.duplicates ?? []
  if (rules.length === 0 || !asked.write || asked.write.record) return undefined
  const like = await findLikely(tx, type, asked.write.data, asked.number)
  await logMessage(tx, type.register.owner, { ...asked, service: `${type.name}.read` }, message, {
    outcome: like ? "answered" : "empty",
    fields: like ? [...new Set(rules.flat())] : [],
    ground: right,
    ...(like && { subject: like.subject, answer: { record: like.record } }),
  })
  return like && { register: type.name, recordedAt: like.recordedAt, message }
}
