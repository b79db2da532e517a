// Signs how far the log has come: size and root of the tree over all batches.
import { checkpointBody, signNote } from "#engines/ledger"
import { type LogKeys, type LogState, SYSTEM } from "./log-state.ts"
import { insertCheckpoint } from "./store.ts"

/** Writes a checkpoint over all batches that are stored. */
export async function writeCheckpoint({ db, book, note, site }: LogKeys, log: LogState): Promise<void> {
  const { size } = log
  const root = log.edge.root()
  const text = signNote(checkpointBody({ origin: note.name, size, root }), { name: note.name, key: note.private })
  const row = { size, root, edge: log.edge.serialise(), note: text, madeAt: site.clock() }
  await db.tx(SYSTEM, (tx) => insertCheckpoint(tx, book, row))
  log.noted = size
}
