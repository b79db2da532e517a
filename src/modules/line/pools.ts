// Connections to peers and to providers, kept open, and how this site shows itself on them.
import { Pool } from "undici"
import { thumbprintOf } from "#federation"
import { CONNECTIONS_TO_ONE_MAX } from "./limits.ts"
import type { TlsKeys } from "./line.ts"
import type { Peer } from "./roads.ts"

/** TLS 1.3 with this site's certificate and the anchors of the directory. */
export const tlsOf = ({ certificate, key, anchors }: TlsKeys) => ({
  cert: certificate,
  key: typeof key === "string" ? key : key.export({ type: "pkcs8", format: "pem" }),
  ca: [...anchors],
  minVersion: "TLSv1.3" as const,
  rejectUnauthorized: true,
})

export class Pools {
  private toPeers = new Map<string, Pool>()
  private readonly toProviders = new Map<string, Pool>()

  constructor(private tls: TlsKeys) {}

  /** For connections to a peer: they end where another shows itself. */
  tlsTo(peer: Peer) {
    const isStranger = (_host: string, { raw }: { readonly raw: Buffer }) =>
      peer.hasAuth(thumbprintOf(raw)) ? undefined : stranger(peer)
    return { ...tlsOf(this.tls), checkServerIdentity: isStranger }
  }

  to(peer: Peer): Pool {
    const name = `${peer.id} ${peer.address}`
    const known = this.toPeers.get(name)
    if (known) return known
    const pool = new Pool(`https://${peer.address}`, { connections: CONNECTIONS_TO_ONE_MAX, connect: this.tlsTo(peer) })
    this.toPeers.set(name, pool)
    return pool
  }

  provider(origin: string): Pool {
    const known = this.toProviders.get(origin) ?? new Pool(origin, { connections: CONNECTIONS_TO_ONE_MAX })
    this.toProviders.set(origin, known)
    return known
  }

  renew(tls: TlsKeys): void {
    this.tls = tls
    for (const pool of this.toPeers.values()) void pool.close()
    this.toPeers = new Map()
  }

  async close(): Promise<void> {
    await Promise.all([...this.toPeers.values(), ...this.toProviders.values()].map((pool) => pool.close()))
  }
}

const stranger = ({ id }: Peer): Error =>
  Object.assign(new Error(`the certificate is not one of ${id}`), { code: "ERR_TLS_STRANGER" })
