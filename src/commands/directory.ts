// `motlan directory`: at the hub, the key that signs the directory is changed: announced first, taken over a week later.
import { announceDirectoryKey, changeDirectoryKey, type Published } from "#federation"
import { problemWords } from "#kit/problem-words.ts"
import type { Config } from "#platform/config"
import type { Actor, Tx } from "#platform/db"
import { Problem } from "#platform/problem"
import { alongside } from "./alongside.ts"

const SYSTEM: Actor = { kind: "system", name: "directory" }

const deeds: Readonly<Record<string, readonly [deed: (tx: Tx) => Promise<Published>, done: string]>> = {
  "announce-key": [announceDirectoryKey, "names the next key; it can take over in a week"],
  "change-key": [changeDirectoryKey, "is signed by the next key; invitations that were not used must be made anew"],
}

/** Runs the command; 1 with words when it can't be, 2 when it is not spelt rightly. */
export async function directory(config: Config, [verb = "", ...more]: readonly string[], lang: string): Promise<number> {
  const found = Object.hasOwn(deeds, verb) && more.length === 0 ? deeds[verb] : undefined
  if (!found) {
    console.error("motlan directory announce-key|change-key")
    return 2
  }
  const [deed, done] = found
  try {
    const { version } = await alongside(config, ({ db }) => db.tx(SYSTEM, deed))
    console.log(`directory ${version} ${done}`)
    return 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { title, text } = problemWords(lang, error)
    console.error(`${title}. ${text}`)
    return 1
  }
}
