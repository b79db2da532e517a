// Many running cases at once, and a second version for them to go to: for tests and benchmarks of migration.
import { parse, stringify } from "yaml"
import { beginDraft, getCheckedDraft, getService, proposeDraft, publishDraft, saveDraft } from "#catalogue"
import { type Actor, sql } from "#platform/db"
import type { World } from "./world.ts"

/** The decree that the second version follows. */
export const DECREE = "Nghị định 15/2026/NĐ-CP"

interface Files {
  service: { limit: { value: number } }
  tests: object[]
}

/** Two officials publish a version whose examination has another name and takes two working days; gives both hashes. */
export async function publishSecond(world: Pick<World, "tx">, author: Actor, publisher: Actor, code: string, day = "2026-03-09") {
  const { hash: from } = await world.tx(author, (tx) => getService(tx, code))
  const id = await world.tx(author, (tx) => beginDraft(tx, code, "the decree"))
  const { draft } = await world.tx(author, (tx) => getCheckedDraft(tx, code, id))
  const texts = changed(draft.texts as Record<string, string>)
  await world.tx(author, (tx) => saveDraft(tx, code, id, { revision: 1, texts, why: "the decree" }))
  const { findings } = await world.tx(author, (tx) => getCheckedDraft(tx, code, id))
  if (findings.length > 0) throw new Error(JSON.stringify(findings))
  await world.tx(author, (tx) => proposeDraft(tx, code, id, { validFrom: day, legalBasis: DECREE }))
  await world.tx(publisher, (tx) => publishDraft(tx, code, id, 2))
  return { from, to: (await world.tx(author, (tx) => getService(tx, code))).hash }
}

function changed(texts: Record<string, string>): Record<string, string> {
  const service = parse(texts.service!) as Files["service"]
  service.limit.value = 2
  const [story] = parse(texts.tests!) as Files["tests"]
  const process = texts.process!.replaceAll(/(?<!kind: )\bappraise\b(?!:)/g, "examine")
  return { ...texts, service: stringify(service), process, tests: stringify([{ ...story, expect: { end: "completed" } }]) }
}

/** Where copies stand: the state of their process, and the open task's step with its kind. */
export interface Stand {
  readonly count: number
  readonly process: object
  readonly task?: { readonly step: string; readonly kind: string; readonly role: string; readonly unit: string | null }
}

/** Copies a filed case, its open task and its timeline; ids are those of the database, nothing runs but SQL. */
export async function copyCases(world: Pick<World, "migrator">, caseId: string, stands: readonly Stand[]): Promise<void> {
  for (const [nth, { count, process, task }] of stands.entries()) {
    const state = JSON.stringify(process)
    await world.migrator.run(sql`
      insert into cases.dossier (agency, id, code, subject, applicant, service, definition, status, money_state, delivery_state, sync_state,
        process, form_values, revision, lang, submitted_at, due_at, calendar, suspensions, facts)
      select agency, gen_random_uuid(), code || '.' || ${nth}::text || '.' || n, subject, applicant, service, definition, status, money_state,
        delivery_state, sync_state, ${state}::jsonb, form_values, revision, lang, submitted_at, due_at, calendar, suspensions, facts
      from cases.dossier, generate_series(1, ${count}::integer) n where id = ${caseId}`)
    await world.migrator.run(sql`
      insert into cases.event (agency, case_id, seq, code, params, actor, occurred_at)
      select d.agency, d.id, e.seq, e.code, e.params, e.actor, e.occurred_at from cases.dossier d, cases.event e
      where e.case_id = ${caseId} and split_part(d.code, '.', 2) <> '' and d.code like ${`%.${nth}.%`} and d.process = ${state}::jsonb`)
    if (!task) continue
    await world.migrator.run(sql`
      insert into cases.task (agency, id, case_id, step, kind, role, unit, opened_at, due_at)
      select agency, gen_random_uuid(), id, ${task.step}, ${task.kind}, ${task.role}, ${task.unit}, submitted_at, due_at
      from cases.dossier where code like ${`%.${nth}.%`} and process = ${state}::jsonb`)
  }
  await world.migrator.run(sql`analyze cases.dossier, cases.task, cases.event`)
}
