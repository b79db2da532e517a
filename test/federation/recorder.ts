// Somebody in the middle, with stolen keys of TLS on both sides: records sealed requests, lets them pass or keeps them back, and sends what he likes.
import { once } from "node:events"
import { createServer, request as httpsRequest } from "node:https"
import type { TLSSocket } from "node:tls"
import { PROTOCOL } from "../../src/modules/line/link.ts"
import { FrameReader, printFrame, type RequestHead, type Seal } from "../../src/modules/line/wire.ts"

/** A request with the seal that it came under. */
export interface Recorded {
  readonly seal: Seal | undefined
  readonly head: RequestHead
  readonly body: Buffer
}

export interface Keys {
  readonly cert: string
  readonly key: string
}

export interface Told {
  readonly status: number
  /** X-Road's code of the error. */
  readonly code: string | undefined
  readonly body: string
}

export interface Recorder {
  readonly recorded: Recorded[]
  /** Are requests kept back, and their connections broken? */
  isHolding: boolean
  close(): void
}

/** Listens where a site believes its peer to be, with the peer's key, and passes on what comes in the consumer's name. */
export async function openRecorder(port: number, own: Keys, to: number, as: Keys): Promise<Recorder> {
  const recorded: Recorded[] = []
  const server = createServer(own)
  const sockets = new Set<TLSSocket>()
  server.on("upgrade", async (_, socket, head) => {
    sockets.add(socket as TLSSocket)
    socket.on("error", () => undefined).on("close", () => beyond.destroy())
    const beyond = await openLink(to, as)
    sockets.add(beyond)
    beyond.on("data", (chunk) => socket.write(chunk)).on("close", () => socket.destroy())
    const reader = new FrameReader()
    const pass = (chunk: Buffer) => {
      for (const { seal, requests } of reader.push(chunk))
        recorded.push(...requests.map((request) => ({ seal, head: request.head, body: request.body })))
      if (recorder.isHolding) socket.destroy()
      else beyond.write(chunk)
    }
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${PROTOCOL}\r\n\r\n`)
    if (head.length > 0) pass(head)
    socket.on("data", pass)
  })
  const recorder: Recorder = {
    recorded,
    isHolding: false,
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
  await once(server.listen(port, "127.0.0.1"), "listening")
  return recorder
}

/** The refusal of a connection itself. */
class NoLink extends Error {
  constructor(readonly code: string | undefined) {
    super(`no link: ${code}`)
  }
}

/** Opens a link with this certificate. Rejects with what is said of it, or where the connection is ended. */
function openLink(port: number, keys: Keys): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const headers = { Connection: "Upgrade", Upgrade: PROTOCOL }
    const to = { host: "127.0.0.1", port, headers, agent: false, rejectUnauthorized: false, minVersion: "TLSv1.3" as const }
    const asked = httpsRequest({ ...to, ...keys })
    asked.once("upgrade", (_, socket, head) => {
      socket.on("error", () => undefined)
      if (head.length > 0) socket.unshift(head)
      resolve(socket as TLSSocket)
    })
    asked.once("response", (told) => {
      told.resume()
      reject(new NoLink(told.headers["x-road-error"] as string | undefined))
    })
    asked.once("error", reject)
    asked.end()
  })
}

/** Sends requests in one frame, under the seal of the first, over a connection of their own; gives what comes of the first. */
export async function sendTo(port: number, keys: Keys, ...requests: readonly [Recorded, ...Recorded[]]): Promise<Told> {
  const { seal, head } = requests[0]
  const frame = { seal, requests: requests.map((one) => ({ head: { ...one.head, length: one.body.length }, body: one.body })) }
  let socket: TLSSocket
  try {
    socket = await openLink(port, keys)
  } catch (fault) {
    if (fault instanceof NoLink) return { status: 0, code: fault.code, body: "" }
    throw fault
  }
  const reader = new FrameReader()
  socket.write(printFrame({ ...frame, announced: [], answers: [], refusals: [] }))
  try {
    for await (const chunk of socket as AsyncIterable<Buffer>)
      for (const { answers, refusals } of reader.push(chunk)) {
        const refused = refusals.find(({ id }) => id === head.id)?.error
        if (refused) return { status: 0, code: `${refused.place}.${refused.code}`, body: refused.message }
        const answer = answers.find((one) => one.head.id === head.id)
        if (answer) return { status: answer.head.status, code: undefined, body: answer.body.toString() }
      }
    throw new Error("the link was ended without an answer")
  } finally {
    socket.destroy()
  }
}
