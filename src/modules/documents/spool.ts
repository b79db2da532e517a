// Holds a file while it comes in: on disk without a name, so that a slow line costs no memory and a crash leaves nothing behind.
import { randomUUID } from "node:crypto"
import { type FileHandle, open, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { refuse } from "./refusal.ts"

/** As many bytes tell a type. */
export const HEAD_BYTES = 4_100

/**
 * The whole stream. `look` sees the first bytes once, before the rest is waited for, and throws to end it. Throws
 * `upload-too-large` as soon as it grows past `bytesMax`, `upload-empty` when nothing came.
 */
export async function spooled(stream: Readable, bytesMax: number, look: (head: Buffer) => Promise<unknown>): Promise<Buffer> {
  const file = await openNameless()
  try {
    const bytes = await fill(file, stream, bytesMax, look)
    const whole = Buffer.alloc(bytes)
    const { bytesRead } = await file.read(whole, 0, bytes, 0)
    if (bytesRead !== bytes) throw new Error("the spool was cut")
    return whole
  } finally {
    await file.close()
    stream.destroy()
  }
}

async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `motlan-${randomUUID()}`)
  const file = await open(path, "wx+", 0o600)
  await rm(path)
  return file
}

async function fill(
  file: FileHandle,
  stream: Readable,
  bytesMax: number,
  look: (head: Buffer) => Promise<unknown>,
): Promise<number> {
  let bytes = 0
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const part of stream as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > bytesMax) throw refuse("upload-too-large", { max: bytesMax })
    await file.writev([part])
    if (head) {
      head = Buffer.concat([head, part.subarray(0, HEAD_BYTES - head.length)])
      if (head.length < HEAD_BYTES) continue
      await look(head)
      head = undefined
    }
  }
  if (bytes === 0) throw refuse("upload-empty")
  if (head) await look(head)
  return bytes
}
