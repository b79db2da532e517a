// What a draft is: the files of a definition while they are written, who wrote them and why, and what was proposed.

import { stringify } from "yaml"
import { countryOf, readText, type ServiceTexts, serviceFiles, textIn } from "#country"
import type { Tx } from "#platform/db"
import { problem } from "#problems"
import type { DraftRow, SaveRow } from "./store.drafts.ts"

type FileName = (typeof serviceFiles)[number]

/** The files of a definition as data, by name; canonical JSON of this is what is kept. */
export type DraftContent = Readonly<Partial<Record<FileName, unknown>>>

/** A definition, or the retirement of one, until a second person publishes it. */
export interface Draft {
  readonly code: string
  readonly id: string
  readonly kind: "version" | "retirement"
  readonly state: "open" | "proposed" | "published" | "dropped"
  /** Counts the saves. */
  readonly revision: number
  /** Name of the service in each language, as far as it has one. */
  readonly name: Readonly<Record<string, string>>
  /** Hash of the version that it was begun from. */
  readonly base: string | null
  /** The files as an analyst writes them: YAML. */
  readonly texts: ServiceTexts
  readonly savedAt: Date
  /** Newest first. */
  readonly saves: readonly { readonly revision: number; readonly why: string; readonly authorName: string; readonly at: Date }[]
  readonly proposal?: {
    readonly validFrom: string
    readonly validUntil?: string
    readonly legalBasis: string
    readonly replacedBy?: string
    readonly by: string
    readonly at: Date
  }
  /** Why the second person gave it back. */
  readonly remark?: string
}

/** Somebody who keeps the catalogue. */
export interface Keeper {
  readonly subject: string
  readonly name: string
}

/** Does the actor keep the catalogue? */
export function keepsCatalogue({ actor }: Pick<Tx, "actor">): boolean {
  return actor.kind === "official" && actor.positions.some(({ roles }) => roles.includes("catalogue-admin"))
}

/** Throws `not-allowed` unless an official who keeps the catalogue acts. */
export function keeperOf(tx: Tx): Keeper {
  const { actor } = tx
  if (actor.kind !== "official" || !keepsCatalogue(tx)) throw problem("not-allowed")
  return { subject: actor.subject, name: actor.name }
}

/** The files as YAML, in the order in which an analyst writes them. */
export function textsOf(content: DraftContent): ServiceTexts {
  const present = serviceFiles.filter((name) => content[name] !== undefined)
  return Object.fromEntries(present.map((name) => [name, textOf(content[name])]))
}

/** A drawing of BPMN is kept as its text. */
const textOf = (data: unknown): string =>
  typeof data === "string" ? data : stringify(data, { lineWidth: 130, sortMapEntries: inOrder })

/** What a reader looks for first; canonical JSON has lost the order in which it was written. */
const FIRST = [
  "code",
  "id",
  "story",
  "given",
  "about",
  "is",
  "shortName",
  "name",
  "title",
  "by",
  "unit",
  "hours",
  "kind",
  "type",
  "vi",
]

function inOrder(a: { key: unknown }, b: { key: unknown }): number {
  const [left, right] = [String(a.key), String(b.key)]
  const place = (key: string) => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length)
  return place(left) - place(right) || (left < right ? -1 : 1)
}

/** The data of the files; findings where a text is no YAML. A text of nothing but comments is a file that isn't there. */
export function contentOf(code: string, texts: ServiceTexts) {
  const content: Partial<Record<FileName, unknown>> = {}
  const findings = serviceFiles.flatMap((name) => {
    const text = texts[name]
    if (text === undefined || text.trim() === "") return []
    const source = readText(`services/${code}/${name}.yaml`, text)
    if (!("data" in source)) return source
    if (source.data !== null) content[name] = source.data
    return []
  })
  return { content: content as DraftContent, findings }
}

/** A row of the table as the deeds and pages see it. */
export function draftOf(tx: Tx, row: DraftRow, saves: readonly SaveRow[]): Draft {
  const content = JSON.parse(row.canonical) as DraftContent
  const service = content.service as { name?: Record<string, string>; shortName?: Record<string, string> } | undefined
  const name = service?.shortName ?? service?.name ?? {}
  const { valid_from: validFrom, valid_until: validUntil, legal_basis: legalBasis, proposed_at: at } = row
  return {
    code: row.code,
    id: row.id,
    kind: row.kind,
    state: row.state,
    revision: row.revision,
    name: textIn(name, countryOf(tx).languages[0]!) === "" ? { vi: row.code, en: row.code } : name,
    base: row.base,
    texts: textsOf(content),
    savedAt: row.saved_at,
    saves: saves.map((save) => ({ revision: save.revision, why: save.why, authorName: save.author_name, at: save.saved_at })),
    ...(validFrom !== null &&
      legalBasis !== null &&
      at !== null && {
        proposal: {
          validFrom,
          ...(validUntil !== null && { validUntil }),
          legalBasis,
          ...(row.replaced_by !== null && { replacedBy: row.replaced_by }),
          by: row.proposed_name ?? "",
          at,
        },
      }),
    ...(row.remark !== null && { remark: row.remark }),
  }
}
