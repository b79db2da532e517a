// Keys of sites that somebody has stolen, and what can be made with them: connections, certificates, seals.
import { generateKeyPairSync, hash, randomUUID, sign, X509Certificate } from "node:crypto"
import { thumbprintOf } from "#federation"
import { sql } from "#platform/db"
import { makeCertificate } from "../../src/modules/federation/certificates.ts"
import { ecSigner } from "../../src/modules/federation/signer.ts"
import { contentDigestOf, headersDigest, requestBase } from "../../src/modules/line/message.ts"
import type { Keys, Recorded } from "./recorder.ts"
import type { SiteProgram } from "./site-programs.ts"

interface OwnKey {
  readonly keyName: string
  readonly certificate: Buffer
}

const ownKey = async ({ world }: SiteProgram, use: string): Promise<OwnKey> =>
  (
    await world.migrator.rows<OwnKey>(
      sql`select key_name as "keyName", certificate from federation.own_certificate where use = ${use} order by taken_at desc`,
    )
  )[0]!

/** With which a site connects. */
export async function tlsOf(site: SiteProgram): Promise<Keys> {
  const { keyName, certificate } = await ownKey(site, "auth")
  return { key: pemOf(site, keyName), cert: new X509Certificate(certificate).toString() }
}

const pemOf = ({ keys }: SiteProgram, name: string): string => keys.ecKey(name).export({ type: "pkcs8", format: "pem" }) as string

/** A key with a certificate by itself. */
export async function selfMade(name: string): Promise<Keys> {
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const der = await makeCertificate({
    ...{ kind: "authority", name, organisation: name, issuer: undefined, publicKey: pair.publicKey },
    ...{ issuerSigner: ecSigner(pair.privateKey), from: new Date(Date.now() - 60_000), until: new Date(Date.now() + 86_400_000) },
  })
  const key = pair.privateKey.export({ type: "pkcs8", format: "pem" }) as string
  return { key, cert: new X509Certificate(der).toString() }
}

/** A certificate of the hub's own authority for a key that was stolen, from and until when it is said. */
export async function certified(
  hub: SiteProgram,
  use: "auth" | "sealing",
  fromMs: number,
  untilMs: number,
): Promise<{ keys: Keys; der: Buffer }> {
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const issuer = new X509Certificate(await hub.keys.blob("federation.authority.cer", () => Promise.reject(new Error("missing"))))
  const der = await makeCertificate({
    ...{ kind: use, name: "XX/commune", organisation: "Commune", issuer, publicKey: pair.publicKey },
    issuerSigner: ecSigner(hub.keys.ecKey("federation.authority")),
    ...{ from: new Date(Date.now() + fromMs), until: new Date(Date.now() + untilMs) },
  })
  const key = pair.privateKey.export({ type: "pkcs8", format: "pem" }) as string
  return { der, keys: { key, cert: new X509Certificate(der).toString() } }
}

/** What a forged request claims. */
export interface Claim {
  readonly client: string
  readonly url: string
  readonly contract: string
  /** Seconds since it was sealed, as it says. */
  readonly age?: number
}

/** Seals a request with a stolen key, as a site would: a batch of one, signed as RFC 9421 says. */
export async function forged(site: SiteProgram, { client, url, contract, age = 0 }: Claim): Promise<Recorded> {
  const { keyName, certificate } = await ownKey(site, "sealing")
  const id = randomUUID()
  const headers = ["x-road-client", client, "x-road-id", "forged-1", "x-road-request-id", id]
  const facts = {
    ...{ method: "GET", path: url, query: "", client, id: "forged-1", requestId: id, contract, protocol: "rest" as const },
    ...{ contentDigest: contentDigestOf(hash("sha256", "", "base64")), headers: headersDigest(headers) },
  }
  const created = Math.floor(Date.now() / 1_000) - age
  const keyId = thumbprintOf(certificate)
  const base = requestBase(facts, { created, keyId, nonce: id }).text
  const key = site.keys.ecKey(keyName)
  const signature = sign("sha256", Buffer.from(base), { key, dsaEncoding: "ieee-p1363" }).toString("base64")
  const head = { id, place: 0, created, headers, length: 0, method: "GET", url, protocol: "rest" as const, contract }
  return { seal: { keyId, size: 1, signature, others: "" }, head, body: Buffer.alloc(0) }
}
