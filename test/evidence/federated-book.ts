// A site of a federation of one, with its file in a data folder, and the log that it seals under its standing.
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { openSealer, type Sealer } from "#evidence"
import { keepUp, knownKeys, openStanding, readSiteFile } from "#federation"
import { openKeys } from "#platform/crypto"
import { ed25519Of } from "../../src/modules/federation/signer.ts"
import type { World } from "../world.ts"

export interface FederatedBook {
  readonly id: string
  readonly sealer: Sealer
  /** Its trust anchor, PEM. */
  readonly anchor: string
}

/** Writes the file and the keys into `data`, as a running site would have them. */
export async function openFederatedBook({ db, site }: World, data: string): Promise<FederatedBook> {
  mkdirSync(data, { recursive: true })
  const path = join(data, "site.yaml")
  writeFileSync(path, "instance: XX\nsite: hub\nname: Hub\nrole: hub\nline: 127.0.0.1:5500\nface: http://127.0.0.1:8080\n")
  Object.assign(site, { keys: openKeys(join(data, "keys")) })
  const standing = await openStanding(db, site, readSiteFile(path))
  await keepUp(db, site)
  const sealing = standing.sealing(site.clock())
  const sealer = await openSealer({
    ...{ db, site, book: "hub" },
    key: { id: sealing.thumbprint, sign: (bytes) => sealing.sign(bytes) },
    note: { name: standing.checkpointName, private: ed25519Of(site.keys.secret("federation.checkpoint")) },
  })
  const { anchors } = await db.tx({ kind: "system", name: "test" }, knownKeys)
  return { id: "hub", sealer, anchor: anchors[0]! }
}
