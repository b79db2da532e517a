// Secrets of the site, made at first start and kept in files of mode 0600; never in the database, never in a log.
import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto"
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs"
import { join } from "node:path"

export interface KeyStore {
  /** 32 random bytes kept under `name`. */
  secret(name: string): Buffer
  /** A P-256 private key kept under `name` (PKCS#8 PEM). */
  ecKey(name: string): KeyObject
  /** Bytes kept under `name`, made by `make` the first time (certificates, PKCS#12 bundles). */
  blob(name: string, make: () => Promise<Buffer>): Promise<Buffer>
  /**
   * The site's own pseudonym for a person or organisation: the same number always gives the same UUID here, and
   * nobody without the site's secret can tell the number from it. HMAC-SHA-256, cut to 128 bits.
   */
  subjectOf(number: string): string
}

/** Opens the keys in `dir` (mode 0700). */
export function openKeys(dir: string): KeyStore {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const cache = new Map<string, Buffer>()
  const keep = (name: string, make: () => Buffer): Buffer => {
    const known = cache.get(name) ?? readOrMake(join(dir, fileName(name)), make)
    cache.set(name, known)
    return known
  }
  const keys = new Map<string, KeyObject>()
  return {
    secret: (name) => keep(`${name}.secret`, () => randomBytes(32)),
    ecKey: (name) => {
      const key = keys.get(name) ?? createPrivateKey(keep(`${name}.pem`, newEcKey).toString())
      keys.set(name, key)
      return key
    },
    blob: async (name, make) => {
      const path = join(dir, fileName(name))
      const found = cache.get(name) ?? readIfThere(path)
      const bytes = found ?? keep(name, await madeBy(make))
      cache.set(name, bytes)
      return bytes
    },
    subjectOf: (number) =>
      asUuid(
        createHmac(
          "sha256",
          keep("subject.secret", () => randomBytes(32)),
        )
          .update(number)
          .digest(),
      ),
  }
}

const fileName = (name: string): string => {
  if (!/^[a-z0-9][a-z0-9.-]{0,100}$/i.test(name)) throw new Error(`not a key's name: ${name}`)
  return name
}

const newEcKey = () =>
  Buffer.from(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" }))

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined
    throw error
  }
}

/** Written beside, synced, then renamed: a kill in the middle leaves no half key. */
function readOrMake(path: string, make: () => Buffer): Buffer {
  const found = readIfThere(path)
  if (found) return found
  const bytes = make()
  const fresh = `${path}.${process.pid}.new`
  const file = openSync(fresh, "wx", 0o600)
  writeSync(file, bytes)
  fsyncSync(file)
  closeSync(file)
  renameSync(fresh, path)
  return bytes
}

/** 16 of the bytes, with the marks of a UUID of version 8 (RFC 9562: custom). */
function asUuid(digest: Buffer): string {
  const b = Buffer.from(digest.subarray(0, 16))
  b[6] = (b[6]! & 0x0f) | 0x80
  b[8] = (b[8]! & 0x3f) | 0x80
  const hex = b.toString("hex")
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

async function madeBy(make: () => Promise<Buffer>): Promise<() => Buffer> {
  const bytes = await make()
  return () => bytes
}
