// The consumer's side: a request of one of our clients, sealed, sent to the provider's site, its answer checked and kept before it is given.
import { randomUUID } from "node:crypto"
import {
  errorFrom,
  messageHeaders,
  newMessageId,
  parseRestTarget,
  printId,
  providerOf,
  type Reading,
  readRequestHeaders,
} from "#engines/xroad"
import { type Proof, parseProof, printProof, recordLeaf, TooManyWaiting } from "#evidence"
import type { Body } from "./body.ts"
import { type Answer, dispatch } from "./dispatch.ts"
import { headerLines, type Line, PEER_WAIT_MAX_MS, type Unwrapped, unwrapped, wrapped } from "./line.ts"
import {
  contentDigestOf,
  headersDigest,
  LABEL,
  type RequestFacts,
  readInput,
  requestBase,
  requestInput,
  responseBase,
} from "./message.ts"
import { Refusal, refusal } from "./refusal.ts"
import type { Peer } from "./roads.ts"
import { FRESH_MAX_SECONDS } from "./seen.ts"

export interface ClientRequest {
  readonly method: string
  /** The request line's target, raw. */
  readonly url: string
  /** Names and values in turn, as they came. */
  readonly headers: readonly string[]
  readonly body: Body
}

/** One exchange under way. */
interface Exchange {
  readonly peer: Peer
  readonly facts: RequestFacts
  /** Headers of the message as they are hashed. */
  readonly headers: readonly string[]
}

/** Carries a request of one of our clients. Throws a Refusal; what the provider says, mistakes included, is an Answer. */
export async function send(line: Line, request: ClientRequest): Promise<Answer> {
  const exchange = prepare(line, request)
  if (!line.sealer) return plain(line, exchange, request)
  const { sealer } = line
  const created = Math.floor(line.site.clock().getTime() / 1_000)
  const input = requestInput({ created, keyId: sealer.keyId, nonce: exchange.facts.requestId })
  const base = requestBase(exchange.facts, input)
  const sent = sealed(() => sealer.seal({ kind: "sent", message: exchange.facts.requestId, text: base }))
  const proof = await sent.signed.catch(notStored)
  const answer = await reach(line, exchange, request, lineHeaders(exchange.facts, input, proof))
  try {
    const own = unwrapped(answer.headers)
    if (!own.own.has("x-motlan-proof")) return await broken(line, exchange, { ...answer, headers: own.headers }, sent.stored)
    const receipt = checkAnswer(line, exchange, answer, own, recordLeaf(base).toString("base64"))
    const got = sealed(() => sealer.seal({ kind: "got", message: exchange.facts.requestId, text: receipt }))
    await Promise.all([sent.stored, got.stored]).catch(notStored)
    return { ...answer, headers: own.headers }
  } catch (fault) {
    answer.body.drop()
    throw fault
  }
}

/** Everything that can be refused before anything leaves the house. */
function prepare(line: Line, { method, url, headers: raw, body }: ClientRequest): Exchange {
  const at = line.site.clock()
  if (!line.roads.isFresh(at)) throw refusal("configuration-expired")
  const target = read(parseRestTarget(url))
  const asked = read(readRequestHeaders(raw))
  const client = printId(asked.client)
  if (!line.roads.hosts(client)) throw refusal("client-unknown", { client })
  const provider = printId(providerOf(target.service))
  const peer = line.roads.servers(provider)[0]
  if (!peer) throw refusal("provider-without-server", { provider })
  const service = printId(target.service)
  const permission = line.roads.mayCall({ consumer: client, service, method, path: target.path, at })
  const requestId = randomUUID()
  const id = asked.id ?? newMessageId(line.instance, randomUUID())
  const headers = messageHeaders(raw, { ...(asked.id === undefined && { id }), requestId })
  const facts: RequestFacts = {
    method,
    path: target.requestPath,
    query: target.query === undefined ? "" : `?${target.query}`,
    contentDigest: contentDigestOf(body.sha256),
    headers: headersDigest(headerLines(headers)),
    client,
    id,
    requestId,
    // Our own side refuses what no contract covers; a service that the provider does not know is for the provider to say.
    contract: "contract" in permission ? permission.contract : "-",
  }
  return { peer, facts, headers }
}

function read<T>(reading: Reading<T>): T {
  if (reading.ok) return reading.value
  throw new Refusal(errorFrom("Server.ClientProxy", reading))
}

const lineHeaders = (facts: RequestFacts, input: string, proof: Proof): string[] => [
  "content-digest",
  facts.contentDigest,
  "x-motlan-headers",
  facts.headers,
  "x-motlan-contract",
  facts.contract,
  ...proofHeaders(input, proof),
]

/** What carries a seal: the RFC 9421 headers, and the proof; a message that was signed alone is checked without the latter. */
export function proofHeaders(input: string, proof: Proof): string[] {
  const headers = ["signature-input", `${LABEL}=${input}`, "x-motlan-proof", printProof(proof)]
  if (proof.size === 1) headers.push("signature", `${LABEL}=:${proof.signature.toString("base64")}:`)
  return headers
}

/** Sends over the line; a site that is away, slow or a stranger is a refusal. */
async function reach(line: Line, { peer, facts, headers }: Exchange, { method, body }: ClientRequest, own: readonly string[]) {
  const out = {
    method,
    path: facts.path + facts.query,
    headers: [...wrapped(headers), ...own],
    body,
    waitMaxMs: PEER_WAIT_MAX_MS,
  }
  try {
    return await dispatch(line.poolTo(peer), out, line.folder)
  } catch (fault) {
    throw unreachable(peer, fault as NodeJS.ErrnoException)
  }
}

function unreachable({ id, address }: Peer, fault: NodeJS.ErrnoException): Refusal {
  if (/CERT|TLS|SSL|STRANGER/.test(fault.code ?? ""))
    return refusal("peer-not-authenticated", { reason: `${id}: ${fault.code}` }, fault)
  if (fault.code === "UND_ERR_SOCKET" || fault.code === "ECONNRESET")
    return refusal("peer-broke-off", { reason: `${id} broke off` }, fault)
  return refusal("peer-unreachable", { host: address }, fault)
}

/** Is this the peer's sealed answer to exactly this request? Gives the receipt to be kept. */
function checkAnswer(line: Line, { peer }: Exchange, answer: Answer, { headers, own }: Unwrapped, request: string): string {
  const proof = parseProof(own.get("x-motlan-proof")!)
  const signed = readInput(own.get("signature-input"), "response")
  if (!proof || !signed) throw refusal("answer-without-signature")
  const at = line.site.clock()
  const key = peer.sealingKey(signed.stamp.keyId, at)
  if (!key) throw refusal("answer-certificate-wrong", { reason: `${peer.id} has no such key now` })
  if (Math.abs(at.getTime() / 1_000 - signed.stamp.created) > FRESH_MAX_SECONDS)
    throw refusal("answer-differs", { reason: "too old" })
  if (own.get("x-motlan-request") !== request) throw refusal("answer-differs", { reason: "it answers another request" })
  const contentDigest = contentDigestOf(answer.body.sha256)
  const told = { status: answer.status, contentDigest, headers: headersDigest(headerLines(headers)), request }
  const base = responseBase(told, signed.input)
  if (own.get("content-digest") !== contentDigest)
    throw refusal("answer-differs", { reason: "the body is not the one that was signed" })
  if (!line.proofs.holds(base, proof, signed.stamp.keyId, key))
    throw refusal("answer-signature-wrong", { reason: `the seal of ${peer.id} does not cover this answer to this request` })
  return receiptOf(peer, at, base, own.get("x-motlan-proof")!)
}

/** What is kept of a message that a peer has sealed. */
export const receiptOf = (peer: Peer, at: Date, base: string, proof: string): string =>
  JSON.stringify({ peer: peer.id, at: at.toISOString(), base, proof })

/** An answer without a seal is an error of the road, or of nobody that we know. */
async function broken(line: Line, { facts, peer }: Exchange, answer: Answer, stored: Promise<void>): Promise<Answer> {
  const error = answer.headers.findIndex((part, i) => i % 2 === 0 && part.toLowerCase() === "x-road-error")
  if (error < 0) throw refusal("answer-without-signature")
  const text = JSON.stringify({ peer: peer.id, at: line.site.clock().toISOString(), error: answer.headers[error + 1] })
  const noted = sealed(() => line.sealer!.seal({ kind: "refused", message: facts.requestId, text }))
  await Promise.all([stored, noted.stored]).catch(notStored)
  return answer
}

/** The same way without evidence, for the benchmark that measures what evidence costs. */
async function plain(line: Line, exchange: Exchange, request: ClientRequest): Promise<Answer> {
  const answer = await reach(line, exchange, request, ["x-motlan-contract", exchange.facts.contract])
  return { ...answer, headers: unwrapped(answer.headers).headers }
}

export function sealed<T>(seal: () => T): T {
  try {
    return seal()
  } catch (fault) {
    if (fault instanceof TooManyWaiting) throw refusal("log-failed", { reason: "too many messages wait to be stored" }, fault)
    throw fault
  }
}

export function notStored(fault: unknown): never {
  throw refusal("log-failed", { reason: "the record of the message could not be stored" }, fault)
}
