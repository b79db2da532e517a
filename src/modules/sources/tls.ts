// TLS to a database: on the machine itself none is needed, beyond it there is no way round it but to say so.
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import type { DatabaseSource } from "./source-file.ts"

/** A host that begins with a slash is the folder of a socket, as PostgreSQL's own clients have it. */
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|::1|\/.*)$/

/** How the server is believed; undefined when the connection goes in clear. */
export function tlsOf(
  { tls, host = "127.0.0.1", socket, ca }: DatabaseSource["connection"],
  folder: string,
): { readonly rejectUnauthorized: true; readonly ca?: Buffer } | undefined {
  const isWanted = tls === undefined ? socket === undefined && !LOOPBACK.test(host) : tls === "required"
  return isWanted ? { rejectUnauthorized: true, ...(ca && { ca: readFileSync(resolve(folder, ca)) }) } : undefined
}
