// Files that people send, and files that people should not send, made on the spot.
import { Readable } from "node:stream"
import { deflateSync } from "node:zlib"
import { crc32 } from "./crc32.ts"

/** A grey picture of 12 by 16 points. */
export const jpeg = Buffer.from(
  "/9j/4AAQSkZJRgABAQEAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4z" +
    "NDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAAQAAwDASIAAhEB" +
    "AxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS" +
    "0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKz" +
    "tLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgEC" +
    "BAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpj" +
    "ZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6" +
    "/9oADAMBAAIRAxEAPwD26Oxt9MhLRyOkYZiTLcOw+Zix+8fU/wBBxVy3aN4EMTh0AwGDbv1yc1LRQB//2Q==",
  "base64",
)

export const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

/** A black PNG; with `more` chunks before its data. `stated` may lie about its size. */
export function png(width = 3, height = 2, more: Buffer[] = [], stated = { width, height }): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(stated.width, 0)
  head.writeUInt32BE(stated.height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const data = deflateSync(Buffer.alloc((width + 1) * height))
  const signature = Buffer.from("89504e470d0a1a0a", "hex")
  return Buffer.concat([signature, chunk("IHDR", head), ...more, chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))])
}

/** A PDF of empty pages; `extra` goes into its catalogue, `objects` behind its pages, `trailer` into its trailer. */
export function pdf(made: { pages?: number; stated?: number; extra?: string; objects?: string; trailer?: string } = {}): Buffer {
  const { pages = 1, extra = "", objects = "", trailer = "" } = made
  const stated = made.stated ?? pages
  const kids = Array.from({ length: pages }, (_, i) => i + 3)
  const parts = [
    `1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${extra} >>\nendobj\n`,
    `2 0 obj\n<< /Type /Pages /Count ${stated} /Kids [${kids.map((kid) => `${kid} 0 R`).join(" ")}] >>\nendobj\n`,
    ...kids.map((kid) => `${kid} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n`),
    objects,
  ]
  const body = `%PDF-1.7\n${parts.join("")}`
  const end = `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 3 /Root 1 0 R ${trailer} >>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(body + end, "latin1")
}

/** EXIF with an orientation, and the place of a house in Ha Noi as text. */
export function exif(orientation: number): Buffer {
  const tiff = Buffer.from("49492a0008000000" + "0100" + "120103000100000000000000" + "00000000", "hex")
  tiff.writeUInt16LE(orientation, 18)
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff, Buffer.from("GPS 21.0285N 105.8542E")])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** A segment or more put right behind the start of a JPEG. */
export const jpegWith = (...segments: Buffer[]): Buffer => Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])

/** A ZIP with one stored file. */
export function zip(): Buffer {
  const name = Buffer.from("a.html")
  const data = Buffer.from("<html>")
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt32LE(crc32(data), 14)
  local.writeUInt32LE(data.length, 18)
  local.writeUInt32LE(data.length, 22)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(name.length, 28)
  const files = Buffer.concat([local, name, data])
  const directory = Buffer.concat([entry, name])
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(files.length, 16)
  return Buffer.concat([files, directory, end])
}

/** The bytes as they come over a line, in pieces. */
export const streamed = (bytes: Uint8Array, piece = 1_000): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += piece) yield Buffer.from(bytes.subarray(at, at + piece))
    })(),
  )
