// Once a minute: the newest checkpoint is shown to the witnesses and to the timestamp authority, and what they say is kept with it.
import { parseNoteKey } from "#engines/ledger"
import type { Db } from "#platform/db"
import type { Site } from "#platform/site"
import { SYSTEM } from "./log-state.ts"
import { stampCheckpoint, type TimestampAuthority } from "./stamp-checkpoint.ts"
import { insertCertificates, selectCertificates } from "./store.vouches.ts"
import { askWitness, takeCosignature, type Witnessed } from "./witness.ts"

export interface Vouching {
  readonly db: Db
  readonly site: Site
  readonly book: string
  /** Asked anew in each round: the directory changes. */
  known(): Promise<VouchingNow>
}

export interface VouchingNow {
  readonly witnesses: readonly {
    /** Verifier key of the witness's own checkpoints. */
    readonly noteKey: string
    /** Posts JSON to the witness and gives the JSON that comes back. */
    post(request: unknown): Promise<unknown>
  }[]
  readonly authority?: TimestampAuthority
  /** Certificates for sealing (PEM by key id): those that are not kept yet are. */
  readonly certificates: ReadonlyMap<string, string>
}

export const VOUCH_EVERY_MS = 60_000
const CERTIFICATES_AT_ONCE = 1_000

/** Starts the rounds, the first at once. A fault ends no round but its own part, and is noted in the log. */
export function startVouching(vouching: Vouching, everyMs = VOUCH_EVERY_MS): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let running = Promise.resolve()
  const round = () => {
    running = vouch(vouching).finally(() => {
      if (!isStopped) timer = setTimeout(round, everyMs)
    })
  }
  round()
  return {
    stop: async () => {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}

/** One round. */
export async function vouch(vouching: Vouching): Promise<void> {
  const { db, site, book } = vouching
  const part = async (name: string, work: () => Promise<unknown>) => {
    await work().catch((error: Error & { code?: string }) =>
      site.log.warn({ part: name, fault: error.code ?? error.message }, "nobody else vouches for the evidence of this minute"),
    )
  }
  await part("certificates", async () => {
    const { witnesses, authority, certificates } = await vouching.known()
    await keepCertificates(db, book, certificates)
    await Promise.all([
      ...witnesses.map(({ noteKey, post }) => part("witness", () => beWitnessed(vouching, noteKey, post))),
      ...(authority ? [part("timestamp", () => stampCheckpoint(db, book, authority))] : []),
    ])
  })
}

/** Asks a witness, and once more from where it stands. A witness that knows another history is an error of the operator's log. */
export async function beWitnessed(
  { db, site, book }: Pick<Vouching, "db" | "site" | "book">,
  witness: string,
  post: (request: unknown) => Promise<unknown>,
): Promise<Witnessed | undefined> {
  const once = async (old?: number): Promise<Witnessed | undefined> => {
    const request = await db.tx(SYSTEM, (tx) => askWitness(tx, book, witness, old))
    if (!request) return undefined
    const answer = await post(request)
    return db.tx(SYSTEM, (tx) => takeCosignature(tx, book, witness, request, answer))
  }
  let told = await once()
  if (told && "refused" in told && told.refused === "stale") told = await once(told.size)
  if (told && "refused" in told && told.refused !== "stale")
    site.log.error({ witness: parseNoteKey(witness).name, ...told }, "a witness has seen another history of this log")
  return told
}

async function keepCertificates(db: Db, book: string, certificates: ReadonlyMap<string, string>): Promise<void> {
  const kept = new Set((await db.tx(SYSTEM, (tx) => selectCertificates(tx, book))).map(({ keyId }) => keyId))
  const fresh = [...certificates].filter(([keyId]) => !kept.has(keyId)).map(([keyId, pem]) => ({ keyId, pem }))
  for (let i = 0; i < fresh.length; i += CERTIFICATES_AT_ONCE)
    await db.tx(SYSTEM, (tx) => insertCertificates(tx, book, fresh.slice(i, i + CERTIFICATES_AT_ONCE)))
}
