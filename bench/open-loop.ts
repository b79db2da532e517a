// An open loop, run as a process of its own: requests leave at their times whether or not the ones before were answered.
// Reads one order from the standard input, prints one answer. A time counts from when the request was due, so that no delay hides.
import { Agent, get } from "node:http"
import { json } from "node:stream/consumers"
import { quantile } from "./measure.ts"

/** Addresses are asked for in turn, each with its cookies. */
export interface Order {
  readonly pages: readonly { readonly url: string; readonly cookie: string }[]
  readonly perSecond: number
  readonly seconds: number
}

/** Milliseconds; `wrong` counts answers other than 200. */
export interface Answer {
  readonly sent: number
  readonly wrong: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly most: number
}

if (process.argv[1] === import.meta.filename) {
  const order = (await json(process.stdin)) as Order
  console.log(JSON.stringify(await run(order)))
}

async function run({ pages, perSecond, seconds }: Order): Promise<Answer> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const times: number[] = []
  let wrong = 0
  const began = performance.now()
  const one = async (nth: number) => {
    const due = began + (nth * 1_000) / perSecond
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    const from = performance.now()
    const status = await ask(agent, pages[nth % pages.length]!)
    // A timer of Node.js wakes up to a millisecond late by itself; what it is late beyond that is the wait of a busy machine.
    times.push(performance.now() - Math.min(from, due + 1))
    if (status !== 200) wrong++
  }
  await Promise.all(Array.from({ length: perSecond * seconds }, (_, nth) => one(nth)))
  agent.destroy()
  const at = (q: number) => quantile(times, q)
  return { sent: times.length, wrong, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: Math.max(...times) }
}

/** Reads an answer to its end and gives its status; 0 when none came. */
function ask(agent: Agent, { url, cookie }: { url: string; cookie: string }): Promise<number> {
  return new Promise((resolve) => {
    const headers = { cookie, accept: "text/html", "accept-encoding": "br, gzip" }
    const request = get(url, { agent, headers }, (response) => {
      response.resume()
      response.on("end", () => resolve(response.statusCode ?? 0))
    })
    request.on("error", () => resolve(0))
  })
}
