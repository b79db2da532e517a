// Frames of a link: messages that one signature covers travel together, as one head in JSON and their bodies behind it.
import Type, { type Static } from "typebox"
import { Compile } from "typebox/compile"
import { type ErrorCode, errorCodes, places, type XRoadError } from "#engines/xroad"
import { BATCH_MAX } from "#evidence"
import { type ProblemCode, problems } from "#problems"
import { FRAME_MAX_BYTES } from "./limits.ts"

const Id = Type.String({ pattern: "^[A-Za-z0-9-]{1,100}$" })
const Digest = Type.String({ pattern: "^[A-Za-z0-9+/]{43}=$" })
const Text = Type.String({ maxLength: 20_000 })
const Headers = Type.Array(Type.String({ maxLength: 65_536 }), { maxItems: 2_000 })

/** What one signature covers: how many messages, and the leaves (32 bytes each, base64) of those that are not in this frame. */
export const Seal = Type.Object({
  keyId: Type.String({ pattern: "^[A-Za-z0-9_-]{1,100}$" }),
  size: Type.Integer({ minimum: 1, maximum: BATCH_MAX }),
  /** ECDSA P-256, r and s, base64. */
  signature: Type.String({ pattern: "^[A-Za-z0-9+/]{86}==$" }),
  others: Type.String({ pattern: "^[A-Za-z0-9+/]*=*$", maxLength: 43 * BATCH_MAX * 2 }),
})
export type Seal = Static<typeof Seal>

/** Of a message: where it stands under the seal and when it was made; its body is so long, and behind the head or fetched by itself. */
const Placed = {
  /** The request id; of an answer that of its request. */
  id: Id,
  place: Type.Integer({ minimum: 0, maximum: BATCH_MAX - 1 }),
  /** Seconds since 1970. */
  created: Type.Integer({ minimum: 0 }),
  headers: Headers,
  length: Type.Integer({ minimum: 0 }),
  isAside: Type.Optional(Type.Literal(true)),
}

/** Written out as undefined is the same as left out: heads of one shape are quicker to make. */
type Open<Head> = Omit<Head, "isAside"> & { readonly isAside?: true | undefined }

export const RequestHead = Type.Object({
  ...Placed,
  method: Type.String({ maxLength: 20 }),
  url: Text,
  protocol: Type.Union([Type.Literal("rest"), Type.Literal("soap")]),
  contract: Type.String({ maxLength: 200 }),
})
export type RequestHead = Open<Static<typeof RequestHead>>

export const AnswerHead = Type.Object({
  ...Placed,
  status: Type.Integer({ minimum: 200, maximum: 599 }),
  /** Leaf of the request that is answered; empty where nothing is sealed. */
  request: Type.Union([Digest, Type.Literal("")]),
})
export type AnswerHead = Open<Static<typeof AnswerHead>>

/** What is signed of an answer that is on its way to the disk; the answer itself follows when it is there, without a seal. */
export const Announcement = Type.Object({
  id: Id,
  place: Placed.place,
  created: Placed.created,
  status: AnswerHead.properties.status,
  request: Digest,
  /** SHA-256 of headers and body. */
  headers: Digest,
  content: Digest,
})
export type Announcement = Static<typeof Announcement>

/** A request that was not taken; errors of the road are not sealed. */
const RefusalHead = Type.Object({
  id: Id,
  error: Type.Object({
    place: Type.Enum([...places]),
    code: Type.String({ maxLength: 100 }),
    message: Text,
    detail: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  /** A problem code. */
  why: Type.Optional(Type.String({ maxLength: 100 })),
})
export interface RefusalHead {
  readonly id: string
  readonly error: XRoadError
  readonly why?: ProblemCode | undefined
}

const FrameHead = Type.Object({
  seal: Type.Optional(Seal),
  requests: Type.Array(RequestHead, { maxItems: BATCH_MAX }),
  announced: Type.Array(Announcement, { maxItems: BATCH_MAX }),
  answers: Type.Array(AnswerHead, { maxItems: BATCH_MAX }),
  refusals: Type.Array(RefusalHead, { maxItems: BATCH_MAX }),
})
const check = Compile(FrameHead)

export interface Message<Head> {
  readonly head: Head
  /** Nothing where the body travels by itself. */
  readonly body: Buffer
}

export interface Frame {
  readonly seal?: Seal | undefined
  readonly requests: readonly Message<RequestHead>[]
  readonly announced: readonly Announcement[]
  readonly answers: readonly Message<AnswerHead>[]
  readonly refusals: readonly RefusalHead[]
}

const LENGTH_BYTES = 4

/** The bytes of a frame: the length of what follows and that of the head, four bytes each, the head, the bodies in its order. */
export function printFrame({ seal, requests, announced, answers, refusals }: Frame): Buffer {
  const [asked, answered] = [requests.map(({ head }) => head), answers.map(({ head }) => head)]
  const heads = { seal, requests: asked, announced, answers: answered, refusals }
  const head = Buffer.from(JSON.stringify(heads))
  const bodies = [...requests, ...answers].map(({ body }) => body)
  const length = LENGTH_BYTES + head.length + bodies.reduce((sum, body) => sum + body.length, 0)
  const lengths = Buffer.allocUnsafe(2 * LENGTH_BYTES)
  lengths.writeUInt32BE(length, 0)
  lengths.writeUInt32BE(head.length, LENGTH_BYTES)
  return Buffer.concat([lengths, head, ...bodies], LENGTH_BYTES + length)
}

/** What came is no frame. */
export class FrameFault extends Error {}

/** Cuts what comes over a link into frames. Throws a FrameFault. */
export class FrameReader {
  private chunks: Buffer[] = []
  private length = 0

  push(chunk: Buffer): Frame[] {
    this.chunks.push(chunk)
    this.length += chunk.length
    const frames: Frame[] = []
    for (let whole = this.next(); whole; whole = this.next()) frames.push(parseFrame(whole))
    return frames
  }

  /** What follows the length of the next frame, once it is there as a whole. */
  private next(): Buffer | undefined {
    if (this.length < LENGTH_BYTES) return undefined
    if (this.chunks[0]!.length < LENGTH_BYTES) this.join()
    const length = this.chunks[0]!.readUInt32BE(0)
    if (length > FRAME_MAX_BYTES) throw new FrameFault(`a frame of ${length} bytes`)
    if (this.length < LENGTH_BYTES + length) return undefined
    const all = this.join()
    this.length -= LENGTH_BYTES + length
    this.chunks = this.length > 0 ? [all.subarray(LENGTH_BYTES + length)] : []
    return all.subarray(LENGTH_BYTES, LENGTH_BYTES + length)
  }

  private join(): Buffer {
    if (this.chunks.length > 1) this.chunks = [Buffer.concat(this.chunks, this.length)]
    return this.chunks[0]!
  }
}

function parseFrame(bytes: Buffer): Frame {
  const told = headIn(bytes)
  let at = LENGTH_BYTES + bytes.readUInt32BE(0)
  const withBody = <Head extends { readonly length: number; readonly isAside?: true | undefined }>(head: Head): Message<Head> => {
    const from = at
    if (!head.isAside) at += head.length
    if (at > bytes.length) throw new FrameFault("a body is cut off")
    return { head, body: bytes.subarray(from, at) }
  }
  const refusals = told.refusals.map(({ id, error, why }) => ({
    id,
    error: { ...error, code: codeOf(error.code) },
    why: why !== undefined && Object.hasOwn(problems, why) ? (why as ProblemCode) : undefined,
  }))
  const { seal, announced } = told
  return { seal, requests: told.requests.map(withBody), announced, answers: told.answers.map(withBody), refusals }
}

function headIn(bytes: Buffer): Static<typeof FrameHead> {
  const length = bytes.length < LENGTH_BYTES ? -1 : bytes.readUInt32BE(0)
  if (length < 0 || LENGTH_BYTES + length > bytes.length) throw new FrameFault("the head is cut off")
  let told: unknown
  try {
    told = JSON.parse(bytes.toString("utf8", LENGTH_BYTES, LENGTH_BYTES + length))
  } catch (fault) {
    throw new FrameFault("the head is no JSON", { cause: fault })
  }
  if (!check.Check(told)) throw new FrameFault(`not a head: ${[...check.Errors(told)][0]?.instancePath}`)
  return told
}

/** A code that this site does not know is an error inside the peer. */
const codeOf = (code: string): ErrorCode => (Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : "InternalError")
