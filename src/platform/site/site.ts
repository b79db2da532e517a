// What one running site has: its clock, log, files, keys and reference data. Deeds reach it as `tx.site`.

import type { KeyStore } from "#platform/crypto"
import type { FileStore } from "#platform/files"
import type { Log } from "#platform/log"

export interface Site {
  /** The address that citizens use, without a closing slash: `http://127.0.0.1:8080`. */
  readonly origin: string
  readonly clock: () => Date
  readonly log: Log
  readonly files: FileStore
  readonly keys: KeyStore
  /** The loaded country pack; the platform only carries it. Read it through `countryOf` of `#country`. */
  readonly reference: unknown
  /** True only with `--demo`: the synthetic cast, the demo's identity provider. */
  readonly demo: boolean
}
