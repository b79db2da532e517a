// Two sites of an invented federation, made in one piece: an authority, certificates, what each knows of the other.
import { createPublicKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from "node:crypto"
import { compileEndpoints, WHOLE_SERVICE } from "#engines/xroad"
import { certificateThumbprint, type Peer, type Roads, type TlsKeys } from "#line"
import { type CertificateKind, makeCertificate } from "../../src/modules/federation/certificates.ts"
import { ecSigner } from "../../src/modules/federation/signer.ts"

export const INSTANCE = "XX"
export const CONSUMER = "XX/GOV/commune/desk"
export const PROVIDER = "XX/GOV/ministry/population"
export const SERVICE = `${PROVIDER}/person`
export const CONTRACT = "k4EvJ0b8s0l5G1fWwYcP7v4d9bO2mQ3nT6xZ8aH1rUE"

/** One site, as text, so that it can be handed to another process. */
export interface SiteKeys {
  readonly id: string
  readonly clients: readonly string[]
  readonly authCertificate: string
  readonly authKey: string
  readonly sealCertificate: string
  readonly sealKey: string
  readonly noteKey: string
}

export interface Federation {
  readonly anchor: string
  readonly sites: readonly [SiteKeys, SiteKeys]
}

const DAY_MS = 86_400_000
/** TLS goes by the clock of the wall, whatever the time in a world. */
const GOOD_FOR_DAYS = 7_300

/** An authority and two sites: `commune`, which asks, and `ministry`, which answers. Certificates are good for years from `at` on. */
export async function makeFederation(at: Date): Promise<Federation> {
  const [from, until] = [new Date(at.getTime() - DAY_MS), new Date(at.getTime() + GOOD_FOR_DAYS * DAY_MS)]
  const ca = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const make = async (kind: CertificateKind, name: string, publicKey: KeyObject, issuer?: X509Certificate) =>
    new X509Certificate(
      await makeCertificate({
        kind,
        name,
        organisation: "Test",
        issuer,
        issuerSigner: ecSigner(ca.privateKey),
        publicKey,
        from,
        until,
        ...(kind === "auth" && { host: name }),
      }),
    )
  const root = await make("authority", "authority", ca.publicKey)
  const site = async (id: string, clients: readonly string[]): Promise<SiteKeys> => {
    const [auth, seal] = [generateKeyPairSync("ec", { namedCurve: "P-256" }), generateKeyPairSync("ec", { namedCurve: "P-256" })]
    const note = generateKeyPairSync("ed25519")
    return {
      id,
      clients,
      authCertificate: (await make("auth", id, auth.publicKey, root)).toString(),
      authKey: pem(auth.privateKey),
      sealCertificate: (await make("sealing", id, seal.publicKey, root)).toString(),
      sealKey: pem(seal.privateKey),
      noteKey: pem(note.privateKey),
    }
  }
  return { anchor: root.toString(), sites: [await site("commune", [CONSUMER]), await site("ministry", [PROVIDER])] }
}

const pem = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" }) as string

export const tlsOf = ({ anchor }: Federation, { authCertificate, authKey }: SiteKeys): TlsKeys => ({
  certificate: authCertificate,
  key: authKey,
  anchors: [anchor],
})

/** The id of a site's sealing key, and what signs with it. */
export function sealingKeyOf({ sealCertificate, sealKey }: SiteKeys, privateKey: KeyObject) {
  return {
    id: certificateThumbprint(sealCertificate),
    sign: (data: Buffer) => sign("sha256", data, { key: privateKey, dsaEncoding: "ieee-p1363" }),
    pem: sealKey,
  }
}

/** What changes from test to test. */
export interface RoadsOptions {
  /** Line addresses of the sites, by id; a site that listens later is found all the same. */
  readonly addresses: ReadonlyMap<string, string>
  /** Where the service of this site is. */
  readonly url?: string
}

/** What `id` knows: both sites, and one contract for the whole service. */
export function roadsOf({ sites }: Federation, id: string, { addresses, url = "" }: RoadsOptions): Roads {
  const own = sites.find((site) => site.id === id)!
  const peers = sites.map((site): Peer => {
    const thumbprint = certificateThumbprint(site.authCertificate)
    const keyId = certificateThumbprint(site.sealCertificate)
    const key = createPublicKey(site.sealCertificate)
    return {
      id: site.id,
      get address() {
        return addresses.get(site.id) ?? "127.0.0.1:1"
      },
      hasAuth: (asked) => asked === thumbprint,
      sealingKey: (asked) => (asked === keyId ? key : undefined),
    }
  })
  const clientsOf = new Map(sites.map((site) => [site.id, new Set(site.clients)]))
  const rights = compileEndpoints([WHOLE_SERVICE])
  return {
    isFresh: () => true,
    hosts: (client) => own.clients.includes(client),
    belongsTo: (client, peer) => clientsOf.get(peer.id)!.has(client),
    servers: (subsystem) => peers.filter((peer) => clientsOf.get(peer.id)!.has(subsystem)),
    peerOf: (thumbprint) => peers.find((peer) => peer.hasAuth(thumbprint)),
    mayCall: ({ consumer, service, method, path }) =>
      consumer === CONSUMER && service === SERVICE && rights.allows(method, path)
        ? { contract: CONTRACT }
        : { refused: "no-contract" },
    offered: (service) => (service === SERVICE && own.clients.includes(PROVIDER) ? { type: "REST", url } : undefined),
  }
}
