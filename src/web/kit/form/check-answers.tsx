// Check your answers: each page's answers in words, where they come from, and a link to change each.
import type { PrintedPage, PrintedRow } from "#engines/form"
import { type Drawing, formWords } from "./drawing.ts"
import { Lines } from "./known-values.tsx"
import { Provenance } from "./provenance.tsx"

interface CheckAnswersProps {
  readonly drawing: Pick<Drawing, "frame" | "context" | "registerName">
  readonly pages: readonly PrintedPage[]
  /** The address of a page of the form; without it nothing can be changed. */
  readonly hrefOf?: (page: string) => string
  /** Level of the pages' headings. */
  readonly level?: 2 | 3
}

export function CheckAnswers({ drawing, pages, hrefOf, level = 2 }: CheckAnswersProps) {
  const Title = level === 2 ? "h2" : "h3"
  return (
    <>
      {pages.map((page) => (
        <section key={page.page} aria-labelledby={`answers-${page.page}`}>
          <Title class="ds-heading" data-size="sm" id={`answers-${page.page}`}>
            {page.title}
          </Title>
          <dl class="summary">
            {page.rows.map((row) => (
              <Row key={row.field} drawing={drawing} row={row} href={hrefOf && `${hrefOf(page.page)}#${row.field}`} />
            ))}
          </dl>
        </section>
      ))}
    </>
  )
}

function Row({ drawing, row, href }: { drawing: CheckAnswersProps["drawing"]; row: PrintedRow; href: string | undefined }) {
  const t = formWords(drawing.frame)
  return (
    <div>
      <dt>{nameOf(row)}</dt>
      <dd>
        <Answer drawing={drawing} row={row} />
      </dd>
      {href && (
        <dd class="change">
          <a class="ds-link" href={href}>
            {t(row.isAsked ? "change" : "checkDispute")}
            <span class="ds-sr-only">: {nameOf(row)}</span>
          </a>
        </dd>
      )}
    </div>
  )
}

const nameOf = (row: PrintedRow) => (row.subject ? `${row.subject} – ${row.label}` : row.label)

function Answer({ drawing, row }: { drawing: CheckAnswersProps["drawing"]; row: PrintedRow }) {
  const t = formWords(drawing.frame)
  if (row.state === "unanswered" || row.text === "") return <>{t("unanswered")}</>
  return (
    <>
      {row.isHeld ? t("held") : <Lines text={row.text} />}
      {row.registeredText !== undefined && <span class="more">{t("registerSays", { text: row.registeredText })}</span>}
      {row.source && <Provenance drawing={drawing} source={row.source} />}
    </>
  )
}
