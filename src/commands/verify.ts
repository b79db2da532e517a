// `motlan verify log`: walks the book and the log of evidence, also while the site runs. `motlan verify exchange`, `definition`: see the files of those names.
import { createPublicKey, type KeyObject } from "node:crypto"
import { verifyBook } from "#audit"
import { parseNoteKey } from "#engines/ledger"
import { verifyLog } from "#evidence"
import { knownKeys } from "#federation"
import type { Config } from "#platform/config"
import type { Actor } from "#platform/db"
import { type Alongside, alongside } from "./alongside.ts"
import { verifyDefinitionFiles } from "./verify-definition.ts"
import { verifyExchanges } from "./verify-exchange.ts"

export interface VerifyOptions {
  readonly anchor?: string
  readonly lang?: string
}

const SYSTEM: Actor = { kind: "system", name: "verify" }
const USAGE = `motlan verify log
motlan verify exchange FILE... [--anchor FILE] [--lang vi|en]
motlan verify definition DEFINITION SIGNATURE --anchor KEY [--lang vi|en]`

/** Says what was checked and what does not hold; 1 when there is any of that, 2 when it is not spelt rightly. */
export async function verify(config: () => Config, names: readonly string[], options: VerifyOptions = {}): Promise<number> {
  const [what, ...files] = names
  if (what === "exchange" && files.length > 0) return verifyExchanges(files, options)
  if (what === "definition" && files.length === 2 && options.anchor !== undefined)
    return verifyDefinitionFiles(files[0]!, files[1]!, options.anchor, options.lang)
  if (what !== "log" || files.length > 0) {
    console.error(USAGE)
    return 2
  }
  return alongside(config(), async (open) => {
    const isBookWhole = await sayBook(open)
    const isEvidenceWhole = !open.isFederated || (await sayEvidence(open))
    return isBookWhole && isEvidenceWhole ? 0 : 1
  })
}

async function sayBook({ db }: Alongside): Promise<boolean> {
  const verdict = await db.tx(SYSTEM, (tx) => verifyBook(tx))
  for (const { agency, seq, reason } of verdict.broken) console.log(`${agency}: entry ${seq} is ${reason}`)
  const count = `${verdict.entries} entries of ${verdict.agencies} agencies`
  console.log(verdict.broken.length === 0 ? `${count}: every link holds` : `${count}: ${verdict.broken.length} chains are broken`)
  return verdict.broken.length === 0
}

/** The log of the line, against the keys that this site has ever had. */
async function sayEvidence({ db, site }: Alongside): Promise<boolean> {
  const known = await db.tx(SYSTEM, knownKeys)
  const keys = new Map<string, KeyObject>()
  for (const [id, pem] of known.certificates) keys.set(id, createPublicKey(pem))
  const noteKey = parseNoteKey(known.noteKey)
  const { batches, records, checkpoints, broken } = await verifyLog({
    ...{ db, site, book: known.site, noteKey },
    keyOf: (id) => keys.get(id),
  })
  for (const { at, fault } of broken)
    console.log(`evidence: ${fault === "forked" || fault === "unsigned" ? "the checkpoint of" : "batch"} ${at} is ${fault}`)
  const count = `${records} records of evidence in ${batches} batches under ${checkpoints} checkpoints`
  console.log(broken.length === 0 ? `${count}: everything holds` : `${count}: ${broken.length} do not hold`)
  return broken.length === 0
}
