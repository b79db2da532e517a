// One HTTP question to a system of the agency: no redirect is followed, no answer is read beyond its limit.
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { Agent, request } from "undici"
import type { Question } from "./asker.ts"
import { SourceFailure } from "./failure.ts"
import { ANSWER_BYTES_MAX, IDLE_MS } from "./limits.ts"
import { findSecret } from "./secret.ts"
import type { RestSource, SoapSource } from "./source-file.ts"

export interface HttpAnswer {
  readonly status: number
  readonly body: Buffer
}

export interface HttpCall {
  readonly url: string
  readonly method: "GET" | "POST"
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** May it be sent again when nobody knows whether it arrived? */
  readonly isRepeatable: boolean
  /** SOAP tells its faults with status 500: the answer is wanted all the same. */
  readonly hasFaults?: boolean
}

export interface Http {
  /** Throws SourceFailure when there is no answer, and for a status of 500 or more. */
  call(call: HttpCall, question: Pick<Question, "signal" | "leftMs">): Promise<HttpAnswer>
  close(): Promise<void>
}

export function openHttp(declared: Pick<RestSource | SoapSource, "ca" | "headers">, folder: string, atOnce: number): Http {
  const { ca, headers = {} } = declared
  const agent = new Agent({
    connections: atOnce,
    keepAliveTimeout: IDLE_MS,
    ...(ca && { connect: { ca: readFileSync(resolve(folder, ca)) } }),
  })
  const secrets = Object.fromEntries(Object.entries(headers).map(([name, secret]) => [name, findSecret(folder, secret) ?? ""]))
  return {
    call: async ({ url, method, headers, body, isRepeatable, hasFaults = false }, { signal, leftMs }) => {
      try {
        const times = { headersTimeout: leftMs, bodyTimeout: leftMs, signal, dispatcher: agent }
        const answer = await request(url, { method, headers: { ...headers, ...secrets }, ...(body && { body }), ...times })
        const { statusCode: status } = answer
        if (status >= 500 && !(hasFaults && status === 500)) {
          await answer.body.dump({ limit: ANSWER_BYTES_MAX, signal }).catch(() => undefined)
          throw new SourceFailure("status", String(status), isRepeatable && status >= 502)
        }
        return { status, body: await bodyOf(answer.body) }
      } catch (error) {
        throw failureOf(error, isRepeatable)
      }
    },
    close: () => agent.destroy(),
  }
}

async function bodyOf(body: AsyncIterable<Buffer> & { destroy(): unknown }): Promise<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of body) {
    bytes += piece.length
    if (bytes > ANSWER_BYTES_MAX) throw new SourceFailure("answer-too-large", String(ANSWER_BYTES_MAX))
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

const SLOW = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "UND_ERR_ABORTED", "ABORT_ERR"])

function failureOf(error: unknown, isRepeatable: boolean): SourceFailure {
  if (error instanceof SourceFailure) return error
  const code = String((error as { code?: unknown }).code ?? "")
  if (SLOW.has(code)) return new SourceFailure("too-slow")
  return new SourceFailure("no-connection", code, isRepeatable || code === "ECONNREFUSED")
}
