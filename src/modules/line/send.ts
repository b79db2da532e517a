// The consumer's side: a request of one of our clients, sealed, sent to the provider's site, its answer checked and kept before it is given.
import { randomUUID } from "node:crypto"
import {
  errorFrom,
  lastHeader,
  messageHeaders,
  newMessageId,
  printId,
  providerOf,
  type Reading,
  readRequestHeaders,
} from "#engines/xroad"
import { type Proof, parseProof, printProof, recordLeaf, TooManyWaiting } from "#evidence"
import { admit, type Connection } from "./admit.ts"
import type { Body } from "./body.ts"
import { choosePeer } from "./choose-peer.ts"
import { type Answer, dispatch } from "./dispatch.ts"
import { PURPOSE_HEADER } from "./handler.ts"
import { type Line, PEER_WAIT_MAX_MS, type Unwrapped, unwrapped, wrapped } from "./line.ts"
import {
  contentDigestOf,
  headersDigest,
  LABEL,
  type RequestFacts,
  readInput,
  readOff,
  requestBase,
  requestInput,
  responseBase,
} from "./message.ts"
import { errorOfPeer } from "./peer-error.ts"
import { Refusal, refusal } from "./refusal.ts"
import type { Peer } from "./roads.ts"
import { FRESH_MAX_SECONDS } from "./seen.ts"
import { type Protocol, rightOf, targetOf } from "./target.ts"

export interface ClientRequest {
  readonly method: string
  /** The request line's target, raw. */
  readonly url: string
  /** Names and values in turn, as they came. */
  readonly headers: readonly string[]
  readonly body: Body
  /** A SOAP message goes as a POST to the name of its service. */
  readonly protocol: Protocol
  /** How the information system came; the site itself needs no certificate. */
  readonly from: Connection | "here"
  /** The id of the exchange where the site itself asks; made here for others. */
  readonly requestId?: string
  /** Milliseconds to wait for the peer; PEER_WAIT_MAX_MS when left out. */
  readonly waitMaxMs?: number
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
  const input = requestInput({ created, keyId: sealer.keyId, nonce: exchange.facts.requestId }, exchange.facts.protocol)
  const base = requestBase(exchange.facts, input)
  const sent = sealed(() => sealer.seal({ kind: "sent", message: exchange.facts.requestId, text: base }))
  const proof = await sent.signed.catch(notStored)
  const answer = await reach(line, exchange, request, lineHeaders(exchange.facts, input, proof))
  try {
    const own = unwrapped(answer.headers)
    if (!own.own.has("x-motlan-proof")) throw await broken(line, exchange, answer, sent.stored)
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
function prepare(line: Line, request: ClientRequest): Exchange {
  const { method, url, headers: raw, body, protocol } = request
  const at = line.site.clock()
  if (!line.roads.isFresh(at)) throw refusal("configuration-expired")
  const target = read(targetOf(url, protocol))
  const asked = read(readRequestHeaders(raw))
  const client = printId(asked.client)
  if (!line.roads.hosts(client)) throw refusal("client-unknown", { client })
  if (request.from !== "here") admit(line.roads, client, request.from, at)
  const peer = choosePeer(line.roads, printId(providerOf(target.service)), asked.securityServer)
  const permission = line.roads.mayCall({
    ...{ consumer: client, service: rightOf(target.service), method, path: target.path, at },
    purpose: lastHeader(raw, PURPOSE_HEADER),
  })
  const requestId = request.requestId ?? randomUUID()
  const id = asked.id ?? newMessageId(line.instance, randomUUID())
  const headers = messageHeaders(raw, { ...(asked.id === undefined && { id }), requestId })
  const facts: RequestFacts = {
    ...readOff(method, target, headers, body),
    client,
    id,
    requestId,
    // Our own side refuses what no contract covers; a service that the provider does not know is for the provider to say.
    contract: "contract" in permission ? permission.contract : "-",
    protocol,
  }
  return { peer, facts, headers }
}

function read<T>(reading: Reading<T>): T {
  if (reading.ok) return reading.value
  throw new Refusal(errorFrom("Server.ClientProxy", reading))
}

const lineHeaders = (facts: RequestFacts, input: string, proof: Proof): string[] => [
  ...protocolHeader(facts),
  "content-digest",
  facts.contentDigest,
  "x-motlan-headers",
  facts.headers,
  "x-motlan-contract",
  facts.contract,
  ...proofHeaders(input, proof),
]

/** What is no REST call says what it is. */
const protocolHeader = ({ protocol }: RequestFacts): string[] => (protocol === "rest" ? [] : ["x-motlan-protocol", protocol])

/** What carries a seal: the RFC 9421 headers, and the proof; a message that was signed alone is checked without the latter. */
export function proofHeaders(input: string, proof: Proof): string[] {
  const headers = ["signature-input", `${LABEL}=${input}`, "x-motlan-proof", printProof(proof)]
  if (proof.size === 1) headers.push("signature", `${LABEL}=:${proof.signature.toString("base64")}:`)
  return headers
}

/** Sends over the line; a site that is away, slow or a stranger is a refusal. */
async function reach(
  line: Line,
  { peer, facts, headers }: Exchange,
  { method, body, waitMaxMs }: ClientRequest,
  own: readonly string[],
) {
  const out = {
    method,
    path: facts.path + facts.query,
    headers: [...wrapped(headers), ...own],
    body,
    waitMaxMs: waitMaxMs ?? PEER_WAIT_MAX_MS,
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
  const told = { status: answer.status, contentDigest, headers: headersDigest(headers), request }
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
async function broken(line: Line, { facts, peer }: Exchange, answer: Answer, stored: Promise<void>): Promise<Refusal> {
  const error = await errorOfPeer(answer)
  if (!error) return refusal("answer-without-signature")
  const text = JSON.stringify({ peer: peer.id, at: line.site.clock().toISOString(), error: `${error.place}.${error.code}` })
  const noted = sealed(() => line.sealer!.seal({ kind: "refused", message: facts.requestId, text }))
  await Promise.all([stored, noted.stored]).catch(notStored)
  return new Refusal(error)
}

/** The same way without evidence, for the benchmark that measures what evidence costs. */
async function plain(line: Line, exchange: Exchange, request: ClientRequest): Promise<Answer> {
  const own = ["x-motlan-contract", exchange.facts.contract, ...protocolHeader(exchange.facts)]
  const answer = await reach(line, exchange, request, own)
  const error = await errorOfPeer(answer)
  if (error) throw new Refusal(error)
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
