// Drafts ready to be submitted: one is filled in by the deeds themselves, the others are copies of it under other mothers and communes.
import { randomUUID } from "node:crypto"
import { getDraft, openDraft, savePage } from "#cases"
import type { Agency } from "#country"
import { type BenchSite, type Person, personOf } from "./site.ts"

export interface ReadyDraft {
  readonly id: string
  readonly mother: Person
  readonly agency: Agency
}

const BIRTH = "1.001193"

const answers = {
  "child.familyName": "Phạm",
  "child.middleName": "Gia",
  "child.givenName": "Minh",
  "child.homeTown": "xã Khoái Châu, tỉnh Hưng Yên",
  "child.nationality": "VN",
  "child.ethnicity": "kinh",
  "contact.phone": "0900000001",
  truth: "yes",
}

/** Fills a birth in as Lan does, whose registers answer for her, her husband, their marriage and the hospital's statement. */
export async function fillDraft(bench: BenchSite): Promise<{ id: string; fields: number }> {
  const lan = await personOf(bench, "lan")
  const { id } = await bench.tx(lan, (tx) => openDraft(tx, BIRTH, "vi"))
  const { pages } = await bench.tx(lan, (tx) => getDraft(tx, id, "vi"))
  for (const page of pages) {
    const { errors } = await bench.tx(lan, (tx) => savePage(tx, id, page.id, answers, "vi"))
    if (errors.length > 0) throw new Error(`page ${page.id}: ${JSON.stringify(errors)}`)
  }
  const { draft } = await bench.tx(lan, (tx) => getDraft(tx, id, "vi"))
  return { id, fields: Object.keys(draft.values).length }
}

/** Copies the draft `count` times, in turn for each mother and each agency's commune. */
export async function layDrafts(
  { above }: BenchSite,
  template: string,
  all: readonly Person[],
  agencies: readonly Agency[],
  count: number,
): Promise<ReadyDraft[]> {
  const drafts = Array.from({ length: count }, (_, i) => ({
    id: randomUUID(),
    mother: all[i % all.length]!,
    agency: agencies[i % agencies.length]!,
  }))
  await above.query(
    `insert into cases.draft (subject, id, service, definition, form_values, fetched, typed, revision, lang, opened_at, saved_at, expires_at)
     select copy.subject, copy.id, service, definition,
       jsonb_set(form_values, '{mother.residence,value,commune}', to_jsonb(copy.commune)),
       fetched, typed, revision, lang, opened_at, saved_at, expires_at
     from cases.draft, unnest($2::uuid[], $3::uuid[], $4::text[]) as copy (subject, id, commune)
     where draft.id = $1`,
    [template, drafts.map((d) => d.mother.subject), drafts.map((d) => d.id), drafts.map((d) => d.agency.division ?? "")],
  )
  return drafts
}
