// Where the keys of this site lie: in its folder of keys, or, those that seal, in a token (PKCS#11) that never gives them away.
import type { KeyObject } from "node:crypto"
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import type { Tx } from "#platform/db"
import { openToken, type Token, TokenFault } from "#platform/pkcs11"
import type { Problem } from "#platform/problem"
import type { Site } from "#platform/site"
import { problem } from "#problems"
import type { CertificateUse } from "./directory.ts"
import { ecSigner, type Signer } from "./signer.ts"
import type { SiteFile } from "./site-file.ts"

type Pin = NonNullable<SiteFile["seal"]>["pkcs11"]["pin"]

/** The name of a key in a token begins so; its label follows. */
const IN_TOKEN = "pkcs11:"
const LABEL = "motlan"

/** The token that the file names; `dir` is the folder of the file. Nothing is opened yet. */
export function tokenOf({ seal }: SiteFile, dir: string): Token | undefined {
  if (!seal) return undefined
  const { module, token, pin } = seal.pkcs11
  return openToken({ module, token, pin: () => readPin(pin, dir) })
}

/** Read each time: whoever corrects a wrong one needs no new start. */
function readPin({ env, file }: Pin, dir: string): string {
  const pin = env === undefined ? pinOfFile(resolve(dir, file!)) : process.env[env]
  if (pin) return pin
  throw new TokenFault("pin-unreadable", `there is no PIN in ${env === undefined ? file : `the variable ${env}`}`)
}

function pinOfFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").replace(/\r?\n$/, "")
  } catch {
    return undefined
  }
}

/** The name of a new key. */
export function newKeyName({ seal, site }: SiteFile, use: CertificateUse, id: string): string {
  if (use === "auth" || !seal) return `federation.${use}.${id}`
  return `${IN_TOKEN}${seal.pkcs11.label ?? LABEL}.${site}.${id}`
}

/** Does the key lie where the file wants keys of this use? One that does not is left with the next renewal, which is due at once. */
export const isInPlace = ({ seal }: SiteFile, use: CertificateUse, keyName: string): boolean =>
  use === "auth" || keyName.startsWith(IN_TOKEN) === (seal !== undefined)

/** A signer for a key of this site, which is made when there is none. Throws `token-away`, `token-pin-refused`. */
export async function signerOf({ site }: Tx, token: Token | undefined, keyName: string): Promise<Signer> {
  if (!keyName.startsWith(IN_TOKEN)) return ecSigner(site.keys.ecKey(keyName))
  if (!token) throw noToken()
  return tokenSigner(token, keyName, await token.keyOf(keyName.slice(IN_TOKEN.length)).catch(away))
}

/** A signer for a key that has a certificate already: nothing is opened before it signs. */
export function knownSigner({ keys }: Site, token: Token | undefined, keyName: string, publicKey: KeyObject): Signer {
  return keyName.startsWith(IN_TOKEN) ? tokenSigner(token, keyName, publicKey) : ecSigner(keys.ecKey(keyName))
}

const tokenSigner = (token: Token | undefined, keyName: string, publicKey: KeyObject): Signer => ({
  sign: async (data) => {
    if (!token) throw noToken()
    return token.sign(keyName.slice(IN_TOKEN.length), data).catch(away)
  },
  publicKey,
  certificate: undefined,
})

const noToken = (): Problem => problem("token-away", { detail: "site.yaml: seal" })

function away(fault: unknown): never {
  if (!(fault instanceof TokenFault)) throw fault
  const isPin = fault.reason === "pin-refused" || fault.reason === "pin-unreadable"
  throw problem(isPin ? "token-pin-refused" : "token-away", { detail: fault.message })
}
