// Files by their content: streamed to disk while hashed, named by their SHA-256, never served from a web root.
import { createHash, randomUUID } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { Transform } from "node:stream"
import { pipeline } from "node:stream/promises"

export interface StoredFile {
  /** 64 hex digits; also the file's name in the store. */
  readonly sha256: string
  readonly bytes: number
  /** The first bytes (up to 4,100), to tell the type by content. */
  readonly head: Buffer
}

/** Thrown while a stream grows past its limit; nothing of it stays. */
export class FileTooLarge extends Error {}

export interface FileStore {
  /** Streams to disk, hashes on the way, syncs, and only then names the file. Throws FileTooLarge past `bytesMax`. */
  put(stream: Readable, bytesMax: number): Promise<StoredFile>
  putBytes(bytes: Uint8Array): Promise<StoredFile>
  read(sha256: string): Promise<Buffer>
  stream(sha256: string): Readable
}

const HEAD_BYTES = 4_100

/** Opens the store in `dir`; half-written files live in `dir/incoming` and are removed on failure. */
export async function openFiles(dir: string): Promise<FileStore> {
  await mkdir(join(dir, "incoming"), { recursive: true, mode: 0o700 })
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error("not a file name of this store")
    return join(dir, sha256.slice(0, 2), sha256)
  }
  const put = async (stream: Readable, bytesMax: number): Promise<StoredFile> => {
    const incoming = join(dir, "incoming", randomUUID())
    try {
      const seen = await receive(stream, incoming, bytesMax)
      await settle(incoming, pathOf(seen.sha256), join(dir, seen.sha256.slice(0, 2)))
      return seen
    } catch (error) {
      await rm(incoming, { force: true })
      throw error
    }
  }
  return {
    put,
    putBytes: async (bytes) => {
      const { Readable } = await import("node:stream")
      return put(Readable.from([Buffer.from(bytes)]), bytes.byteLength)
    },
    read: (sha256) => readFile(pathOf(sha256)),
    stream: (sha256) => createReadStream(pathOf(sha256)),
  }
}

async function receive(stream: Readable, path: string, bytesMax: number): Promise<StoredFile> {
  const hash = createHash("sha256")
  let bytes = 0
  let head = Buffer.alloc(0)
  const watch = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      if (bytes > bytesMax) return done(new FileTooLarge())
      hash.update(chunk)
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
      done(null, chunk)
    },
  })
  await pipeline(stream, watch, createWriteStream(path, { mode: 0o600, flush: true }))
  return { sha256: hash.digest("hex"), bytes, head }
}

/** Gives the file its name and makes the name durable. */
async function settle(from: string, to: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (await stat(to).catch(() => undefined)) return rm(from, { force: true })
  await rename(from, to)
  const handle = await open(folder, "r")
  await handle.sync().finally(() => handle.close())
}
