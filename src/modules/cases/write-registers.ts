// Writes what a decision establishes into the registers, through the exchange; the population register gives the number.
import { append } from "#audit"
import type { RegisterWrite } from "#country"
import { request } from "#exchange"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import type { Dossier } from "./dossier.ts"
import type { OpenCase } from "./move.ts"
import { valueAt } from "./paths.ts"

/** Does the service's writes in their order; a number that a register gives can be named by those after it. */
export async function writeRegisters(tx: Tx, open: OpenCase, today: string): Promise<Dossier> {
  let dossier = open.dossier
  for (const write of open.service.definition.writes ?? []) dossier = await writeOne(tx, { ...open, dossier }, write, today)
  return dossier
}

async function writeOne(tx: Tx, open: OpenCase, write: RegisterWrite, today: string): Promise<Dossier> {
  const { dossier, service, agency } = open
  const at = (path: string) => valueAt(open, path, today)
  const data = Object.fromEntries(
    Object.entries(write.record)
      .map(([field, path]) => [field, at(path)] as const)
      .filter(([, value]) => value !== undefined && value !== null && value !== ""),
  )
  const number = at(write.key)
  const answer = await request(tx, {
    service: write.service,
    requester: agency.id,
    ...(typeof number === "string" && { number }),
    caseId: dossier.id,
    purpose: service.definition.purpose ?? "",
    today,
    write: { data, validFrom: today, ...(dossier.facts.duplicateCleared && { duplicateCleared: true }) },
  })
  if (answer.outcome !== "written") throw problem("exchange-refused", { service: write.service })
  const { record, version } = answer.written
  const register = write.service.replace(/\.write$/, "")
  append(tx, { agency: agency.id, event: "record-written", caseId: dossier.id, details: { register, record, version } })
  if (number !== undefined || !write.key.startsWith("assigned.")) return dossier
  append(tx, { agency: agency.id, event: "number-assigned", caseId: dossier.id, details: { register, record } })
  const assigned = { ...dossier.facts.assigned, [write.key.slice("assigned.".length)]: answer.written.number }
  return { ...dossier, facts: { ...dossier.facts, assigned } }
}
