// What a site answers about the federation itself, as deeds over parsed JSON: whoever serves HTTP mounts them.
import type { Tx } from "#platform/db"
import { acceptJoin } from "./accept-join.ts"
import { takeAnnouncement } from "./announce-site.ts"
import { renewCertificates } from "./renew-certificates.ts"
import { findLastDirectory, findLastIssue } from "./store.ts"
import { takeContract } from "./take-contract.ts"

export interface FederationEndpoint {
  readonly method: "GET" | "POST"
  readonly path: string
  /** At the hub alone, or at every site. */
  readonly at: "hub" | "site"
  /** Bytes of the body. */
  readonly bodyMax: number
  /** Proves by itself who asks: it may run for `{ kind: "public" }`. */
  readonly deed: (tx: Tx, input: EndpointInput) => Promise<object>
}

export interface EndpointInput {
  readonly query: Readonly<Record<string, string | undefined>>
  readonly body: unknown
}

const SMALL = 256 * 1024
const LARGE = 2 * 1024 * 1024

/** Every answer is JSON. */
export const federationEndpoints: readonly FederationEndpoint[] = [
  {
    ...{ method: "GET", path: "/federation/directory", at: "hub", bodyMax: 0 },
    deed: async (tx, { query }) => readDirectory(tx, Number(query.since ?? 0)),
  },
  { method: "POST", path: "/federation/join", at: "hub", bodyMax: LARGE, deed: (tx, { body }) => acceptJoin(tx, body) },
  {
    ...{ method: "POST", path: "/federation/renew", at: "hub", bodyMax: SMALL },
    deed: (tx, { body }) => renewCertificates(tx, jwsIn(body)),
  },
  {
    ...{ method: "POST", path: "/federation/announce", at: "hub", bodyMax: LARGE },
    deed: (tx, { body }) => takeAnnouncement(tx, jwsIn(body)),
  },
  { method: "POST", path: "/federation/contracts", at: "site", bodyMax: SMALL, deed: (tx, { body }) => takeContract(tx, body) },
]

const jwsIn = (body: unknown): unknown => (body as { jws?: unknown } | null)?.jws

/** The newest directory; without its text when the asker has the version `since` already. */
export async function readDirectory(tx: Tx, since: number): Promise<{ version: number; directory?: string }> {
  const version = (await findLastIssue(tx))?.version ?? 0
  const row = version > since ? await findLastDirectory(tx) : undefined
  return { version, ...(row && { directory: row.jws }) }
}
