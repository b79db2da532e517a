// One exchange as a file that proves itself: its shape, and the reading of it.
import Type, { type Static } from "typebox"
import { Compile } from "typebox/compile"

const Hash = Type.String({ pattern: "^[A-Za-z0-9+/]{43}=$" })
const Base64 = Type.String({ pattern: "^[A-Za-z0-9+/]+={0,2}$", maxLength: 40_000 })
/** A verifier key of a signed note, as the ledger engine prints it. */
const NoteKeyText = Type.String({ maxLength: 400 })
export const RECORDS_MAX = 20
export const TIMESTAMPS_MAX = 5
const CERTIFICATES_MAX = 2 * RECORDS_MAX
const BUNDLE_BYTES_MAX = 4 * 1024 * 1024
const FAULTS_MAX = 10

export const BundleRecord = Type.Object({
  kind: Type.Enum(["sent", "got", "refused"]),
  text: Type.String({ maxLength: 100_000 }),
  /** For `got`: the message, and its way to the root that the receipt names, with the peer's signature. */
  of: Type.Optional(Type.Object({ text: Type.String({ maxLength: 100_000 }), proof: Type.String({ maxLength: 1_000 }) })),
  keyId: Type.String({ maxLength: 100 }),
  /** From the record to the root of its batch, and the signature. */
  proof: Type.String({ maxLength: 1_000 }),
  batch: Type.Integer({ minimum: 0 }),
  /** The note of the log, with the lines of the witnesses that have cosigned it. */
  checkpoint: Type.String({ maxLength: 100_000 }),
  /** From the batch to the root of the checkpoint. */
  path: Type.Array(Hash, { maxItems: 64 }),
  /** Tokens (RFC 3161, DER) over the text of the checkpoint. */
  timestamps: Type.Optional(Type.Array(Base64, { maxItems: TIMESTAMPS_MAX })),
})
export type BundleRecord = Static<typeof BundleRecord>

export const Bundle = Type.Object({
  format: Type.Literal("motlan-exchange-1"),
  message: Type.String({ maxLength: 300 }),
  site: Type.String({ maxLength: 200 }),
  /** Verifier key of the site's log (C2SP signed note). */
  noteKey: NoteKeyText,
  /** Verifier keys of those who witness it. */
  witnesses: Type.Optional(Type.Array(NoteKeyText, { maxItems: 50 })),
  records: Type.Array(BundleRecord, { minItems: 1, maxItems: RECORDS_MAX }),
  /** Certificates (PEM, those that lead to an anchor behind them) of all keys that have sealed, by key id. */
  certificates: Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 40_000 }), {
    maxProperties: CERTIFICATES_MAX,
  }),
  /** The trust anchors, as the site knew them. */
  anchors: Type.Array(Type.String({ maxLength: 20_000 }), { maxItems: 50 }),
})
export type Bundle = Static<typeof Bundle>

const check = Compile(Bundle)

export type BundleReading =
  | { readonly bundle: Bundle }
  /** What is wrong with the file: a path in it and why, or why it is no such file at all. */
  | { readonly faults: readonly string[] }

/** Reads the text of a file as a bundle; nothing of it is believed by that. */
export function readBundle(text: string): BundleReading {
  if (text.length > BUNDLE_BYTES_MAX) return { faults: [`longer than ${BUNDLE_BYTES_MAX} bytes`] }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { faults: [`not JSON: ${(error as Error).message}`] }
  }
  if (check.Check(value)) return { bundle: value }
  const errors = [...check.Errors(value)].slice(0, FAULTS_MAX)
  return { faults: errors.map(({ instancePath, message }) => `${instancePath || "/"} ${message}`) }
}
