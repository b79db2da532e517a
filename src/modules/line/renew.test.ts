// Certificates of the line change while requests flow: none fails, and what comes later shows the new ones.
import assert from "node:assert/strict"
import { once } from "node:events"
import { after, test } from "node:test"
import { connect, type TLSSocket } from "node:tls"
import { certificateThumbprint, type Peer } from "#line"
import { type Federation, makeFederation, tlsOf } from "../../../test/line/two-sites.ts"
import { openTwoWorlds } from "../../../test/line/two-worlds.ts"

const CLIENTS = 8
const ROUNDS = 4
const LOOK_MS = 5

/** The certificates to come, by an authority of their own: the directory lists them before they are used. */
const next = await makeFederation(new Date())
const thumbprints = new Map(next.sites.map((site) => [certificateThumbprint(site.authCertificate), site.id]))
const knowing = (peer: Peer): Peer => ({
  ...peer,
  hasAuth: (thumbprint) => peer.hasAuth(thumbprint) || thumbprints.get(thumbprint) === peer.id,
  sealingKey: peer.sealingKey,
})
const sites = await openTwoWorlds({
  roads: (_, roads) => ({
    ...roads,
    servers: (subsystem) => roads.servers(subsystem).map(knowing),
    peerOf: (thumbprint) => {
      const id = thumbprints.get(thumbprint)
      const old = sites.federation.sites.find((site) => site.id === id)
      return roads.peerOf(old ? certificateThumbprint(old.authCertificate) : thumbprint)
    },
  }),
})
after(() => sites.close())

const anchors = [sites.federation.anchor, next.anchor]
const keysOf = (federation: Federation) => federation.sites.map((site) => ({ ...tlsOf(federation, site), anchors }))
const [old, fresh] = [keysOf(sites.federation), keysOf(next)]

/** Whose certificate the ministry's line shows. */
async function shown(): Promise<string> {
  const keys = { cert: fresh[0]!.certificate, key: fresh[0]!.key as string }
  const socket: TLSSocket = connect({ ...keys, host: "127.0.0.1", port: sites.ministry.peers, rejectUnauthorized: false })
  await once(socket, "secureConnect")
  const certificate = socket.getPeerX509Certificate()!.toString()
  socket.destroy()
  return certificateThumbprint(certificate)
}

test("no request fails while both sites change their certificates, again and again", async () => {
  let isOver = false
  const told: (number | string)[] = []
  const client = async () => {
    while (!isOver) told.push(await sites.ask({ method: "POST", body: "x" }).then(({ status }) => status, String))
  }
  /** Every client has been answered once more. */
  const moreTold = async () => {
    const enough = told.length + 2 * CLIENTS
    while (told.length < enough) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  sites.commune.line.renew(old[0]!)
  sites.ministry.line.renew(old[1]!)
  const clients = Promise.all(Array.from({ length: CLIENTS }, client))
  for (let round = 0; round < ROUNDS; round++) {
    const keys = round % 2 === 0 ? fresh : old
    sites.ministry.line.renew(keys[1]!)
    await moreTold()
    sites.commune.line.renew(keys[0]!)
    await moreTold()
    assert.equal(await shown(), certificateThumbprint(keys[1]!.certificate))
  }
  isOver = true
  await clients
  assert.deepEqual(new Set(told), new Set([200]))
})
