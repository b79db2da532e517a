// Two sites of the line in one process, each with a database of its own, and the system behind the ministry's service.
import { createPrivateKey } from "node:crypto"
import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { openSealer, type Sealer } from "#evidence"
import { type FaceLimits, type OpenLine, openLine, type Roads } from "#line"
import type { Db } from "#platform/db"
import { openWorld, type World } from "../world.ts"
import { CONSUMER, type Federation, INSTANCE, makeFederation, roadsOf, SERVICE, sealingKeyOf, tlsOf } from "./two-sites.ts"

export type Provide = (request: IncomingMessage, body: Buffer, response: ServerResponse) => void

export interface LineSite {
  readonly world: World
  readonly sealer: Sealer
  readonly line: OpenLine
  readonly peers: number
  readonly clients: number
  /** A second face, which spells errors as X-Road 7.8 does, and the line behind it. */
  readonly snake: number
  readonly other: OpenLine
}

export interface TwoWorlds {
  readonly federation: Federation
  readonly commune: LineSite
  readonly ministry: LineSite
  /** What the system behind the service does with a request; set by a test. */
  provide: Provide
  /** Sends a request of an information system to the commune's face. */
  ask(options?: Ask): Promise<Told>
  close(): Promise<void>
}

export interface Ask {
  readonly method?: string
  /** The request line's target, raw. */
  readonly url?: string
  readonly headers?: readonly string[]
  readonly body?: string | Buffer
  /** Another port than the commune's face. */
  readonly port?: number
}

export interface Told {
  readonly status: number
  readonly headers: IncomingMessage["headers"]
  readonly raw: readonly string[]
  readonly body: Buffer
}

const HOST = "127.0.0.1"
export const PATH = `/r1/${SERVICE}`

export interface Changes {
  /** Changes what a site knows. */
  readonly roads?: (id: string, roads: Roads) => Roads
  /** Changes the database of a site's evidence. */
  readonly db?: (id: string, db: Db) => Db
  readonly limits?: Partial<FaceLimits>
}

/** Opens both sites with the country pack of none: the line knows no register. */
export async function openTwoWorlds(changes: Changes = {}): Promise<TwoWorlds> {
  const made: { provide: Provide } = { provide: (_request, body, response) => response.end(body) }
  const provider = await listening(
    createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on("data", (chunk: Buffer) => chunks.push(chunk))
      request.on("end", () => made.provide(request, Buffer.concat(chunks), response))
    }),
  )
  const worlds = [await openWorld({ country: false }), await openWorld({ country: false })] as const
  const federation = await makeFederation(worlds[0].site.clock())
  const addresses = new Map<string, string>()
  const origin = `http://127.0.0.1:${portOf(provider)}`
  const urls = {
    url: `${origin}/base`,
    soapUrl: `${origin}/soap?x=1`,
    openApi: `${origin}/openapi.yaml`,
    wsdl: `${origin}/find-person.wsdl`,
  }
  const openSite = async (index: 0 | 1): Promise<LineSite> => {
    const [world, own] = [worlds[index], federation.sites[index]]
    const { id } = own
    const known = roadsOf(federation, id, { addresses, ...urls })
    const roads = changes.roads?.(id, known) ?? known
    const note = { name: `${id}.test/log`, private: createPrivateKey(own.noteKey) }
    const db = changes.db?.(id, world.db) ?? world.db
    const sealer = await openSealer({
      db,
      site: world.site,
      book: id,
      key: sealingKeyOf(own, createPrivateKey(own.sealKey)),
      note,
    })
    const common = {
      site: world.site,
      instance: INSTANCE,
      roads,
      tls: tlsOf(federation, own),
      sealer,
      ...(changes.limits && { limits: changes.limits }),
    }
    const folder = join(world.dir, "line")
    const line = openLine({ ...common, folder })
    const peers = await line.listenToPeers(0, HOST)
    addresses.set(id, `${HOST}:${peers}`)
    const other = openLine({ ...common, folder, errors: "snake" })
    const snake = await other.listenToClients(0, HOST)
    return { world, sealer, line, other, peers, clients: await line.listenToClients(0, HOST), snake }
  }
  const [commune, ministry] = [await openSite(0), await openSite(1)]
  return Object.assign(made, {
    federation,
    commune,
    ministry,
    ask: (options: Ask = {}) => askFace({ port: commune.clients, ...options }),
    close: async () => {
      for (const { line, other, sealer, world } of [commune, ministry]) {
        await other.close()
        await line.close()
        await sealer.close()
        await world.close()
      }
      provider.closeAllConnections()
      provider.close()
    },
  })
}

/** Sends exactly what is said: nothing of the target is tidied on the way. */
export function askFace({ method = "GET", url = PATH, headers = ["X-Road-Client", CONSUMER], body, port }: Ask): Promise<Told> {
  return new Promise((resolve, reject) => {
    const head = [...headers, ...(body === undefined ? [] : ["Content-Length", String(Buffer.byteLength(body))])]
    const asked = httpRequest(
      { port: port!, host: "127.0.0.1", method, path: url, headers: ["Host", "face", ...head], agent: false },
      (told) => {
        const chunks: Buffer[] = []
        told.on("data", (chunk: Buffer) => chunks.push(chunk))
        told.on("end", () =>
          resolve({ status: told.statusCode!, headers: told.headers, raw: told.rawHeaders, body: Buffer.concat(chunks) }),
        )
        told.on("error", reject)
      },
    )
    asked.on("error", reject)
    asked.end(body)
  })
}

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)))
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port
