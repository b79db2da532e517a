// A step that asks a register, through the exchange: a silent register is asked again, and in the end an official is.
import { append } from "#audit"
import type { Step } from "#engines/process"
import { type ExchangeAnswer, request } from "#exchange"
import type { Tx } from "#platform/db"
import type { Found } from "./dossier.ts"
import type { Executed } from "./executed.ts"
import type { OpenCase } from "./move.ts"

/** How often a silent register is asked before an official is; with the waits between, about an hour. */
export const QUERY_TRIES_MAX = 6
const FIRST_WAIT_MINUTES = 1
const WAIT_FACTOR = 2

/**
 * Asks the register of the step's `query` for the service's purpose. Outcomes by their names where the step has them: `found` and `none`.
 * Only a number that a register vouches for, or that the state assigned, opens another one.
 */
export async function queryRegister(tx: Tx, open: OpenCase, step: Step, today: string, tries: number): Promise<Executed> {
  const { dossier, service, agency } = open
  const { query } = step
  const number = query && keyOf(open, query.key)
  if (!query || number === undefined) return { stuck: "key-unknown" }
  const answer = await request(tx, {
    ...{ service: query.service, requester: agency.id, number, caseId: dossier.id, today },
    purpose: service.definition.purpose ?? "",
  })
  append(tx, {
    ...{ agency: dossier.agency, event: "register-queried", subject: dossier.subject, caseId: dossier.id },
    details: { code: dossier.code, step: step.id, service: query.service, as: answer.outcome },
  })
  if (answer.outcome === "refused") return { stuck: "register-refused" }
  if (answer.outcome === "silent") {
    if (tries + 1 >= QUERY_TRIES_MAX) return { stuck: "register-silent" }
    return { againInMinutes: FIRST_WAIT_MINUTES * WAIT_FACTOR ** tries }
  }
  const found = foundIn(answer, query.service.replace(/\.read$/, ""), tx.now)
  const facts = { ...dossier.facts, found: { ...dossier.facts.found, [query.as]: found } }
  const outcome = found.record ? "found" : "none"
  return { dossier: { ...dossier, facts }, ...(step.next.has(outcome) && { outcome }) }
}

/** The personal number at a path: of what was assigned, or of an answer that a register has given. */
function keyOf({ dossier }: OpenCase, path: string): string | undefined {
  const [root = "", ...rest] = path.split(".")
  if (root === "assigned") return dossier.facts.assigned?.[rest.join(".")]
  const answer = dossier.values[path]
  return answer?.state === "verified" && typeof answer.value === "string" ? answer.value : undefined
}

function foundIn(answer: ExchangeAnswer, register: string, now: Date): Found {
  if (answer.outcome === "answered") {
    const [entry] = answer.entries
    return { record: (entry?.data ?? null) as Found["record"], state: "verified", source: answer.source }
  }
  return { record: null, state: "verified", source: { register, record: "", asOf: now.toISOString(), message: answer.message } }
}
