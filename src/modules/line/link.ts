// A connection between two sites on which frames go both ways. What is to be sent in one moment leaves in one piece.
import type { TLSSocket } from "node:tls"
import { BATCH_MAX, type SignedBatch } from "#evidence"
import { KEEP_ALIVE_MS } from "./limits.ts"
import { sealOf } from "./message-seal.ts"
import {
  type Announcement,
  type AnswerHead,
  type Frame,
  FrameReader,
  type Message,
  printFrame,
  type RefusalHead,
  type RequestHead,
} from "./wire.ts"

/** The name of the protocol in `Upgrade`. */
export const PROTOCOL = "motlan-line"

/** A request to be sent; without a seal where nothing is sealed. */
export interface Outgoing extends Message<RequestHead> {
  readonly batch?: SignedBatch | undefined
}

/** Messages of one batch that leave together. */
interface Group {
  readonly isAlone: boolean
  readonly batch: SignedBatch | undefined
  readonly requests: Message<RequestHead>[]
  readonly announced: Announcement[]
  readonly answers: Message<AnswerHead>[]
}

export class Link {
  private readonly reader = new FrameReader()
  private groups: Group[] = []
  private refusals: RefusalHead[] = []
  private isLeaving = false
  private inHand = 0
  private isEnding = false

  constructor(
    private readonly socket: TLSSocket,
    /** What came with the beginning of the link. */
    head: Buffer,
    /** What the connection brings; a fault ends it. */
    take: (frame: Frame) => void,
    ended: () => void,
  ) {
    socket.setNoDelay(true)
    socket.removeAllListeners("timeout")
    socket.setTimeout(KEEP_ALIVE_MS, () => this.rest())
    if (head.length > 0) socket.unshift(head)
    socket.on("data", (chunk: Buffer) => {
      try {
        for (const frame of this.reader.push(chunk)) take(frame)
      } catch (fault) {
        socket.destroy(fault as Error)
      }
    })
    socket.on("error", () => undefined)
    socket.on("end", () => socket.end())
    socket.once("close", ended)
  }

  request(message: Outgoing): void {
    this.groupOf(message.batch, message.head.isAside).requests.push(message)
  }

  answer(message: Message<AnswerHead>): void {
    this.groupOf(undefined, message.head.isAside).answers.push(message)
  }

  announce(announcement: Announcement, batch: SignedBatch): void {
    this.groupOf(batch, undefined).announced.push(announcement)
  }

  refuse(refusal: RefusalHead): void {
    this.refusals.push(refusal)
    this.leaveSoon(setImmediate)
  }

  /** Exchanges that hang on this connection. */
  get held(): number {
    return this.inHand
  }

  /** One more of them. */
  hold(): void {
    this.inHand++
  }

  release(): void {
    this.inHand--
    if (this.isEnding) this.rest()
  }

  /** Ends when nothing hangs on it any more. */
  end(): void {
    this.isEnding = true
    this.rest()
  }

  private rest(): void {
    if (this.inHand === 0 && !this.isLeaving) this.socket.end()
  }

  /** A message whose body travels by itself goes alone: others need not wait until that has come. */
  private groupOf(batch: SignedBatch | undefined, isAside: true | undefined): Group {
    // What was signed together is brought in one go; it leaves before the storing of it begins.
    this.leaveSoon(batch ? process.nextTick : setImmediate)
    const known = this.groups.find((group) => group.batch === batch && !group.isAlone)
    if (known && !isAside) return known
    const group: Group = { batch, requests: [], announced: [], answers: [], isAlone: isAside === true }
    this.groups.push(group)
    return group
  }

  private leaveSoon(when: (leave: () => void) => void): void {
    if (this.isLeaving) return
    this.isLeaving = true
    when(() => this.leave())
  }

  private leave(): void {
    this.isLeaving = false
    const groups = this.groups
    const refusals = this.refusals
    this.groups = []
    this.refusals = []
    this.socket.cork()
    for (const { batch, requests, announced, answers } of groups) {
      const places = [...requests.map(({ head }) => head), ...announced].map(({ place }) => place)
      const seal = batch && sealOf(batch, places)
      this.socket.write(printFrame({ seal, requests, announced, answers, refusals: [] }))
    }
    for (let i = 0; i < refusals.length; i += BATCH_MAX)
      this.socket.write(printFrame({ requests: [], announced: [], answers: [], refusals: refusals.slice(i, i + BATCH_MAX) }))
    this.socket.uncork()
    if (this.isEnding) this.rest()
  }
}
