// A body on its way through: digested as it comes, in memory while it is small, on disk from then on.
import { createHash, type Hash, hash, randomUUID } from "node:crypto"
import { createReadStream, createWriteStream, type WriteStream } from "node:fs"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import type { Readable } from "node:stream"

export interface Body {
  readonly length: number
  /** Base64. */
  readonly sha256: string
  /** Asked for by the provider's side alone: its request hash is made of it. */
  sha512(): Buffer
  /** To be sent; each call reads it anew. Null when there is nothing. */
  content(): Buffer | Readable | null
  /** Lets go of what is on disk. */
  drop(): void
}

/** Bodies up to so many bytes stay in memory, and travel with their message. */
export const IN_MEMORY_MAX = 256 * 1024

/** The body of a message without one. */
export const nothing: Body = {
  length: 0,
  sha256: hash("sha256", "", "base64"),
  sha512: () => hash("sha512", "", "buffer"),
  content: () => null,
  drop: () => undefined,
}

/** A small body; it is digested when somebody asks for the digest. */
class InMemory implements Body {
  readonly length: number
  private digest: string | undefined

  constructor(private readonly bytes: Buffer) {
    this.length = bytes.length
  }

  get sha256(): string {
    this.digest ??= hash("sha256", this.bytes, "base64")
    return this.digest
  }

  sha512(): Buffer {
    return hash("sha512", this.bytes, "buffer")
  }

  content(): Buffer {
    return this.bytes
  }

  drop(): void {}
}

/** Takes the chunks of one body. `push` gives false when whoever brings them is to wait for `drained`. */
export class Intake {
  private chunks: Buffer[] = []
  private length = 0
  private spilled: Spilled | undefined

  constructor(
    private readonly folder: string,
    private readonly drained: () => void,
  ) {}

  push(chunk: Buffer): boolean {
    this.length += chunk.length
    if (this.spilled) return this.spilled.write(chunk)
    this.chunks.push(chunk)
    if (this.length <= IN_MEMORY_MAX) return true
    this.spilled = new Spilled(join(this.folder, randomUUID()), this.drained)
    const went = this.chunks.map((one) => this.spilled!.write(one)).every(Boolean)
    this.chunks = []
    return went
  }

  async end(): Promise<Body> {
    if (this.spilled) return this.spilled.end(this.length)
    if (this.length === 0) return nothing
    return new InMemory(this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks))
  }

  /** The body will not be complete. */
  abandon(): void {
    this.spilled?.drop()
  }
}

/** A body that is at hand; a large one goes to disk. */
export async function bodyOf(bytes: Buffer, folder: string): Promise<Body> {
  if (bytes.length <= IN_MEMORY_MAX) return smallBody(bytes)
  const intake = new Intake(folder, () => undefined)
  intake.push(bytes)
  return intake.end()
}

/** A body that came with its message. */
export const smallBody = (bytes: Buffer): Body => (bytes.length === 0 ? nothing : new InMemory(bytes))

/** What went to disk, with its digests as far as they are. */
class Spilled {
  private readonly file: WriteStream
  private readonly sha256: Hash = createHash("sha256")
  private readonly sha512: Hash = createHash("sha512")
  private fault: Error | undefined

  constructor(
    private readonly path: string,
    drained: () => void,
  ) {
    this.file = createWriteStream(path, { mode: 0o600, flags: "wx" })
    this.file.on("drain", drained)
    this.file.on("error", (fault) => {
      this.fault = fault
      drained()
    })
  }

  write(chunk: Buffer): boolean {
    this.sha256.update(chunk)
    this.sha512.update(chunk)
    return this.fault !== undefined || this.file.write(chunk)
  }

  async end(length: number): Promise<Body> {
    await new Promise<void>((resolve, reject) => {
      if (this.fault) return reject(this.fault)
      this.file.once("error", reject)
      this.file.end(resolve)
    })
    const sha512 = this.sha512.digest()
    return {
      length,
      sha256: this.sha256.digest("base64"),
      sha512: () => sha512,
      content: () => createReadStream(this.path),
      drop: () => this.drop(),
    }
  }

  drop(): void {
    this.file.destroy()
    void rm(this.path, { force: true })
  }
}

/** A body is longer than it may be. */
export class BodyTooLarge extends Error {}

/** Reads the body of a request; rejects when the sender goes away in the middle, and beyond `bytesMax` with a BodyTooLarge. */
export function readBody(stream: Readable, folder: string, bytesMax = Number.POSITIVE_INFINITY): Promise<Body> {
  let left = bytesMax
  const intake = new Intake(folder, () => stream.resume())
  return new Promise((resolve, reject) => {
    let isWhole = false
    stream.on("data", (chunk: Buffer) => {
      if (left < 0) return
      left -= chunk.length
      if (left < 0) {
        intake.abandon()
        reject(new BodyTooLarge(`more than ${bytesMax} bytes`))
      } else if (!intake.push(chunk)) stream.pause()
    })
    stream.on("end", () => {
      isWhole = true
      if (left < 0) return
      intake.end().then(resolve, reject)
    })
    stream.on("error", reject)
    stream.on("close", () => {
      if (isWhole) return
      intake.abandon()
      reject(new Error("the sender went away"))
    })
  })
}
