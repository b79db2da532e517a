// The old systems of the cast: what their declarations say, and how a test links them to a site.
import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Country } from "#country"
import { type ExchangeAnswer, request } from "#exchange"
import { linkSources, openSources, readSources, type Sources } from "#sources"
import { type Cast, system } from "../cast.ts"

/** The columns and fields that all of them have: the hospital's old table of birth statements, named as its makers did. */
export const COLUMNS = `columns:
  số_giấy: text
  họ_tên_mẹ: text
  ngày_sinh: date
  giờ_sinh: time
  nơi_sinh: text
  giới_tính: number
  cân_nặng: number
fields:
  statementNumber: '"CS-" + số_giấy'
  motherName: họ_tên_mẹ
  date: ngày_sinh
  time: giờ_sinh
  place: nơi_sinh
  sex: if giới_tính = 1 then "male" else "female"
  weightGrams: cân_nặng * 1000
record: số_giấy
validFrom: ngày_sinh
`

export const HEAD = `id: old-hospital
name: { vi: Phần mềm giấy chứng sinh cũ, en: Old program of birth statements }
answers: health/birth-statement
`

/** What every kind shall say of Nhung. */
export const NHUNG = {
  statementNumber: "CS-777",
  motherName: "Nguyễn Thị Nhung",
  date: "2026-03-05",
  time: "08:15",
  place: "Bệnh viện Đống Đa",
  sex: "female",
  weightGrams: 3150,
}

/** The data of an answer, which has to be one. */
export function dataOf(answer: ExchangeAnswer): Readonly<Record<string, unknown>> {
  assert.ok(answer.outcome === "answered", answer.outcome)
  return answer.entries[0]!.data
}

export interface OldSystems {
  /** Where site.yaml would stand. */
  readonly folder: string
  /** Puts a file beside the declarations. */
  write(name: string, text: string | Buffer): void
  /** Reads and opens what is declared, and links it to the cast's site, instead of what was linked before. */
  link(now?: () => number): Sources
  /** Puts `old-hospital.yaml` there, links, and gives the source that answers. */
  declare(text: string, now?: () => number): OpenSource
  /** The commune asks about a number, or a person of the cast. */
  ask(who: string, purpose?: string): Promise<ExchangeAnswer>
  close(): Promise<void>
}

type OpenSource = NonNullable<ReturnType<Sources["byType"]["get"]>>

export const TYPE = "health/birth-statement"

export const numberOf = ({ site }: Cast, id: string): string =>
  (site.reference as Country).cast.people.find((p) => p.id === id)?.number ?? id

export function oldSystems(cast: Cast): OldSystems {
  const folder = mkdtempSync(join(tmpdir(), "motlan-sources-"))
  mkdirSync(join(folder, "sources"))
  let linked: Sources | undefined
  const write = (name: string, text: string | Buffer) => writeFileSync(join(folder, "sources", name), text)
  const link = (now?: () => number) => {
    linked?.close().catch(() => undefined)
    const read = readSources(folder, cast.site.reference as Country)
    linked = openSources(read, { log: cast.site.log, ...(now && { now }) })
    linkSources(cast.site, linked)
    return linked
  }
  return {
    folder,
    write,
    link,
    declare: (text, now) => {
      write("old-hospital.yaml", text)
      return link(now).byType.get(TYPE)!
    },
    ask: (who, purpose = "birth-registration") => {
      const asked = { service: `${TYPE}.read`, requester: "ba-dinh", number: numberOf(cast, who), purpose, today: "2026-03-09" }
      return cast.tx(system, (tx) => request(tx, asked))
    },
    close: async () => {
      await linked?.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
