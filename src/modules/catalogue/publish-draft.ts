// Publishing with four eyes: one person proposes a draft or a retirement with its days and its law, another publishes it.

import { checkDefinition, countryOf, faultsAmong, type Service } from "#country"
import { isDay } from "#engines/calendar"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { problem } from "#problems"
import { canonicalJson } from "./canonical.ts"
import { type DraftContent, keeperOf, textsOf } from "./draft.ts"
import { definitionOf } from "./publish-country.ts"
import { publishVersion, withdraw } from "./publish-version.ts"
import { findService } from "./services.ts"
import { type DraftRow, holdDraftRow, insertDraft, insertSave, selectSaves, updateDraft } from "./store.drafts.ts"
import { selectVersions } from "./store.ts"
import { today } from "./today.ts"
import { holdOpen, reasonOf } from "./write-draft.ts"

/** What a proposal says: from which day (2026-03-09) until which, and by which law. */
export interface Proposal {
  readonly validFrom: string
  readonly validUntil?: string | undefined
  readonly legalBasis: string
}

/** Proposes an open draft. Throws `definition-faulty` while the check finds anything, `publication-dates`, `legal-basis-missing`. */
export async function proposeDraft(tx: Tx, code: string, id: string, proposal: Proposal): Promise<void> {
  const { subject, name } = keeperOf(tx)
  const row = await holdOpen(tx, code, id)
  const days = daysOf(tx, proposal)
  await checkedService(tx, row, days.valid_from)
  const proposed = { state: "proposed", proposed_at: tx.now, proposed_by: subject, proposed_name: name, remark: null } as const
  await updateDraft(tx, { ...row, ...days, ...proposed })
}

/** Proposes that a service ends, and what takes its place. Throws `not-found`, `publication-dates`, `legal-basis-missing`. */
export async function proposeRetirement(
  tx: Tx,
  code: string,
  { replacedBy, why, ...proposal }: Omit<Proposal, "validUntil"> & { replacedBy?: string | undefined; why: string },
): Promise<string> {
  const { subject, name } = keeperOf(tx)
  const service = await findService(tx, code)
  if (!service) throw problem("not-found")
  if (replacedBy !== undefined && (replacedBy === code || !(await findService(tx, replacedBy))))
    throw problem("replacement-unknown")
  const id = newId(tx.now)
  const canonical = canonicalJson({ service: service.definition.service })
  const head = { code, id, kind: "retirement", state: "proposed", revision: 1, canonical, base: service.hash } as const
  const by = { proposed_by: subject, proposed_name: name, opened_at: tx.now, saved_at: tx.now }
  await insertDraft(tx, { ...head, ...daysOf(tx, proposal), ...by, replaced_by: replacedBy ?? null })
  await insertSave(tx, code, id, canonical, {
    revision: 1,
    why: reasonOf(why),
    author: subject,
    author_name: name,
    saved_at: tx.now,
  })
  return id
}

function daysOf(tx: Tx, { validFrom, validUntil, legalBasis }: Proposal) {
  if (!isDay(validFrom) || validFrom < today(tx)) throw problem("publication-dates")
  if (validUntil !== undefined && (!isDay(validUntil) || validUntil < validFrom)) throw problem("publication-dates")
  const law = legalBasis.trim()
  if (law === "") throw problem("legal-basis-missing")
  return { valid_from: validFrom, valid_until: validUntil ?? null, legal_basis: reasonOf(law) }
}

async function checkedService(tx: Tx, row: DraftRow, day: string): Promise<Service> {
  const texts = textsOf(JSON.parse(row.canonical) as DraftContent)
  const { service, findings } = await checkDefinition(countryOf(tx), row.code, texts, day)
  const count = faultsAmong(findings).length
  if (!service || count > 0) throw problem("definition-faulty", { count })
  return service
}

/**
 * Publishes what another person proposed, as it stood when this one looked (`revision`). Throws `second-person-needed` for whoever saved or
 * proposed it, `draft-changed`, `definition-faulty`, `publication-dates` when its first day has gone by.
 */
export async function publishDraft(tx: Tx, code: string, id: string, revision: number): Promise<void> {
  const { row, publisher } = await holdProposed(tx, code, id)
  if (row.revision !== revision) throw problem("draft-changed")
  const authors = await selectSaves(tx, code, id)
  if ([row.proposed_by, ...authors.map(({ author }) => author)].includes(publisher.subject)) throw problem("second-person-needed")
  if (row.valid_from! < today(tx)) throw problem("publication-dates")
  const newest = (await selectVersions(tx, code)).at(-1)
  const days = { validFrom: row.valid_from!, validUntil: row.valid_until ?? undefined }
  const by = {
    origin: "desk",
    legalBasis: row.legal_basis!,
    authorName: authors[0]!.author_name,
    publisherName: publisher.name,
    ...(row.replaced_by !== null && { replacedBy: row.replaced_by }),
  } as const
  const published =
    row.kind === "retirement"
      ? await withdraw(tx, newest!, { validFrom: days.validFrom }, by)
      : await publishVersion(
          tx,
          definitionOf(await checkedService(tx, row, days.validFrom), countryOf(tx)),
          newest?.version ?? 0,
          days,
          by,
        )
  if (!published) throw problem("draft-changed")
  await updateDraft(tx, { ...row, state: "published" }, publisher.name)
}

/** Gives a proposal back to be written again, with the reason; a retirement is dropped. Throws `reason-missing`, `draft-not-found`. */
export async function returnDraft(tx: Tx, code: string, id: string, reason: string): Promise<void> {
  const { row, publisher } = await holdProposed(tx, code, id)
  const state = row.kind === "retirement" ? "dropped" : "open"
  const nothing = {
    valid_from: null,
    valid_until: null,
    legal_basis: null,
    proposed_at: null,
    proposed_by: null,
    proposed_name: null,
  }
  const kept = state === "open" ? nothing : {}
  await updateDraft(tx, { ...row, ...kept, state, remark: reasonOf(reason) }, state === "dropped" ? publisher.name : undefined)
}

async function holdProposed(tx: Tx, code: string, id: string) {
  const publisher = keeperOf(tx)
  const row = await holdDraftRow(tx, code, id)
  if (row?.state !== "proposed") throw problem("draft-not-found")
  return { row, publisher }
}
