// Check your answers: each page's answers in words, where they come from, and a link to change each.
import type { PrintedPage, PrintedRow, Source } from "#engines/form"
import { type Drawing, formWords } from "./drawing.ts"
import { Lines } from "./known-values.tsx"
import { isSameSource, Provenance } from "./provenance.tsx"

interface CheckAnswersProps {
  readonly drawing: Pick<Drawing, "frame" | "context" | "registerName" | "lookupHref">
  readonly pages: readonly PrintedPage[]
  /** The address of a page of the form; without it nothing can be changed. */
  readonly hrefOf?: (page: string) => string
  /** Level of the pages' headings. */
  readonly level?: 2 | 3
}

export function CheckAnswers({ drawing, pages, hrefOf, level = 2 }: CheckAnswersProps) {
  const Title = `h${level}` as const
  return (
    <>
      {pages.map((page) => (
        <section key={page.page} class="answers stack tight" aria-labelledby={`answers-${page.page}`}>
          <Title class="ds-heading" data-size="sm" id={`answers-${page.page}`}>
            {page.title}
          </Title>
          {partsOf(page.rows).map((rows) => (
            <Part
              key={rows[0]!.field}
              drawing={drawing}
              rows={rows}
              page={page}
              level={level}
              hrefOf={(row) => hrefOf && `${hrefOf(page.page)}#${row.field}`}
            />
          ))}
        </section>
      ))}
    </>
  )
}

/** Neighbours about the same subject. */
const partsOf = (rows: readonly PrintedRow[]) => runsOf(rows, (a, b) => a.subject === b.subject)

/** Neighbours that the same register told at the same time; a disputed answer names its register itself. */
const toldTogether = (rows: readonly PrintedRow[]) => runsOf(rows, (a, b) => isSameSource(sourceOf(a), sourceOf(b)))
const sourceOf = (row: PrintedRow): Source | undefined => (row.state === "verified" ? row.source : undefined)

function runsOf<T>(items: readonly T[], isSame: (a: T, b: T) => boolean): T[][] {
  const runs: T[][] = []
  for (const item of items) {
    const run = runs.at(-1)
    if (run && isSame(run[0]!, item)) run.push(item)
    else runs.push([item])
  }
  return runs
}

interface PartProps {
  readonly drawing: CheckAnswersProps["drawing"]
  readonly rows: readonly PrintedRow[]
  readonly page: PrintedPage
  readonly level: 2 | 3
  readonly hrefOf: (row: PrintedRow) => string | undefined
}

/** What is about one subject: under its name, unless the page is about nothing else. */
function Part({ drawing, rows, page, level, hrefOf }: PartProps) {
  const Name = `h${(level + 1) as 3 | 4}` as const
  const { subject } = rows[0]!
  return (
    <>
      {subject && rows.length < page.rows.length && <Name>{subject}</Name>}
      {toldTogether(rows).map((run) => {
        const source = sourceOf(run[0]!)
        return (
          <div key={run[0]!.field} class={source && "told"}>
            {source && <Provenance drawing={drawing} source={source} />}
            <dl class="summary">
              {run.map((row) => (
                <Row key={row.field} drawing={drawing} row={row} href={hrefOf(row)} />
              ))}
            </dl>
          </div>
        )
      })}
    </>
  )
}

function Row({ drawing, row, href }: { drawing: CheckAnswersProps["drawing"]; row: PrintedRow; href: string | undefined }) {
  const t = formWords(drawing.frame)
  return (
    <div>
      <dt>{row.label}</dt>
      <dd>
        <Answer drawing={drawing} row={row} />
      </dd>
      {/* What follows from other answers is changed by changing those. */}
      {href && (row.isAsked || row.source) && (
        <dd class="change">
          <a class="ds-link" href={href}>
            {t(row.isAsked ? "change" : "checkDispute")}
            <span class="ds-sr-only">: {row.subject ? `${row.subject} – ${row.label}` : row.label}</span>
          </a>
        </dd>
      )}
    </div>
  )
}

function Answer({ drawing, row }: { drawing: CheckAnswersProps["drawing"]; row: PrintedRow }) {
  const t = formWords(drawing.frame)
  if (row.state === "unanswered" || row.text === "") return <>{t("unanswered")}</>
  return (
    <>
      {row.isHeld ? t("held") : <Lines text={row.text} />}
      {row.registeredText !== undefined && <span class="more">{t("registerSays", { text: row.registeredText })}</span>}
      {row.source && !sourceOf(row) && <Provenance drawing={drawing} source={row.source} />}
    </>
  )
}
