// The OpenAPI or WSDL document of a service, read from where its owner keeps it.
import { lastHeader } from "#engines/xroad"
import { bodyOf } from "./body.ts"
import { type Answer, dispatch } from "./dispatch.ts"
import { DESCRIPTION_MAX_BYTES } from "./limits.ts"
import { type Line, PROVIDER_WAIT_MAX_MS } from "./line.ts"
import { Refusal } from "./refusal.ts"
import { bytesOf } from "./whole-body.ts"

/** Throws a Refusal with InternalError when it is not there, not readable or too large. */
export async function fetchDescription(line: Line, url: string): Promise<{ text: string; contentType: string | undefined }> {
  const answer = await fetched(line, url)
  try {
    if (answer.status !== 200) throw unread(`the server answered ${answer.status}`)
    if (answer.body.length > DESCRIPTION_MAX_BYTES) throw unread("it is too large")
    return { text: (await bytesOf(answer.body)).toString(), contentType: lastHeader(answer.headers, "content-type") }
  } finally {
    answer.body.drop()
  }
}

async function fetched(line: Line, url: string): Promise<Answer> {
  if (!URL.canParse(url)) throw unread("its address is malformed")
  const { origin, pathname, search, protocol } = new URL(url)
  if (protocol !== "http:" && protocol !== "https:") throw unread("its address is not http or https")
  const body = await bodyOf(Buffer.alloc(0), line.folder)
  const out = { method: "GET", path: pathname + search, headers: [], body, waitMaxMs: PROVIDER_WAIT_MAX_MS }
  return dispatch(line.providerPool(origin), out, line.folder).catch((fault: NodeJS.ErrnoException) => {
    throw unread(fault.code ?? "no answer", fault)
  })
}

const unread = (reason: string, cause?: unknown): Refusal =>
  new Refusal(
    { place: "Server.ServerProxy", code: "InternalError", message: `Failed reading service description: ${reason}` },
    cause === undefined ? undefined : { cause },
  )
