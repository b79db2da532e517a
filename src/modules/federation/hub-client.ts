// Talks to the hub and to other sites about the federation: small JSON over HTTP, no redirects, with limits.
// What travels proves itself and holds no secret, so that a site need not know the other's TLS authority to be sure of what it gets.
import type { ProblemParams } from "#platform/problem"
import { type ProblemCode, problem, problems } from "#problems"
import { ANSWER_BYTES_MAX, ANSWER_WAIT_MS } from "./limits.ts"

/** Posts JSON and gives the JSON that comes back. Throws `hub-silent`, `hub-refused`, or the problem that the other site named. */
export const postJson = (address: string, path: string, body: unknown): Promise<unknown> =>
  ask(address, path, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } })

/** The hub's newest directory; undefined when `since` is the newest. */
export async function fetchDirectory(address: string, since: number): Promise<string | undefined> {
  const answer = (await ask(address, `/federation/directory?since=${since}`, {})) as { directory?: unknown }
  if (answer.directory === undefined) return undefined
  if (typeof answer.directory !== "string") throw problem("hub-refused")
  return answer.directory
}

async function ask(address: string, path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(`${address}${path}`, {
    ...init,
    headers: { ...init.headers, accept: "application/json" },
    redirect: "manual",
    signal: AbortSignal.timeout(ANSWER_WAIT_MS),
  }).catch(() => {
    throw problem("hub-silent", { address })
  })
  const text = await bounded(response, address)
  const answer = parsed(text)
  if (response.ok && answer !== null && typeof answer === "object") return answer
  const { code, params } = (answer ?? {}) as { code?: unknown; params?: ProblemParams }
  if (typeof code === "string" && code in problems && code !== "internal-fault") throw problem(code as ProblemCode, params)
  throw problem("hub-refused")
}

async function bounded(response: Response, address: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      if (bytes > ANSWER_BYTES_MAX) throw problem("hub-refused")
      chunks.push(chunk)
    }
  } catch (error) {
    if (bytes > ANSWER_BYTES_MAX) throw error
    throw problem("hub-silent", { address })
  }
  return Buffer.concat(chunks).toString("utf8")
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
