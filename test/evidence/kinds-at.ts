// What the log of a site holds about an exchange, once a checkpoint covers it.
import { exportExchange, type RecordKind } from "#evidence"
import type { FederatedSite } from "../federation/three-sites.ts"

const KEYS = { noteKey: "", certificateOf: () => undefined, anchors: [] }

/** The kinds of its records, in the alphabet's order; waits until there are two, or six seconds. */
export async function kindsAt({ db, file }: FederatedSite, message: string): Promise<RecordKind[]> {
  const bundle = () => db.tx({ kind: "system", name: "test" }, (tx) => exportExchange(tx, file.site, message, KEYS))
  let found = await bundle()
  for (let i = 0; i < 300 && (found?.records.length ?? 0) < 2; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    found = await bundle()
  }
  return (found?.records ?? []).map(({ kind }) => kind).sort()
}
