// What a first visit weighs on the wire: status line, headers and body as they come over a fresh connection.
import { Agent, get } from "node:http"
import { brotliDecompressSync, gunzipSync } from "node:zlib"

export interface Weight {
  /** Everything that the socket brought. */
  readonly bytes: number
  readonly text: string
}

/** Asks for one address over a connection of its own. */
export function weigh(url: string, encoding: "br" | "gzip", cookie = ""): Promise<Weight> {
  return new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: false })
    const headers = { accept: "text/html,*/*", "accept-encoding": encoding, ...(cookie && { cookie }) }
    const request = get(url, { agent, headers }, (response) => {
      const chunks: Buffer[] = []
      const { socket } = response
      response.on("data", (chunk: Buffer) => chunks.push(chunk))
      response.on("end", () => {
        const body = Buffer.concat(chunks)
        if (response.statusCode !== 200) return reject(new Error(`${url}: ${response.statusCode}`))
        resolve({ bytes: socket.bytesRead, text: unpacked(body, response.headers["content-encoding"]).toString("utf8") })
      })
    })
    request.on("error", reject)
  })
}

const unpacked = (body: Buffer, encoding: string | undefined): Buffer =>
  encoding === "br" ? brotliDecompressSync(body) : encoding === "gzip" ? gunzipSync(body) : body

/** A page and everything that it makes a browser fetch: styles, scripts, images, and the fonts that its styles name. */
export async function firstVisit(url: string): Promise<{ requests: number; bytes: number }> {
  const page = await weigh(url, "br")
  const seen = new Map<string, number>([[url, page.bytes]])
  const queue = referredIn(page.text, url)
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (seen.has(next)) continue
    const { bytes, text } = await weigh(next, "br")
    seen.set(next, bytes)
    if (next.endsWith(".css")) queue.push(...namedIn(text, next))
  }
  return { requests: seen.size, bytes: [...seen.values()].reduce((sum, bytes) => sum + bytes, 0) }
}

function referredIn(html: string, base: string): string[] {
  const links = [...html.matchAll(/<link\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => /rel="?(stylesheet|icon|preload|manifest)/.test(tag))
    .map((tag) => /href="?([^"\s>]+)/.exec(tag)?.[1])
  const sources = [...html.matchAll(/<(?:script|img)\b[^>]*?\bsrc="?([^"\s>]+)/g)].map((match) => match[1])
  const styles = [...html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style>/g)].flatMap((match) => namedIn(match[1]!, base))
  return [...links, ...sources]
    .filter((path) => path !== undefined)
    .map((path) => new URL(path, base).href)
    .concat(styles)
}

const namedIn = (css: string, base: string): string[] =>
  [...css.matchAll(/url\(["']?([^"')]+)["']?\)/g)]
    .map((match) => match[1]!)
    .filter((path) => !path.startsWith("data:"))
    .map((path) => new URL(path, base).href)
