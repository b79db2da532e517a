// `motlan evidence`: what this site can prove of one exchange, to be checked anywhere by `motlan verify exchange`; and what it has refused.
import { listBook } from "#audit"
import { exportExchange } from "#evidence"
import { knownKeys } from "#federation"
import { problemWords } from "#kit/problem-words.ts"
import type { Config } from "#platform/config"
import type { Actor, Tx } from "#platform/db"
import { type Alongside, alongside } from "./alongside.ts"

const SYSTEM: Actor = { kind: "system", name: "evidence" }
const SITE_BOOK = "site"
const REFUSALS_SHOWN = 50
const USAGE = `motlan evidence export MESSAGE > FILE
motlan evidence refused [--lang vi|en]`

type Work = (open: Alongside) => Promise<number>

/** Runs the command; 1 when this site has nothing of the kind, 2 when it is not spelt rightly. */
export async function evidence(config: Config, names: readonly string[], lang = "en"): Promise<number> {
  const work = workOf(names, lang)
  if (!work) {
    console.error(USAGE)
    return 2
  }
  return alongside(config, async (open) => {
    if (open.isFederated) return work(open)
    console.error("this site has no site.yaml: it exchanges with nobody and keeps no evidence")
    return 1
  })
}

function workOf([verb, message, ...more]: readonly string[], lang: string): Work | undefined {
  if (more.length > 0) return undefined
  if (verb === "export" && message !== undefined) return (open) => exportOne(open, message)
  return verb === "refused" && message === undefined ? (open) => open.db.tx(SYSTEM, (tx) => showRefused(tx, lang)) : undefined
}

async function exportOne({ db }: Alongside, message: string): Promise<number> {
  const bundle = await db.tx(SYSTEM, async (tx) => {
    const known = await knownKeys(tx)
    return exportExchange(tx, known.site, message, known)
  })
  if (!bundle) {
    console.error(`no evidence of ${message} here; that of the last seconds lies too near for a checkpoint`)
    return 1
  }
  console.log(JSON.stringify(bundle, undefined, 2))
  return 0
}

/** The newest refusals of the line, with the words of each. */
async function showRefused(tx: Tx, lang: string): Promise<number> {
  for (const { at, details } of await listBook(tx, { agency: SITE_BOOK, event: "line-refused", limit: REFUSALS_SHOWN })) {
    const { side, reason, road, peer = "-", consumer = "-", service = "-", message = "-", count } = details
    const { title, text } = problemWords(lang, { code: String(reason), params: {} })
    console.log(`${at.toISOString()} ${side} ${reason} ${road} ${count}x\n  ${title}. ${text}`)
    console.log(`  site ${peer}, consumer ${consumer}, service ${service}, message ${message}`)
  }
  return 0
}
