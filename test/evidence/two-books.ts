// The logs of two sites in one database, and exchanges between them as the line seals them, without a line.
import { createPrivateKey, createPublicKey, type KeyObject, randomBytes } from "node:crypto"
import { noteKey, noteKeyText } from "#engines/ledger"
import {
  type Bundle,
  type BundleKeys,
  exportExchange,
  openSealer,
  printReceipt,
  recordLeaf,
  type Sealed,
  type Sealer,
} from "#evidence"
import { newId } from "#platform/ids"
import { CONSUMER, CONTRACT, type Federation, makeFederation, type SiteKeys, sealingKeyOf } from "../line/two-sites.ts"
import type { World } from "../world.ts"

export interface Book {
  readonly id: string
  readonly sealer: Sealer
  /** The public key of its seals. */
  readonly sealing: KeyObject
  /** Name and key of its checkpoints. */
  readonly note: { readonly name: string; readonly private: KeyObject }
  readonly keys: BundleKeys
}

export interface TwoBooks {
  readonly federation: Federation
  readonly commune: Book
  readonly ministry: Book
  /** Seals one exchange on both sides, with its four records; gives the message when all of them are on disk. */
  exchange(): Promise<string>
  bundle(book: Book, message: string): Promise<Bundle>
  close(): Promise<void>
}

/** Digests of nothing: as long, and as hard to pack, as true ones. */
const digest = () => randomBytes(32).toString("base64")

/** Opens both logs, under new keys unless a federation is given. */
export async function openTwoBooks(world: World, known?: Federation): Promise<TwoBooks> {
  const federation = known ?? (await makeFederation(world.site.clock()))
  const certificates = new Map<string, string>()
  const open = async (site: SiteKeys): Promise<Book> => {
    const note = { name: `${site.id}.test/log`, private: createPrivateKey(site.noteKey) }
    const key = sealingKeyOf(site, createPrivateKey(site.sealKey))
    certificates.set(key.id, site.sealCertificate)
    const sealer = await openSealer({ db: world.db, site: world.site, book: site.id, key, note })
    const keys = {
      noteKey: noteKeyText(noteKey(note.name, createPublicKey(note.private))),
      certificateOf: (id: string) => certificates.get(id),
      anchors: [federation.anchor],
    }
    return { id: site.id, sealer, sealing: createPublicKey(site.sealCertificate), note, keys }
  }
  const [commune, ministry] = [await open(federation.sites[0]), await open(federation.sites[1])]
  const exchange = () => sealExchange(commune, ministry, world.site.clock())
  return {
    federation,
    commune,
    ministry,
    exchange,
    bundle: async (book, message) => {
      const bundle = await world.tx({ kind: "system", name: "test" }, (tx) => exportExchange(tx, book.id, message, book.keys))
      if (!bundle) throw new Error(`${book.id} knows no ${message}`)
      return JSON.parse(JSON.stringify(bundle)) as Bundle
    },
    close: async () => {
      await commune.sealer.close()
      await ministry.sealer.close()
    },
  }
}

type Sealing = Pick<Book, "id" | "sealer">

/** Seals one exchange on both sides as the line does; gives its message when its four records are on disk. */
export async function sealExchange(commune: Sealing, ministry: Sealing, at: Date): Promise<string> {
  const message = newId(at)
  const params = ({ sealer }: Sealing) =>
    `;created=${Math.floor(at.getTime() / 1_000)};keyid="${sealer.keyId}";nonce="${message}";alg="ecdsa-p256-sha256"`
  const asked = requestBase(message, params(commune))
  const sent = commune.sealer.seal({ kind: "sent", message, text: asked })
  await keepReceipt(ministry, commune, { message, text: asked, sealed: sent, at })
  const told = answerBase(recordLeaf(asked).toString("base64"), params(ministry))
  const answer = ministry.sealer.seal({ kind: "sent", message, text: told })
  await keepReceipt(commune, ministry, { message, text: told, sealed: answer, at })
  await Promise.all([sent.stored, answer.stored])
  return message
}

let receipts = 0

/** What a peer has sealed, kept at the other side as if it had come alone, each a moment after the other. */
export async function keepReceipt(
  here: Sealing,
  peer: Sealing,
  { message, text, sealed, at }: { readonly message: string; readonly text: string; readonly sealed: Sealed; readonly at: Date },
): Promise<void> {
  const { place } = sealed
  const batch = await sealed.signed
  const of = { messages: [{ message, place, text }], others: batch.leaves.filter((_, i) => i !== place) }
  const came = new Date(at.getTime() + receipts++)
  await here.sealer.seal({ kind: "got", message: "", text: printReceipt(peer.id, came, batch), of }).stored
}

const requestBase = (message: string, params: string): string =>
  `"@method": GET\n"@path": /r1/XX/GOV/ministry/population/person/records/1\n"@query": ?\n"content-digest": sha-256=:${digest()}:\n` +
  `"x-motlan-headers": ${digest()}\n"x-road-client": ${CONSUMER}\n"x-road-id": XX-${message}\n"x-road-request-id": ${message}\n` +
  `"x-motlan-contract": ${CONTRACT}\n"@signature-params": ("@method" "@path" "@query" "content-digest" "x-motlan-headers" ` +
  `"x-road-client" "x-road-id" "x-road-request-id" "x-motlan-contract")${params}`

const answerBase = (leaf: string, params: string): string =>
  `"@status": 200\n"content-digest": sha-256=:${digest()}:\n"x-motlan-headers": ${digest()}\n"x-motlan-request": ${leaf}\n` +
  `"@signature-params": ("@status" "content-digest" "x-motlan-headers" "x-motlan-request")${params}`
