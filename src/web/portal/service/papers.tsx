// The papers of a service: those to bring, those the state fetches itself, and those of special cases.
import type { PagePaper } from "#catalogue"
import { Icon } from "#kit/icon.tsx"
import type { Frame } from "#platform/http"
import { type Words, wordsOf } from "#platform/words"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

export function PapersView({ frame, papers }: { frame: Frame; papers: readonly PagePaper[] }) {
  const t = wordsOf(frame.lang, { vi, en })
  const fetched = papers.filter((p) => p.fetched)
  const always = papers.filter((p) => !p.fetched && !p.condition)
  const special = papers.filter((p) => !p.fetched && p.condition)
  return (
    <section class="stack" aria-labelledby="papers">
      <h2 id="papers">{t("prepare")}</h2>
      {always.length === 0 ? (
        <p>{t("prepareNothing")}</p>
      ) : (
        <ul class="list">
          {always.map((paper) => (
            <PaperLine key={paper.id} t={t} paper={paper} />
          ))}
        </ul>
      )}
      {fetched.length > 0 && (
        <>
          <h3>{t("fetched")}</h3>
          <ul class="known">
            {fetched.map((paper) => (
              <li key={paper.id}>
                <Icon name="shield" />
                <div>
                  {paper.name}
                  <span class="about">{t("from", { from: paper.fetched?.words ?? "" })}</span>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
      {special.length > 0 && (
        <details class="more">
          <summary>{t("onlyIf")}</summary>
          <ul class="list">
            {special.map((paper) => (
              <PaperLine key={paper.id} t={t} paper={paper} />
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function PaperLine({ t, paper }: { t: Words<typeof vi>; paper: PagePaper }) {
  const about = [
    paper.condition,
    paper.kindWords,
    paper.originals ? t("originals", { count: paper.originals }) : undefined,
    paper.copies ? t("copies", { count: paper.copies }) : undefined,
    paper.form ? t("form", { form: paper.form }) : undefined,
  ].filter((part) => part !== undefined)
  return (
    <li>
      {paper.name}
      <span class="about">{about.join(" · ")}</span>
    </li>
  )
}
