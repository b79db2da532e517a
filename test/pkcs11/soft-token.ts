// A token of software (SoftHSM 2) in a folder of its own, for tests of keys that lie in tokens.
import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const MODULES = [
  "/usr/lib/softhsm/libsofthsm2.so",
  "/usr/lib64/softhsm/libsofthsm2.so",
  "/opt/homebrew/lib/softhsm/libsofthsm2.so",
  "/usr/local/lib/softhsm/libsofthsm2.so",
]

/** The library of SoftHSM on this machine, where there is one. */
export const softModule = MODULES.find((path) => existsSync(path))

/** Why tests with a token are left out; false when they are not. */
export const withoutSoftHsm = softModule === undefined && "there is no SoftHSM on this machine: apt-get install softhsm2"

export const PIN = "624170"

export interface SoftToken {
  readonly module: string
  readonly token: string
  readonly dir: string
  /** Holds the PIN. */
  readonly pinFile: string
  /** Takes all tokens out of the machine, as far as a program can tell. */
  pullOut(): void
  close(): void
}

/** A fresh token, for this process: the module reads its settings once. */
export function makeSoftToken(token = "motlan-tests"): SoftToken {
  const dir = mkdtempSync(join(tmpdir(), "motlan-token-"))
  const tokens = join(dir, "tokens")
  mkdirSync(tokens)
  const conf = join(dir, "softhsm2.conf")
  writeFileSync(conf, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`)
  process.env.SOFTHSM2_CONF = conf
  const made = ["--init-token", "--free", "--label", token, "--pin", PIN, "--so-pin", "871206"]
  execFileSync("softhsm2-util", made, { stdio: "ignore", timeout: 20_000 })
  const pinFile = join(dir, "pin")
  writeFileSync(pinFile, `${PIN}\n`, { mode: 0o600 })
  return {
    ...{ module: softModule!, token, dir, pinFile },
    pullOut: () => rmSync(tokens, { recursive: true }),
    close: () => rmSync(dir, { recursive: true, force: true }),
  }
}
