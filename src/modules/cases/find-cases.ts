// Finds cases for those who may see them: applicants their own, officials those of their agency.
import { append } from "#audit"
import { compiled } from "#catalogue"
import type { Actor, Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import type { Dossier, Supplement, Task, TimelineEvent } from "./dossier.ts"
import { agencyIn, type OpenCase } from "./move.ts"
import { personOf } from "./open-draft.ts"
import {
  type Consultation,
  type DecisionRow,
  findPayment,
  type Payment,
  selectConsultationsOf,
  selectDecisions,
} from "./store.steps.ts"
import {
  countQueue,
  findDossier,
  insertReading,
  type QueueCounts,
  type QueueRow,
  type Reading,
  type Seat,
  selectAgencyDossiers,
  selectDossiersOf,
  selectEvents,
  selectQueue,
  selectReadings,
  selectSupplements,
  selectTasks,
} from "./store.ts"

export const CASES_MAX = 200
export const READINGS_MAX = 500

export interface CaseFile extends OpenCase {
  readonly tasks: readonly Task[]
  readonly supplements: readonly Supplement[]
  readonly timeline: readonly TimelineEvent[]
  readonly decisions: readonly DecisionRow[]
  readonly consultations: readonly Consultation[]
  /** The receipt of the fee. */
  readonly payment?: Payment
}

/** The signed-in official. Throws `not-allowed` for anybody else and for one without an agency whose cases they may see. */
export function officialOf(tx: Tx): Official {
  if (tx.actor.kind !== "official" || tx.actor.agency === "") throw problem("not-allowed")
  return tx.actor
}

export type Official = Extract<Actor, { kind: "official" }>

/** Roles that the official has now. */
export const rolesOf = (official: Official): string[] => [...new Set(official.positions.flatMap((p) => [...p.roles]))]

/** Where the official sits: agency, roles and units. */
export const seatOf = (official: Official): Seat => ({
  agency: official.agency,
  roles: rolesOf(official),
  units: [...new Set(official.positions.map((p) => p.unit))],
})

/** Is this task one that the official may take: of their agency, of a role of theirs, and of their unit where the step names one? */
export function isTaskFor(official: Official, { agency, role, unit }: Task): boolean {
  const inUnit = official.positions.filter((p) => unit === null || p.unit === unit)
  return agency === official.agency && inUnit.some((p) => p.roles.includes(role))
}

/** Loads a case that the actor may see; whatever they may not see is not found. Throws `case-not-found`. */
export async function getOpenCase(tx: Tx, id: string): Promise<OpenCase> {
  const dossier = await findDossier(tx, id)
  if (!dossier || !mayOpen(tx.actor, dossier)) throw problem("case-not-found")
  const service = await compiled(tx, dossier.service, dossier.definition)
  if (!service) throw problem("service-not-online")
  return { dossier, service, agency: agencyIn(tx, dossier.agency) }
}

/** Names a case in the payload of a job. */
export interface CaseKey {
  readonly agency: string
  readonly caseId: string
}

/** The case of a job. Throws an Error for another agency's. */
export async function getCaseOf(tx: Tx, { agency, caseId }: CaseKey): Promise<OpenCase> {
  const open = await getOpenCase(tx, caseId)
  if (open.dossier.agency !== agency) throw new Error(`case ${caseId} is another agency's`)
  return open
}

/** A step of a case that a job is about, by the moves that the case had made when it came there. */
export interface StepKey extends CaseKey {
  readonly step: string
  readonly moves: number
}

/** The case of a job while it still stands at that step; undefined once it has gone on, though it may have come there again. */
export async function findCaseAt(tx: Tx, { step, moves, ...which }: StepKey): Promise<OpenCase | undefined> {
  const open = await getCaseOf(tx, which)
  const { process } = open.dossier
  return process.at === step && process.moves === moves ? open : undefined
}

function mayOpen(actor: Actor, dossier: Dossier): boolean {
  if (actor.kind === "system") return true
  if (actor.kind === "person") return actor.subject === dossier.subject
  return actor.kind === "official" && actor.agency === dossier.agency
}

async function fileOf(tx: Tx, open: OpenCase): Promise<CaseFile> {
  const { agency, id } = open.dossier
  const kinds = new Set([...open.service.process.steps.values()].map(({ kind }) => kind))
  const [tasks, supplements, timeline, decisions, consultations, payment] = await Promise.all([
    selectTasks(tx, agency, id),
    selectSupplements(tx, agency, id),
    selectEvents(tx, agency, id),
    kinds.has("decide") ? selectDecisions(tx, agency, id) : [],
    kinds.has("consult") ? selectConsultationsOf(tx, agency, id) : [],
    open.dossier.moneyState === "paid" ? findPayment(tx, agency, id) : undefined,
  ])
  return { ...open, tasks, supplements, timeline, decisions, consultations, ...(payment && { payment }) }
}

/** A case of the signed-in person. Throws `case-not-found`. */
export async function getMyCase(tx: Tx, id: string): Promise<CaseFile> {
  personOf(tx)
  return fileOf(tx, await getOpenCase(tx, id))
}

/** The person's cases, newest first, at most CASES_MAX. */
export function listMyCases(tx: Tx): Promise<Dossier[]> {
  return selectDossiersOf(tx, personOf(tx).subject, CASES_MAX)
}

/** A case at the desk. The applicant sees that it was opened, by whom and when. Throws `case-not-found` for a case of another agency. */
export async function openDeskCase(tx: Tx, id: string): Promise<CaseFile> {
  const official = officialOf(tx)
  const open = await getOpenCase(tx, id)
  const { agency, code, service, subject } = open.dossier
  await insertReading(tx, newId(tx.now), {
    agency,
    caseId: id,
    subject,
    reader: official.name,
    position: official.positions[0]?.id ?? "",
    service,
    code,
  })
  append(tx, { agency, event: "case-read", subject, caseId: id, details: { code } })
  return fileOf(tx, open)
}

/** The same case again, to show it once more in one visit; not another reading. Throws `case-not-found`. */
export async function getDeskCase(tx: Tx, id: string): Promise<CaseFile> {
  officialOf(tx)
  return fileOf(tx, await getOpenCase(tx, id))
}

/** Open tasks for the official's roles in their units, the most urgent first. */
export async function listQueue(tx: Tx): Promise<QueueRow[]> {
  return selectQueue(tx, seatOf(officialOf(tx)), CASES_MAX)
}

/** How many tasks wait: mine, unclaimed, overdue, and with the applicants. */
export async function countMyQueue(tx: Tx): Promise<QueueCounts> {
  const official = officialOf(tx)
  return countQueue(tx, seatOf(official), official.accountId)
}

/** The agency's cases whose code or applicant's name holds `words`, newest first. */
export function findAgencyCases(tx: Tx, words: string): Promise<Dossier[]> {
  return selectAgencyDossiers(tx, officialOf(tx).agency, words.trim().slice(0, 100), CASES_MAX)
}

/** Who opened cases of the signed-in person at a desk, `from <= at < until`, newest first. */
export function listReadings(tx: Tx, from: Date, until: Date): Promise<Reading[]> {
  return selectReadings(tx, personOf(tx).subject, from, until, READINGS_MAX)
}
