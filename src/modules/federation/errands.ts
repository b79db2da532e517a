// Contracts on their way: what another party has not yet heard is sent until it has taken it, for days if need be.
import type { Tx } from "#platform/db"
import { findDirectory } from "./latest-directory.ts"
import { ERRAND_RETRY_MAX_MS, ERRAND_RETRY_MS, ERRANDS_AT_ONCE } from "./limits.ts"
import { dropErrand, type ErrandRow, findContract, putOffErrand, readErrands, readSignatures } from "./store.contracts.ts"
import type { ContractMessage } from "./take-contract.ts"

export interface Errand extends ErrandRow {
  /** Where the other site's face is reached; undefined when the directory does not list it now. */
  readonly face: string | undefined
  readonly message: ContractMessage
}

/** Errands that are due, each with all that is signed by now. */
export async function dueErrands(tx: Tx): Promise<Errand[]> {
  const latest = await findDirectory(tx)
  const errands: Errand[] = []
  for (const row of await readErrands(tx, ERRANDS_AT_ONCE)) {
    const contract = await findContract(tx, row.hash)
    const signatures = (await readSignatures(tx, row.hash)).map(({ jws }) => jws)
    const message = { content: contract?.content ?? "", signatures }
    errands.push({ ...row, face: latest?.book.site(row.site)?.face, message })
  }
  return errands
}

/** Notes what came of an errand: done, or to be tried again later, after ever longer waits. */
export async function noteErrand(tx: Tx, errand: Errand, isDone: boolean): Promise<void> {
  if (isDone) await dropErrand(tx, errand)
  else {
    const wait = Math.min(ERRAND_RETRY_MS * 2 ** Math.min(errand.tries, 10), ERRAND_RETRY_MAX_MS)
    await putOffErrand(tx, errand, new Date(tx.now.getTime() + wait))
  }
}
