// `motlan verify exchange FILE...`: checks bundles by themselves, and says in words what was checked and what failed.
import { readFileSync, statSync } from "node:fs"
import { type Bundle, type BundleVerdict, BundleVerifier, type RecordVerdict, readBundle } from "#evidence"
import { fill } from "#platform/words"
import type { VerifyOptions } from "./verify.ts"
import { wordsOfVerdicts } from "./verify-words.ts"

const FILE_BYTES_MAX = 16 * 1024 * 1024
const PEM = /^-----BEGIN CERTIFICATE-----\s*$/m

/** Checks one file after the other; 1 when any of them does not hold or is no bundle. */
export function verifyExchanges(files: readonly string[], { anchor, lang = "en" }: VerifyOptions): number {
  const say = sayer(lang)
  const anchors = anchor === undefined ? undefined : [readText(anchor)]
  if (anchors && !PEM.test(anchors[0]!)) throw new Error(`${anchor} holds no certificate (PEM)`)
  const verifier = new BundleVerifier(anchors)
  const verdicts = files.map((file) => {
    const reading = readBundle(readText(file))
    if ("faults" in reading) {
      say("no-bundle", { file })
      for (const fault of reading.faults) console.log(`  ${fault}`)
      return false
    }
    const verdict = verifier.verify(reading.bundle)
    tell(say, file, reading.bundle, verdict)
    return verdict.holds
  })
  say(anchor === undefined ? "anchors-of-file" : "anchors-named", { file: anchor ?? "" })
  return verdicts.every(Boolean) ? 0 : 1
}

export function readText(path: string): string {
  if (statSync(path).size > FILE_BYTES_MAX) throw new Error(`${path} is larger than ${FILE_BYTES_MAX} bytes`)
  return readFileSync(path, "utf8")
}

type Words = (typeof wordsOfVerdicts)["en"]
type Say = (name: Exclude<keyof Words, "failed">, values?: Record<string, string>, indent?: string) => void

function sayer(lang: string): Say & { readonly failed: Words["failed"]; readonly lang: string } {
  const words: Words = lang === "vi" ? wordsOfVerdicts.vi : wordsOfVerdicts.en
  const say: Say = (name, values = {}, indent = "") => console.log(indent + fill(words[name], lang, values))
  return Object.assign(say, { failed: words.failed, lang })
}

function tell(say: ReturnType<typeof sayer>, file: string, bundle: Bundle, { records, holds }: BundleVerdict): void {
  say("exchange", { file, message: bundle.message, site: bundle.site, key: bundle.noteKey })
  for (const record of records) tellRecord(say, record)
  say(holds ? "holds" : records.some(({ failed }) => failed) ? "fails" : "half")
}

function tellRecord(say: ReturnType<typeof sayer>, record: RecordVerdict): void {
  const { kind, failed, sealedBy, sealedAt, witnesses = [], timestamps = [] } = record
  if (failed) {
    say(`${kind}-failed`, { why: say.failed[failed] }, "  ")
    return
  }
  say(kind, { who: sealedBy ?? "", at: sealedAt?.toISOString() ?? "" }, "  ")
  for (const { name, at } of witnesses) say("witness", { name, at: at.toISOString() }, "    ")
  for (const { by, at, isTrusted } of timestamps)
    say(isTrusted ? "timestamp" : "timestamp-untrusted", { by, at: at.toISOString() }, "    ")
  if (witnesses.length === 0) say("no-witness", {}, "    ")
}
