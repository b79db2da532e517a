// The files that a published version was made of: as two officials published them, else as its definition and the pack have them.
import { countryOf, drawnTable, isDrawing, type Service } from "#country"
import type { Tx } from "#platform/db"
import { canonicalJson, sha256 } from "./canonical.ts"
import type { DraftContent } from "./draft.ts"
import { definitionOf } from "./publish-country.ts"
import type { Definition, PublishedService } from "./published.ts"
import { findPublishedDraft } from "./store.drafts.ts"

/**
 * The files of a version as data: its tests, and its process or tables as they were drawn, are those of the draft from which it was
 * published; of a version that came with the pack, those of the pack while that still says the same.
 */
export async function writtenOf(tx: Tx, { code, hash, publishedAt, definition }: PublishedService): Promise<DraftContent> {
  const draft = await findPublishedDraft(tx, code, publishedAt)
  const { tests, process, rules } = draft ? (JSON.parse(draft.canonical) as DraftContent) : await ofPack(tx, code, hash)
  return {
    ...filesOf(definition),
    ...(tests !== undefined && { tests }),
    ...(isDrawing(process) && { process }),
    ...(isDrawing(rules) && { rules }),
  }
}

async function ofPack(tx: Tx, code: string, hash: string): Promise<DraftContent> {
  const country = countryOf(tx)
  const service: Service | undefined = country.services.get(code)
  if (!service) return {}
  const definition = definitionOf({ ...service, process: await drawnTable(service.process) }, country)
  if (sha256(canonicalJson(definition)) !== hash) return {}
  return { process: service.process, ...(service.stories.length > 0 && { tests: service.stories }) }
}

function filesOf({ service, form, process, rules, result, words }: Definition): DraftContent {
  return { service, form, process, rules, result, ...(Object.keys(words).length > 0 && { words }) }
}
