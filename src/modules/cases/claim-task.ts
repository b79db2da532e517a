// Takes a task on, and gives it back.
import { append } from "#audit"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import type { Task } from "./dossier.ts"
import { getOpenCase, isTaskFor, type Official, officialOf, seatOf } from "./find-cases.ts"
import { claimFirst, claimOpen, findOpenTask, insertEvent, release } from "./store.ts"

/** The open task of a case when it is one for the official. Throws `task-not-found`, and `case-not-found` for a case of another agency. */
export async function getMyTask(tx: Tx, caseId: string): Promise<Task> {
  const official = officialOf(tx)
  const task = await findOpenTask(tx, official.agency, caseId)
  if (task && isTaskFor(official, task)) return task
  await getOpenCase(tx, caseId)
  throw problem("task-not-found")
}

/** Claims the open task of a case: from now on it is this official's. Throws `task-claimed` when a colleague has it. */
export async function claimTask(tx: Tx, caseId: string): Promise<Task> {
  const official = officialOf(tx)
  const task = await claimOpen(tx, official.agency, caseId, official.accountId, official.name)
  if (!task) return alreadyMine(official, await getMyTask(tx, caseId))
  if (!isTaskFor(official, task)) throw problem("task-not-found")
  const { agency, step } = task
  await insertEvent(tx, agency, caseId, { code: "claimed", params: { step }, actor: official.name })
  append(tx, { agency, event: "case-claimed", caseId, details: { step } })
  return task
}

function alreadyMine(official: Official, task: Task): Task {
  if (task.claimedBy === official.accountId) return task
  throw problem("task-claimed", { name: task.claimedName ?? "" })
}

/** Claims the most urgent task that nobody has; gives its case, or undefined when there is none. Two who ask at once get two tasks. */
export async function claimNext(tx: Tx): Promise<string | undefined> {
  const official = officialOf(tx)
  const task = await claimFirst(tx, seatOf(official), official.accountId, official.name)
  if (!task) return undefined
  const { agency, caseId, step } = task
  await insertEvent(tx, agency, caseId, { code: "claimed", params: { step }, actor: official.name })
  append(tx, { agency, event: "case-claimed", caseId, details: { step } })
  return caseId
}

/** Gives a task back to the queue. Throws `task-not-claimed` when it isn't this official's. */
export async function releaseTask(tx: Tx, caseId: string): Promise<void> {
  const official = officialOf(tx)
  const task = await getMyTask(tx, caseId)
  if (!(await release(tx, task.agency, task.id, official.accountId))) throw problem("task-not-claimed")
  await insertEvent(tx, task.agency, caseId, { code: "released", params: { step: task.step }, actor: official.name })
  append(tx, { agency: task.agency, event: "case-released", caseId, details: { step: task.step } })
}
