// Ports of this machine that nobody has just now, below those that the system gives out by itself: none is given away before it is used.
import { randomInt } from "node:crypto"
import { createSocket } from "node:dgram"
import { type EventEmitter, once } from "node:events"
import { createServer } from "node:net"

const FIRST = 10_000
const END = 32_000

export const freePort = async (): Promise<number> => (await freePorts(1))[0]!

/** Neighbouring ones. */
export async function freePorts(count: number): Promise<number[]> {
  for (;;) {
    const first = randomInt(FIRST, END - count)
    const ports = Array.from({ length: count }, (_, i) => first + i)
    const free = await Promise.all(ports.map(isFree))
    if (free.every(Boolean)) return ports
  }
}

/** Is it free, and nobody else's to take? The UDP port of the same number is held as long as this process lives, so that no other is told the same. */
async function isFree(port: number): Promise<boolean> {
  const claim = createSocket("udp4").unref().bind({ port, address: "127.0.0.1", exclusive: true })
  const server = createServer().listen(port, "127.0.0.1")
  const [isClaimed, isOurs] = await Promise.all([isListening(claim), isListening(server)])
  server.close()
  if (!isClaimed || !isOurs) claim.close()
  return isClaimed && isOurs
}

const isListening = (socket: EventEmitter): Promise<boolean> =>
  once(socket, "listening").then(
    () => true,
    () => false,
  )
