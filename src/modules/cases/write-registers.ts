// Writes what a decision establishes into the registers, through the exchange; the population register gives the number.
import type { RegisterWrite } from "#country"
import { type Delivered, type Duplicate, deliver, type ExchangeRequest, findDuplicate } from "#exchange"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import { todayOf } from "./clock.ts"
import type { Dossier } from "./dossier.ts"
import type { OpenCase } from "./move.ts"
import { valueAt } from "./paths.ts"

/** Paths of what the system gives begin so. */
const ASSIGNED = "assigned."

/**
 * Does the service's writes in their order; a number that a register gives can be named by those after it. What is for a register of another
 * site stands in the outbox: then the case waits, and the job `next` goes on when the receipt is there.
 */
export async function writeRegisters(tx: Tx, open: OpenCase, today: string, next: NextJob): Promise<Dossier | "waiting"> {
  let dossier = open.dossier
  for (const [place, write] of (open.service.definition.writes ?? []).entries()) {
    const now = { ...open, dossier }
    const asked = { ...requestOf(now, write, today), key: `${dossier.id}/${place}` }
    const answer = await deliver(tx, asked, { lane: dossier.id, next })
    if (answer.outcome === "waiting") return "waiting"
    dossier = withAssigned(dossier, write, asked, answer)
  }
  return dossier
}

export interface NextJob {
  readonly kind: string
  readonly payload: unknown
}

/** Records that one of the service's writes would probably double: the same birth told by the other parent, say. */
export async function findDuplicates(tx: Tx, open: OpenCase): Promise<Duplicate[]> {
  const today = todayOf(tx)
  const writes = open.service.definition.writes ?? []
  const found = await Promise.all(writes.map((write) => findDuplicate(tx, requestOf(open, write, today))))
  return found.filter((duplicate) => duplicate !== undefined)
}

function withAssigned(dossier: Dossier, write: RegisterWrite, { number }: ExchangeRequest, answer: Delivered): Dossier {
  if (answer.outcome !== "written") throw problem("exchange-refused", { service: write.service })
  const { facts } = dossier
  if (number !== undefined || !write.key.startsWith(ASSIGNED)) return dossier
  const assigned = { ...facts.assigned, [write.key.slice(ASSIGNED.length)]: answer.written.number }
  return { ...dossier, facts: { ...facts, assigned } }
}

/** The request by which a case records one fact: the values that the write names, under its key. */
function requestOf(open: OpenCase, write: RegisterWrite, today: string): ExchangeRequest {
  const { dossier, service, agency } = open
  const at = (path: string) => valueAt(open, path, today)
  const data = Object.fromEntries(
    Object.entries(write.record)
      .map(([field, path]) => [field, at(path)] as const)
      .filter(([, value]) => value !== undefined && value !== null && value !== ""),
  )
  const number = at(write.key)
  return {
    service: write.service,
    requester: agency.id,
    ...(typeof number === "string" && { number }),
    caseId: dossier.id,
    purpose: service.definition.purpose ?? "",
    today,
    write: { data, validFrom: today, ...(dossier.facts.duplicateCleared && { duplicateCleared: true }) },
  }
}
