// How an information system came to the face, and whether that is how its subsystem wants to be spoken for.
import { refusal } from "./refusal.ts"
import type { Roads } from "./roads.ts"

export interface Connection {
  readonly isTls: boolean
  /** Of the certificate it showed: SHA-256 of the DER, base64url. */
  readonly thumbprint?: string
  /** When that certificate ends. */
  readonly until?: Date
}

/** Throws the refusal of a client that came in the clear, with nobody's certificate or with one that has ended. */
export function admit(roads: Roads, client: string, from: Connection, at: Date): void {
  const demand = roads.demandOf(client)
  if (demand === "any") return
  const refused = (reason: string) => refusal("client-not-authenticated", { client, reason })
  if (!from.isTls) throw refused("it must connect over TLS")
  if (demand === "tls") return
  if (from.thumbprint === undefined) throw refused("it must show a certificate")
  if (!demand.certificates.has(from.thumbprint)) throw refused("its certificate is not one that is registered for it")
  if (from.until && from.until <= at) throw refused("its certificate has expired")
}
