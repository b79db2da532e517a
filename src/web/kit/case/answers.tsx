// A case's or draft's answers in words, each with where it comes from.
import { type Country, findRecord } from "#country"
import type { PrintedPage, PrintedRow } from "#engines/form"
import type { Frame } from "#platform/http"
import { SummaryList } from "../summary-list.tsx"
import { Heading } from "../text.tsx"
import { formats, textOf } from "../words.ts"
import { caseWords } from "./words.ts"

interface AnswersProps {
  readonly frame: Frame
  readonly country: Country
  readonly pages: readonly PrintedPage[]
  /** Where an answer can be changed; none at the desk. */
  readonly changeHref?: (page: string, field: string) => string
}

export function Answers({ frame, country, pages, changeHref }: AnswersProps) {
  return (
    <>
      {pages.map((page) => (
        <section key={page.page} class="stack tight">
          <Heading level={2}>{page.title}</Heading>
          <SummaryList
            frame={frame}
            rows={page.rows.map((row) => ({
              label: row.label,
              value:
                row.text === "" ? (
                  <span class="subtle">{caseWords(frame)("noAnswer")}</span>
                ) : (
                  <span class="lines">{row.text}</span>
                ),
              source: sourceOf(frame, country, row),
              changeHref: row.isAsked ? changeHref?.(page.page, row.field) : undefined,
            }))}
          />
        </section>
      ))}
    </>
  )
}

/** "From the population register, 9 March 2026", or what the person says against it. */
export function sourceOf(
  frame: Frame,
  country: Country,
  row: Pick<PrintedRow, "state" | "source" | "registeredText">,
): string | undefined {
  const t = caseWords(frame)
  if (row.state === "disputed") return t("disputed", { value: row.registeredText ?? "" })
  if (row.state !== "verified" || !row.source) return undefined
  const found = findRecord(country, row.source.register)
  const register = found ? textOf(frame, found.register.name) : row.source.register
  return `${t("fetchedFrom", { register })}, ${formats(frame).dateTime(new Date(row.source.asOf))}`
}
