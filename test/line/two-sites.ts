// Two sites of an invented federation, made in one piece: an authority, certificates, what each knows of the other.
import { createPublicKey, generateKeyPairSync, type KeyObject, sign, X509Certificate } from "node:crypto"
import { compileEndpoints, type Endpoint, type ListedClient, parseClientId, WHOLE_SERVICE } from "#engines/xroad"
import { certificateThumbprint, type Offered, type Peer, type Roads, type TlsKeys } from "#line"
import { type CertificateKind, makeCertificate } from "../../src/modules/federation/certificates.ts"
import { ecSigner } from "../../src/modules/federation/signer.ts"

export const INSTANCE = "XX"
export const CONSUMER = "XX/GOV/commune/desk"
export const PROVIDER = "XX/GOV/ministry/population"
export const SERVICE = `${PROVIDER}/person`
/** More services of the ministry: what each is there to show. */
export const BIRTHS = `${PROVIDER}/births`
export const FIND_PERSON = `${PROVIDER}/findPerson`
export const CLOSED = `${PROVIDER}/closed`
export const HOMELESS = `${PROVIDER}/homeless`
export const CROOKED = `${PROVIDER}/crooked`
export const SECRET = `${PROVIDER}/secret`
/** The member that owns the ministry's site; it asks for figures itself. */
export const OWNER = "XX/GOV/ministry"
/** Another subsystem of the commune, with no contract at all. */
export const STRANGER = "XX/GOV/commune/archive"
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
  return {
    anchor: root.toString(),
    sites: [await site("commune", [CONSUMER, STRANGER]), await site("ministry", [PROVIDER, OWNER])],
  }
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
  /** Where its SOAP service and the descriptions of services are. */
  readonly soapUrl?: string
  readonly openApi?: string
  readonly wsdl?: string
}

/** What the ministry offers. */
function services({ url = "", soapUrl = "", openApi, wsdl }: RoadsOptions): ReadonlyMap<string, Offered> {
  return new Map<string, Offered>([
    [SERVICE, { type: "REST", url }],
    [BIRTHS, { type: "OPENAPI", url, endpoints: BIRTH_ENDPOINTS, ...(openApi && { description: openApi }) }],
    [FIND_PERSON, { type: "SOAP", url: soapUrl, version: "v1", ...(wsdl && { description: wsdl }) }],
    [CLOSED, { type: "REST", url, disabled: "moving to a new house until Monday" }],
    [HOMELESS, { type: "REST", url: "" }],
    [CROOKED, { type: "REST", url: "ftp://nowhere" }],
    [SECRET, { type: "REST", url }],
  ])
}

const BIRTH_ENDPOINTS = [
  { method: "GET", path: "/records/*" },
  { method: "POST", path: "/records" },
]

/** What the desk may call of each service: of births one endpoint of two, of the secret one nothing. */
const RIGHTS: ReadonlyMap<string, readonly Endpoint[]> = new Map([
  ...[SERVICE, FIND_PERSON, CLOSED, HOMELESS, CROOKED].map((service) => [service, [WHOLE_SERVICE]] as const),
  [BIRTHS, [BIRTH_ENDPOINTS[0]!]],
])
const compiled = new Map([...RIGHTS].map(([service, endpoints]) => [service, compileEndpoints(endpoints)]))

const NAMES: readonly (readonly [string, string, string?])[] = [
  ["XX/GOV/ministry", "Ministry"],
  [PROVIDER, "Ministry", "Population register"],
  ["XX/GOV/commune", "Commune"],
  [CONSUMER, "Commune", "Reception desk"],
]

const listed = NAMES.map(([id, name, subsystemName]): ListedClient => {
  const read = parseClientId(id)
  if (!read.ok) throw new Error(read.message)
  return { id: read.value, name, ...(subsystemName && { subsystemName }) }
})

/** What `id` knows: both sites, and one contract for what the desk may call. */
export function roadsOf({ sites }: Federation, id: string, options: RoadsOptions): Roads {
  const { addresses } = options
  const own = sites.find((site) => site.id === id)!
  const peers = sites.map((site): Peer => {
    const thumbprint = certificateThumbprint(site.authCertificate)
    const keyId = certificateThumbprint(site.sealCertificate)
    const key = createPublicKey(site.sealCertificate)
    return {
      id: site.id,
      server: `XX/GOV/${site.id}/${site.id}`,
      get address() {
        return addresses.get(site.id) ?? "127.0.0.1:1"
      },
      hasAuth: (asked) => asked === thumbprint,
      sealingKey: (asked) => (asked === keyId ? key : undefined),
    }
  })
  const clientsOf = new Map(sites.map((site) => [site.id, new Set(site.clients)]))
  const offered: ReadonlyMap<string, Offered> = own.clients.includes(PROVIDER) ? services(options) : new Map()
  return {
    isFresh: () => true,
    hosts: (client) => own.clients.includes(client),
    belongsTo: (client, peer) => clientsOf.get(peer.id)!.has(client),
    servers: (subsystem) => peers.filter((peer) => clientsOf.get(peer.id)!.has(subsystem)),
    peerOf: (thumbprint) => peers.find((peer) => peer.hasAuth(thumbprint)),
    mayCall: ({ consumer, service, method, path }) =>
      consumer === CONSUMER && compiled.get(service)?.allows(method, path) ? { contract: CONTRACT } : { refused: "no-contract" },
    offered: (service) => offered.get(service),
    services: (provider) => [...offered.keys()].filter((service) => service.startsWith(`${provider}/`)),
    permitted: (consumer, service) => (consumer === CONSUMER ? (RIGHTS.get(service) ?? []) : []),
    clients: (instance) => (instance === INSTANCE ? listed : undefined),
    owner: `XX/GOV/${id}`,
    demandOf: () => "any",
  }
}
