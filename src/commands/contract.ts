// `motlan contract`: what this site has agreed with others, also while it runs. Each command first hears what is new, and then tells it.
import { readFileSync } from "node:fs"
import { parse } from "yaml"
import { answerContract, type ContractTerms, keepUp, knownContracts, proposeContract, revokeContract } from "#federation"
import { problemWords } from "#kit/problem-words.ts"
import type { Config } from "#platform/config"
import type { Actor, Tx } from "#platform/db"
import { Problem } from "#platform/problem"
import { type Alongside, alongside } from "./alongside.ts"

const SYSTEM: Actor = { kind: "system", name: "contract" }
const USAGE = `motlan contract list
motlan contract propose FILE
motlan contract accept|reject|revoke HASH...`

type Deed = (tx: Tx, hash: string) => Promise<unknown>

const deeds: Readonly<Record<string, Deed>> = {
  accept: (tx, hash) => answerContract(tx, hash, "accept"),
  reject: (tx, hash) => answerContract(tx, hash, "reject"),
  revoke: revokeContract,
}

/** Runs the command; 1 with words when it can't be, 2 when it is not spelt rightly. */
export async function contract(config: Config, names: readonly string[], lang: string): Promise<number> {
  const work = workOf(names)
  if (!work) {
    console.error(USAGE)
    return 2
  }
  try {
    return await alongside(config, async (open) => {
      if (!open.isFederated) throw new Problem("federation-alone", 409)
      await keepUp(open.db, open.site)
      for (const line of await work(open)) console.log(line)
      await keepUp(open.db, open.site)
      return 0
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { title, text } = problemWords(lang, error)
    console.error(`${title}. ${text}`)
    return 1
  }
}

function workOf([verb = "", ...names]: readonly string[]): ((open: Alongside) => Promise<string[]>) | undefined {
  if (verb === "list" && names.length === 0) return ({ db }) => db.tx(SYSTEM, list)
  if (verb === "propose" && names.length === 1) return ({ db }) => db.tx(SYSTEM, (tx) => propose(tx, names[0]!))
  const deed = Object.hasOwn(deeds, verb) ? deeds[verb] : undefined
  if (!deed || names.length === 0) return undefined
  return ({ db }) =>
    db.tx(SYSTEM, async (tx) => {
      const lines: string[] = []
      for (const hash of names) lines.push(`${hash} ${await deed(tx, hash)}`)
      return lines
    })
}

async function list(tx: Tx): Promise<string[]> {
  const contracts = await knownContracts(tx)
  return contracts.map(({ hash, state, content }) => {
    const { provider, service, consumer, purposes, until } = content
    return `${hash} ${state} ${provider}/${service} for ${consumer}: ${purposes.join(", ")}, until ${until}`
  })
}

async function propose(tx: Tx, path: string): Promise<string[]> {
  const read = parse(readFileSync(path, "utf8")) as ContractTerms | ContractTerms[]
  const hashes: string[] = []
  for (const terms of Array.isArray(read) ? read : [read]) hashes.push(await proposeContract(tx, terms))
  return hashes
}
