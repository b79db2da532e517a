// The site of the settings: its clock, log, files and keys, and the country that it carries.
import { join } from "node:path"
import { systemClock } from "#platform/clock"
import type { Config } from "#platform/config"
import type { KeyStore } from "#platform/crypto"
import { openFiles } from "#platform/files"
import type { Log } from "#platform/log"
import type { Site } from "#platform/site"

/** Opens the site; `reference` is the loaded country pack. */
export async function openSite(config: Config, keys: KeyStore, reference: unknown, log: Log): Promise<Site> {
  return {
    origin: config.origin,
    clock: systemClock,
    log,
    files: await openFiles(join(config.data, "files")),
    keys,
    reference,
    demo: config.demo,
  }
}
