// What both sides of an exchange can prove of it afterwards, each from its own data folder.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parse } from "yaml"
import { messagesAt, type Places, type Told } from "../birth-story.ts"
import { check, type Steps } from "../steps.ts"
import { motlan } from "./program.ts"

/** Reads of the story that are looked into; more would prove the same. */
const READS_MAX = 2
/** Evidence can be exported once a checkpoint stands over it. */
const CHECKPOINT_MAX_MS = 15_000
const LOOK_MS = 1_000

/** Where the sites of a federation's folder are reached. */
export function placesIn(dir: string): Places {
  return { commune: faceOf(dir, "commune"), hospital: faceOf(dir, "province") }
}

const faceOf = (dir: string, site: string): string =>
  (parse(readFileSync(join(dir, site, "site.yaml"), "utf8")) as { face: string }).face

interface Exported {
  readonly site: string
  readonly records: readonly { readonly kind: string }[]
}

export async function evidenceSteps(dir: string, { statement, reads }: Told, steps: Steps): Promise<void> {
  await steps.step("Lan finds at the ministry what it was asked about her, by the same messages", async () => {
    const seen = new Set(await messagesAt(faceOf(dir, "ministry")))
    check(seen.has(statement), "the hospital's entry stands there")
    const both = reads.filter((message) => seen.has(message))
    check(both.length > 0, "what the commune has asked stands there")
    return `${seen.size} messages, ${both.length} of them also at her commune's portal`
  })
  const folder = mkdtempSync(join(tmpdir(), "motlan-evidence-"))
  try {
    await steps.step("The hospital and the ministry can each prove the statement", () =>
      provedByBoth(dir, folder, ["province", "ministry"], statement),
    )
    await steps.step("The commune and the ministry can each prove what was asked about Lan", async () => {
      const across = await acrossSites(dir, reads)
      check(across.length > 0, "the commune has asked the ministry")
      for (const message of across.slice(0, READS_MAX)) await provedByBoth(dir, folder, ["commune", "ministry"], message)
      return `${Math.min(across.length, READS_MAX)} exchanges, each with its records at both sites`
    })
    await steps.step("The logs of all sites are whole", async () => {
      const told = await Promise.all(
        ["hub", "ministry", "province", "commune"].map((site) => motlan(join(dir, site), "verify", "log")),
      )
      return told.map((one) => one.split("\n").join(", ")).join("; ")
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Those messages of which the commune keeps evidence. */
async function acrossSites(dir: string, messages: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const message of messages) {
    if (found.length === READS_MAX) break
    const bundle = await motlan(join(dir, "commune"), "evidence", "export", message).catch(() => undefined)
    if (bundle !== undefined) found.push(message)
  }
  return found
}

async function provedByBoth(dir: string, folder: string, sites: readonly string[], message: string): Promise<string> {
  check(message !== "", "the message is known")
  const kinds: string[] = []
  for (const site of sites) {
    const bundle = await exported(join(dir, site), message)
    const path = join(folder, `${site}-${message}.json`)
    writeFileSync(path, bundle)
    const { records } = JSON.parse(bundle) as Exported
    const own = records.map(({ kind }) => kind).sort()
    check(own.join() === "got,sent", `${site} has sent and got (${own.join()})`)
    await motlan(join(dir, site), "verify", "exchange", path)
    kinds.push(`${site}: ${own.join(" and ")}`)
  }
  return `message ${message}; ${kinds.join("; ")}; verified without a database`
}

async function exported(dir: string, message: string): Promise<string> {
  const until = Date.now() + CHECKPOINT_MAX_MS
  for (;;) {
    try {
      return await motlan(dir, "evidence", "export", message)
    } catch (fault) {
      if (Date.now() > until) throw fault
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  }
}
