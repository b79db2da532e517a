// Two sites of which a test can turn every knob, and others that are not what they should be: what provokes the errors of the road.
import assert from "node:assert/strict"
import { generateKeyPairSync, X509Certificate } from "node:crypto"
import { createServer as createHttpServer } from "node:http"
import { createServer as createTlsServer } from "node:https"
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net"
import { errorType } from "#engines/xroad"
import type { Demand, Offered, Peer, Roads } from "#line"
import type { Db } from "#platform/db"
import { makeCertificate } from "../../src/modules/federation/certificates.ts"
import { ecSigner } from "../../src/modules/federation/signer.ts"
import { answerTo } from "./envelopes.ts"
import { type Ask, askFace, openTwoWorlds, type Provide, type Told, type TwoWorlds } from "./two-worlds.ts"

/** What a test changes in what both sites know. */
export interface Knobs {
  expired?: string
  demand?: Demand
  maintenance?: string
  /** Instead of the ministry's site. */
  address?: string
  stranger?: boolean
  offered?: Partial<Offered>
  unhosted?: boolean
  notOfPeer?: boolean
  /** The site whose database takes nothing. */
  diskFails?: string
}
let knobs: Knobs = {}

export function turn(to: Knobs): void {
  knobs = to
}

const turned = (id: string, roads: Roads): Roads => ({
  ...roads,
  isFresh: (at) => knobs.expired !== id && roads.isFresh(at),
  demandOf: (client) => knobs.demand ?? roads.demandOf(client),
  hosts: (client) => (id === "commune" || !knobs.unhosted) && roads.hosts(client),
  belongsTo: (client, peer) => !knobs.notOfPeer && roads.belongsTo(client, peer),
  servers: (subsystem) => roads.servers(subsystem).map(turnedPeer),
  offered: (service) => {
    const offered = roads.offered(service)
    return offered && { ...offered, ...knobs.offered }
  },
})

const turnedPeer = (peer: Peer): Peer => ({
  ...peer,
  id: knobs.address === undefined ? peer.id : `elsewhere-${knobs.address}`,
  address: knobs.address ?? peer.address,
  ...(knobs.maintenance !== undefined && { maintenance: knobs.maintenance }),
  hasAuth: (thumbprint) => !knobs.stranger && (knobs.address !== undefined || peer.hasAuth(thumbprint)),
})

const failing = (id: string, db: Db): Db => ({
  ...db,
  tx: (actor, deed) => (knobs.diskFails === id ? Promise.reject(new Error("no disk")) : db.tx(actor, deed)),
  run: (...statements) => (knobs.diskFails === id ? Promise.reject(new Error("no disk")) : db.run(...statements)),
})

export interface Row {
  readonly what: string
  readonly ask: Ask
  readonly place: Parameters<typeof errorType>[0]
  readonly code: Parameters<typeof errorType>[1]
  readonly knobs?: Knobs
  readonly message?: RegExp
  readonly provide?: Provide
}

export const CLIENT = "Server.ClientProxy"
export const SERVER = "Server.ServerProxy"
export const FAILED = "Server.ServerProxy.ServiceFailed"
const HOST = "127.0.0.1"
/** Where nobody listens. */
export const NOBODY = `${HOST}:1`

export interface Provoking {
  readonly sites: TwoWorlds
  /** Peers with the ministry's own keys that break off, answer without a seal, and one with a certificate of nobody. */
  readonly cutsOff: string
  readonly unsigned: string
  readonly unknownAuthority: string
  /** Systems behind a service: one that hangs up, one that answers without a content type. */
  readonly hangsUp: string
  readonly plainService: string
  /** Asks both faces of the commune, each of which must tell the row's code in its spelling; gives what the first one told. */
  both(row: Row, codeOf: (told: Told) => string | undefined): Promise<Told>
  close(): Promise<void>
}

export async function openProvoking(): Promise<Provoking> {
  const limits = { bodyMaxBytes: 100_000, soapMaxBytes: 50_000, underWayMax: 3 }
  const sites = await openTwoWorlds({ roads: turned, db: failing, limits })
  const servers: Server[] = []
  const listening = async (server: Server): Promise<string> => {
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, HOST, resolve))
    return `${HOST}:${(server.address() as AddressInfo).port}`
  }
  const { authCertificate: cert, authKey: key } = sites.federation.sites[1]
  return {
    sites,
    cutsOff: await listening(createTlsServer({ cert, key }, (request) => request.socket.destroy())),
    unsigned: await listening(createTlsServer({ cert, key }, (_request, response) => response.end("hello"))),
    unknownAuthority: await listening(createTlsServer(await keysOfNobody(), (_request, response) => response.end())),
    hangsUp: await listening(createTcpServer((socket) => socket.destroy())),
    plainService: await listening(createHttpServer((_request, response) => response.end("plain"))),
    both: (row, codeOf) => both(sites, row, codeOf),
    close: async () => {
      turn({})
      for (const server of servers) server.close()
      await sites.close()
    },
  }
}

async function keysOfNobody() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const [from, until] = [new Date("2020-01-01"), new Date("2049-01-01")]
  const about = { kind: "auth", name: "nobody", organisation: "Test", issuer: undefined, host: "localhost" } as const
  const made = await makeCertificate({ ...about, issuerSigner: ecSigner(privateKey), publicKey, from, until })
  return { cert: new X509Certificate(made).toString(), key: privateKey.export({ type: "pkcs8", format: "pem" }) }
}

async function both(sites: TwoWorlds, row: Row, codeOf: (told: Told) => string | undefined): Promise<Told> {
  knobs = row.knobs ?? {}
  sites.provide =
    row.provide ?? ((_request, body, response) => response.setHeader("Content-Type", "text/xml").end(answerTo(body.toString())))
  const told = await sites.ask(row.ask)
  assert.equal(codeOf(told), errorType(row.place, row.code))
  const snake = await askFace({ ...row.ask, port: sites.commune.snake })
  assert.equal(codeOf(snake), errorType(row.place, row.code, "snake"))
  assert.equal(snake.status, told.status)
  return told
}
