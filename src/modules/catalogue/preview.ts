// What a draft would show people: its page, its process and its form, made as those of a published version are, and kept nowhere.
import { countryOf } from "#country"
import { compileForm, type Form, type Vocabulary } from "#engines/form"
import { compileProcess, type Process, ProcessFaults } from "#engines/process"
import type { Tx } from "#platform/db"
import { canonicalJson, sha256 } from "./canonical.ts"
import type { ServicePage } from "./page.ts"
import { definitionOf } from "./publish-country.ts"
import type { Definition, PublishedService } from "./published.ts"
import { pageOf } from "./service-page.ts"
import { selectVersions } from "./store.ts"
import { today } from "./today.ts"
import { type CheckedDraft, getCheckedDraft } from "./write-draft.ts"

export interface Preview extends CheckedDraft {
  /** There when the files fit their schemas. */
  readonly page?: ServicePage
  /** There when the form compiles. */
  readonly form?: Form
  /** There when the process compiles. */
  readonly process?: Process
  readonly definition?: Definition
}

/** The page, the process and the form of a draft in one language, for officials who keep the catalogue. Throws `not-allowed`, `draft-not-found`. */
export async function previewDraft(tx: Tx, code: string, id: string, lang: string): Promise<Preview> {
  const checked = await getCheckedDraft(tx, code, id)
  const { service, draft } = checked
  if (!service) return checked
  const country = countryOf(tx)
  const definition = definitionOf(service, country)
  const form = formOf(definition)
  const process = processOf(definition)
  const page = pageOf(await asPublished(tx, definition, draft), country, lang)
  return { ...checked, definition, page, ...(form && { form }), ...(process && { process }) }
}

async function asPublished(tx: Tx, definition: Definition, { proposal }: CheckedDraft["draft"]): Promise<PublishedService> {
  const { code, law } = definition.service
  const version = ((await selectVersions(tx, code)).at(-1)?.version ?? 0) + 1
  const validFrom = proposal?.validFrom ?? today(tx)
  return {
    code,
    hash: sha256(canonicalJson(definition)),
    version,
    validFrom,
    publishedAt: tx.now,
    signature: "",
    law,
    definition,
  }
}

function formOf({ form, elements }: Definition): Form | undefined {
  if (form === undefined) return undefined
  try {
    return compileForm(form, elements as Vocabulary)
  } catch {
    return undefined // its faults stand among the findings
  }
}

function processOf({ process }: Definition): Process | undefined {
  if (process === undefined) return undefined
  try {
    return compileProcess(process)
  } catch (error) {
    if (error instanceof ProcessFaults) return undefined // they stand among the findings
    throw error
  }
}
