// What the log of a site holds, seen past its process: whether everything holds, and what it can prove of one exchange.
import { createPublicKey } from "node:crypto"
import { join } from "node:path"
import { noteKey, noteKeyText } from "#engines/ledger"
import { type Bundle, exportExchange, type LogVerdict, verifyLog } from "#evidence"
import { certificateThumbprint } from "#line"
import { systemClock } from "#platform/clock"
import { openKeys } from "#platform/crypto"
import { bringUp, openDb } from "#platform/db"
import { openFiles } from "#platform/files"
import { openLog } from "#platform/log"
import type { Site } from "#platform/site"
import type { Federation } from "../line/two-sites.ts"

/** A site without a country over a data folder, in real time. */
export async function siteOver(data: string): Promise<Site> {
  return {
    origin: "http://127.0.0.1",
    clock: systemClock,
    log: openLog("silent"),
    files: await openFiles(join(data, "files")),
    keys: openKeys(join(data, "keys")),
    reference: undefined,
    demo: false,
  }
}

export interface Evidence {
  verify(): Promise<LogVerdict>
  /** Undefined while there is none, or no checkpoint over all of it. */
  bundle(message: string): Promise<Bundle | undefined>
  close(): Promise<void>
}

/** Looks into the database of a running site. */
export async function lookAtEvidence(federation: Federation, id: string, data: string): Promise<Evidence> {
  const site = await siteOver(data)
  const database = await bringUp({ dataDir: data, keys: site.keys, alongside: true })
  const db = openDb(database.app, site)
  const own = federation.sites.find((one) => one.id === id)!
  const certificates = new Map(
    federation.sites.map(({ sealCertificate }) => [certificateThumbprint(sealCertificate), sealCertificate]),
  )
  const note = noteKey(`${id}.test/log`, createPublicKey(own.noteKey))
  const keyOf = (keyId: string) => {
    const pem = certificates.get(keyId)
    return pem === undefined ? undefined : createPublicKey(pem)
  }
  const certificateOf = (keyId: string) => certificates.get(keyId)
  const keys = { noteKey: noteKeyText(note), certificateOf, anchors: [federation.anchor] }
  return {
    verify: () => verifyLog({ db, site, book: id, noteKey: note, keyOf }),
    bundle: (message) => db.tx({ kind: "system", name: "look" }, (tx) => exportExchange(tx, id, message, keys)),
    close: async () => {
      await db.close()
      await database.stop()
    },
  }
}
