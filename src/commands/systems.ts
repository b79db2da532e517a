// Where information systems of a site reach its line, and how each of them must come.
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import type { SiteFile } from "#federation"
import { certificateThumbprint, type Demand, type OpenLine, type TlsKeys } from "#line"

/** What the file demands of clients, by their full ids. Throws an Error for a certificate that can't be read. */
export function demandsOf({ instance, clients = [] }: SiteFile, folder: string): Map<string, Demand> {
  return new Map(
    clients.map(({ client, certificates }): [string, Demand] => [
      `${instance}/${client}`,
      certificates ? { certificates: new Set(certificates.map((path) => thumbprintIn(resolve(folder, path)))) } : "tls",
    ]),
  )
}

function thumbprintIn(path: string): string {
  try {
    return certificateThumbprint(readFileSync(path, "utf8"))
  } catch (cause) {
    throw new Error(`${path} is no certificate (PEM) that can be read`, { cause })
  }
}

/** Listens where the file says, in the clear and over TLS. */
export async function listenToSystems(line: OpenLine, { systems, systemsTls }: SiteFile, tls: TlsKeys): Promise<void> {
  if (systems !== undefined) await line.listenToClients(...portFirst(systems))
  if (systemsTls !== undefined) await line.listenToClients(...portFirst(systemsTls), faceTls(tls))
}

/** The face shows the certificate of the line. */
export const faceTls = ({ certificate, key }: TlsKeys): { certificate: string; key: string } => ({
  certificate,
  key: typeof key === "string" ? key : key.export({ type: "pkcs8", format: "pem" }).toString(),
})

/** Lines to be printed. */
export const systemsLines = ({ systems, systemsTls }: SiteFile): string[] => [
  ...(systems === undefined ? [] : [`  systems         ${placeOf(systems).join(":")}`]),
  ...(systemsTls === undefined ? [] : [`  systems, TLS    ${placeOf(systemsTls).join(":")}`]),
]

const portFirst = (address: string | number): [port: number, host: string] => {
  const [host, port] = placeOf(address)
  return [port, host]
}

/** Host and port; a port alone is one of this machine. */
export function placeOf(address: string | number): [host: string, port: number] {
  if (typeof address === "number") return ["127.0.0.1", address]
  const colon = address.lastIndexOf(":")
  return [address.slice(0, colon).replace(/^\[|\]$/g, ""), Number(address.slice(colon + 1))]
}
