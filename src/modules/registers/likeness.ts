// Fingerprints by which a record that says the same as another is found: name, birth date and mother, for instance.
import { createHmac } from "node:crypto"
import type { Tx } from "#platform/db"
import type { RecordType } from "./definition.ts"
import { findLike, type LikelyRecord } from "./store.ts"

/** One fingerprint for each duplicate rule whose fields all have a value; keyed by the site, so that nobody can guess it from outside. */
export function likenessesOf(tx: Tx, type: RecordType, data: Readonly<Record<string, unknown>>): string[] {
  const secret = tx.site.keys.secret("likeness")
  return (type.record.duplicates ?? []).flatMap((fields, rule) => {
    const values = fields.map((id) => plain(data[id]))
    if (values.includes("")) return []
    return `${type.name}#${rule}:${createHmac("sha256", secret).update(JSON.stringify(values)).digest("hex").slice(0, 32)}`
  })
}

/** The record that says the same as `data` (of the person of `number`, where that is known); undefined when there is none. */
export async function findLikely(
  tx: Tx,
  type: RecordType,
  data: Readonly<Record<string, unknown>>,
  number?: string,
): Promise<LikelyRecord | undefined> {
  const likenesses = likenessesOf(tx, type, { ...data, ...(number && { [type.record.key]: number }) })
  return likenesses.length === 0 ? undefined : findLike(tx, likenesses)
}

/** The same letters whatever the case, the spaces and the Unicode form. */
const plain = (value: unknown): string =>
  (typeof value === "string" ? value : value === undefined || value === null ? "" : JSON.stringify(value))
    .normalize("NFC")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim()
