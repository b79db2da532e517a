// Gives a person the unique number, once, by the rules of the country.
import { randomInt } from "node:crypto"
import { countryOf } from "#country"
import { newPersonalNumber } from "#engines/codes"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import type { RecordType } from "./definition.ts"
import { grant, selectVersions } from "./store.ts"

const TRIES_MAX = 20

/**
 * A number that nobody has. The data say sex and birth date; the place of registration gives the prefix. A demo gives only prefixes that no
 * real person can have. Throws `number-not-assigned` when the data don't suffice or no free number is found.
 */
export async function assignNumber(tx: Tx, type: RecordType, data: Readonly<Record<string, unknown>>): Promise<string> {
  const { sex, birthDate } = data
  if ((sex !== "male" && sex !== "female") || typeof birthDate !== "string") throw problem("number-not-assigned")
  const rules = countryOf(tx).personalNumber
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    const number = newPersonalNumber(rules, { prefix: prefixFor(tx, data), sex, birthDate, random: randomInt })
    const subject = tx.site.keys.subjectOf(number)
    const [, taken] = await Promise.all([grant(tx, `${type.name}/${subject}`), selectVersions(tx, type.name, subject, subject)])
    if (taken.length === 0) return number
  }
  throw problem("number-not-assigned")
}

/** The prefix of the place of birth registration: the code of the top division, filled with zeros to the length of a prefix. */
function prefixFor(tx: Tx, data: Readonly<Record<string, unknown>>): string {
  const { personalNumber, divisions } = countryOf(tx)
  const { from, to } = personalNumber.synthetic
  if (tx.site.demo) return String(randomInt(Number(from), Number(to) + 1)).padStart(from.length, "0")
  const place = typeof data.birthRegistration === "string" ? data.birthRegistration : ""
  const prefix = (divisions.path(place)[0]?.code ?? "").padStart(from.length, "0")
  if (!(prefix in personalNumber.prefixes)) throw problem("number-not-assigned")
  return prefix
}
