// Ports of this machine that nobody has just now, below those that the system gives out by itself: none is given away before it is used.
import { randomInt } from "node:crypto"
import { once } from "node:events"
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

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1")
  const isOurs = await Promise.race([once(server, "listening").then(() => true), once(server, "error").then(() => false)])
  server.close()
  return isOurs
}
