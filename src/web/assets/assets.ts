// Files that pages refer to: named by their content, compressed once at start, kept in memory.
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { promisify } from "node:util"
import { brotliCompress, gzip } from "node:zlib"
import { packageRoot } from "#platform/config"

export interface Asset {
  /** Name with the first ten hex digits of its SHA-256: "sheet.0a1b2c3d4e.css". */
  readonly name: string
  readonly type: string
  readonly plain: Buffer
  /** Compressed, when that makes it smaller; done at its best when first asked for, off the main thread, and kept. */
  readonly packed?: (encoding: "br" | "gzip") => Promise<Buffer>
}

const brotli = promisify(brotliCompress)
const deflate = promisify(gzip)
const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
  txt: "text/plain; charset=utf-8",
}

/** Makes an asset of some content; fonts are compressed already. */
export function assetOf(fileName: string, content: Buffer | string): Asset {
  const plain = Buffer.from(content)
  const at = fileName.lastIndexOf(".")
  const extension = fileName.slice(at + 1)
  const hash = createHash("sha256").update(plain).digest("hex").slice(0, 10)
  const packed = extension === "woff2" ? {} : { packed: packing(plain) }
  return {
    name: `${fileName.slice(0, at)}.${hash}.${extension}`,
    type: types[extension] ?? "application/octet-stream",
    plain,
    ...packed,
  }
}

function packing(plain: Buffer): (encoding: "br" | "gzip") => Promise<Buffer> {
  const done = new Map<string, Promise<Buffer>>()
  return (encoding) => {
    const known = done.get(encoding) ?? (encoding === "br" ? brotli(plain) : deflate(plain, { level: 9 }))
    done.set(encoding, known)
    return known
  }
}

/** Text or bytes of a file below src/web/assets, from the sources or beside the bundle alike. */
export const readAsset = (path: string): Buffer => readFileSync(join(packageRoot(), "src/web/assets", path))

/** A file of an installed package: "@digdir/designsystemet-css/theme.css". */
export const readPackaged = (path: string): string => readFileSync(createRequire(import.meta.url).resolve(path), "utf8")
