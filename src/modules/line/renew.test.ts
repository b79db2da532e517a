// Certificates and sealing keys of the line change while requests flow: none fails, and what comes later shows the new ones.
import assert from "node:assert/strict"
import { createPrivateKey, createPublicKey } from "node:crypto"
import { once } from "node:events"
import { after, test } from "node:test"
import { connect, type TLSSocket } from "node:tls"
import { noteKey } from "#engines/ledger"
import { verifyLog } from "#evidence"
import { certificateThumbprint, type Peer } from "#line"
import { type Federation, makeFederation, sealingKeyOf, tlsOf } from "../../../test/line/two-sites.ts"
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
  sealingKey: (id, at) => peer.sealingKey(id, at) ?? freshSealOf(peer.id, id),
})
const freshSealOf = (site: string, id: string) => {
  const certificate = next.sites.find((one) => one.id === site)!.sealCertificate
  return certificateThumbprint(certificate) === id ? createPublicKey(certificate) : undefined
}
const sites = await openTwoWorlds({
  roads: (_, roads) => ({
    ...roads,
    servers: (subsystem) => roads.servers(subsystem).map(knowing),
    peerOf: (thumbprint) => {
      const id = thumbprints.get(thumbprint)
      const old = sites.federation.sites.find((site) => site.id === id)
      const found = roads.peerOf(old ? certificateThumbprint(old.authCertificate) : thumbprint)
      return found && knowing(found)
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

/** What eight clients are told while `change` is done again and again, each time a round is over. */
async function toldWhile(change: (round: number, moreTold: () => Promise<void>) => Promise<void>): Promise<Set<number | string>> {
  let isOver = false
  const told: (number | string)[] = []
  const client = async () => {
    while (!isOver)
      told.push(
        await sites
          .ask({ method: "POST", body: "x" })
          .then(({ status, body }) => (status === 200 ? status : body.toString()), String),
      )
  }
  /** Every client has been answered once more. */
  const moreTold = async () => {
    const enough = told.length + 2 * CLIENTS
    while (told.length < enough) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  const clients = Promise.all(Array.from({ length: CLIENTS }, client))
  for (let round = 0; round < ROUNDS; round++) await change(round, moreTold)
  isOver = true
  await clients
  return new Set(told)
}

test("no request fails while both sites change their certificates, again and again", async () => {
  sites.commune.line.renew(old[0]!)
  sites.ministry.line.renew(old[1]!)
  const told = await toldWhile(async (round, moreTold) => {
    const keys = round % 2 === 0 ? fresh : old
    sites.ministry.line.renew(keys[1]!)
    await moreTold()
    sites.commune.line.renew(keys[0]!)
    await moreTold()
    assert.equal(await shown(), certificateThumbprint(keys[1]!.certificate))
  })
  assert.deepEqual(told, new Set([200]))
})

test("no request fails while both sites change the keys of their seals, and what either key has sealed stands in one log", async () => {
  const lines = [sites.commune, sites.ministry]
  const sealKey = (federation: Federation, at: number) =>
    sealingKeyOf(federation.sites[at]!, createPrivateKey(federation.sites[at]!.sealKey))
  const told = await toldWhile(async (round, moreTold) => {
    for (const [at, { sealer }] of lines.entries()) {
      sealer.renew(sealKey(round % 2 === 0 ? next : sites.federation, at))
      await moreTold()
    }
  })
  assert.deepEqual(told, new Set([200]))
  for (const [at, { sealer, world }] of lines.entries()) {
    const own = sites.federation.sites[at]!
    const used = new Set<string>()
    await sealer.close()
    const { broken, checkpoints } = await verifyLog({
      ...{ db: world.db, site: world.site, book: own.id },
      noteKey: noteKey(`${own.id}.test/log`, createPublicKey(own.noteKey)),
      keyOf: (id) => {
        used.add(id)
        const certificate = [own, next.sites[at]!]
          .map((one) => one.sealCertificate)
          .find((one) => certificateThumbprint(one) === id)
        return certificate === undefined ? undefined : createPublicKey(certificate)
      },
    })
    assert.deepEqual(broken, [])
    assert.ok(checkpoints > 0)
    assert.equal(used.size, 2)
  }
})
