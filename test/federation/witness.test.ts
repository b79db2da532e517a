// A federation in which one site names another as its witness: by the directory alone each knows whose log it is, and whose signature.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { beWitnessed, exportExchange, openSealer, verifyBundle, witnessEndpoints } from "#evidence"
import { knownKeys, openStanding, ownWitness } from "#federation"
import { sealExchange } from "../evidence/two-books.ts"
import { announce, type FederatedSite, openJoined, refusal, stranger, system, type ThreeSites } from "./three-sites.ts"

let three: ThreeSites
before(async () => {
  three = await openJoined()
  const { hub, commune } = three
  await openStanding(commune.db, commune.site, { ...commune.file, witnesses: ["ministry"] })
  await announce(hub, commune)
  await three.spread()
})
after(() => three?.close())

const post = (site: FederatedSite) => (body: unknown) =>
  site.tx(stranger, (tx) => witnessEndpoints(ownWitness)[0]!.deed(tx, { body }))

test("the witness that a site has named cosigns its log, and everybody reads in the bundle who it was", async () => {
  const { commune, ministry, hub } = three
  const { standing, db, site } = commune
  const { thumbprint, sign } = standing.sealing(site.clock())
  const note = { name: standing.checkpointName, private: standing.checkpointPrivate }
  const sealer = await openSealer({ db, site, book: "commune", key: { id: thumbprint, sign }, note })
  const book = { id: "commune", sealer }
  const message = await sealExchange(book, book, site.clock())
  await sealer.close()
  const { witnessSites } = await commune.tx(system, knownKeys)
  assert.deepEqual(
    witnessSites.map(({ id }) => id),
    ["ministry"],
  )
  const witness = witnessSites[0]!.noteKey
  const log = { db, site, book: "commune" }
  await assert.rejects(beWitnessed(log, witness, post(hub)), refusal("log-unknown"), "the hub was not named")
  assert.deepEqual(await beWitnessed(log, witness, post(ministry)), { cosigned: true })
  const known = await commune.tx(system, knownKeys)
  const bundle = (await commune.tx(system, (tx) => exportExchange(tx, "commune", message, known)))!
  const { holds, records } = verifyBundle(bundle, known.anchors)
  assert.ok(holds, JSON.stringify(records))
  for (const { witnesses } of records)
    assert.deepEqual(
      witnesses?.map(({ name }) => name),
      ["motlan/XX/ministry"],
    )
})

test("a site knows the certificates of all keys that seal", async () => {
  const known = await three.ministry.tx(system, knownKeys)
  for (const { standing, site } of [three.ministry, three.commune, three.hub])
    assert.match(known.certificateOf(standing.sealing(site.clock()).thumbprint) ?? "", /BEGIN CERTIFICATE/)
  assert.equal(known.certificateOf("unknown"), undefined)
})
