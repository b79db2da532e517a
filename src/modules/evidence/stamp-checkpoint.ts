// Has the newest checkpoint timestamped (RFC 3161) by an authority outside the federation.
import { parseNote } from "#engines/ledger"
import type { Db } from "#platform/db"
import { SYSTEM } from "./log-state.ts"
import { lastCheckpoint } from "./store.ts"
import { insertTimestamp, selectTimestamps } from "./store.vouches.ts"
import { readAnswer, type Timestamp, TimestampFault, timestampRequest } from "./timestamp-token.ts"

export interface TimestampAuthority {
  /** Where requests are posted. */
  readonly url: string
  /** PEM of those who certify it; a token of anybody else is not kept. */
  readonly anchors: readonly string[]
}

const ANSWER_WAIT_MS = 15_000
const ANSWER_BYTES_MAX = 64 * 1024

/** Gives the timestamp, or undefined when there is no checkpoint without one. Throws a TimestampFault for an answer that can't be believed. */
export async function stampCheckpoint(db: Db, book: string, authority: TimestampAuthority): Promise<Timestamp | undefined> {
  const checkpoint = await db.tx(SYSTEM, async (tx) => {
    const last = await lastCheckpoint(tx, book)
    return last && (await selectTimestamps(tx, book, last.size)).length === 0 ? last : undefined
  })
  if (!checkpoint) return undefined
  const stamp = await requestTimestamp(authority, Buffer.from(parseNote(checkpoint.note).text))
  const { token, at, authority: name } = stamp
  await db.tx(SYSTEM, (tx) => insertTimestamp(tx, book, { size: checkpoint.size, authority: name, token, stampedAt: at }))
  return stamp
}

/** A timestamp over `data`, checked: signature, certificate, imprint, nonce. Throws a TimestampFault. */
export async function requestTimestamp({ url, anchors }: TimestampAuthority, data: Buffer): Promise<Timestamp> {
  const request = timestampRequest(data)
  const response = await fetch(url, {
    method: "POST",
    body: new Uint8Array(request.der),
    headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
    redirect: "manual",
    signal: AbortSignal.timeout(ANSWER_WAIT_MS),
  }).catch((fault: Error) => {
    throw new TimestampFault(`${url} does not answer: ${fault.message}`)
  })
  const answer = response.status === 200 ? await bounded(response) : undefined
  if (!answer) throw new TimestampFault(`${url} answered ${response.status}`)
  const stamp = readAnswer(answer, request, data, anchors)
  if (!stamp.isTrusted) throw new TimestampFault(`no trusted authority has certified ${stamp.authority}`)
  return stamp
}

async function bounded(response: Response): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length
    if (bytes > ANSWER_BYTES_MAX) throw new TimestampFault("the answer is too long")
    chunks.push(Buffer.from(chunk as Uint8Array))
  }
  return Buffer.concat(chunks)
}
