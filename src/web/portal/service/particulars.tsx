// The rest of what the law wants published: who may apply, how, costs and times in detail, conditions, legal basis, and where this was read.

import type { ComponentChildren } from "preact"
import type { ServicePage } from "#catalogue"
import { formats } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

export function Particulars({ frame, page }: { frame: Frame; page: ServicePage }) {
  const t = wordsOf(frame.lang, { vi, en })
  const { cost, time, authority } = page
  const costs = cost.amounts.map((a) => `${a.name}: ${a.words}`)
  const times = [...time.channels.map((c) => `${c.name}: ${c.words}`), ...(time.rule ? [time.rule] : [])]
  return (
    <section class="stack" aria-labelledby="more">
      <h2 id="more">{t("details")}</h2>
      <div>
        <Part title={t("who")} lines={page.audience.map((a) => a.name)} />
        <Part title={t("requirements")} lines={page.requirements} />
        <Part title={t("channels")} lines={authority.channels.map((c) => c.name)} />
        <Part title={t("costs")} lines={[...costs, ...(cost.note ? [cost.note] : [])]} />
        <Part title={t("exempt")} lines={cost.exempt} />
        <Part title={t("times")} lines={times} />
        <Part title={t("law")} lines={page.law.map((law) => lawLine(law, t("article", { article: law.article ?? "" })))} />
        <Provenance frame={frame} page={page} />
      </div>
      {page.note && <p class="subtle small">{page.note}</p>}
    </section>
  )
}

const lawLine = (law: ServicePage["law"][number], article: string): string =>
  [law.ref, law.article && article, law.name].filter(Boolean).join(", ")

function Part({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <details class="more">
      <summary>{title}</summary>
      <ul class="list">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  )
}

/** Where the page's facts come from and since when they hold. */
function Provenance({ frame, page }: { frame: Frame; page: ServicePage }) {
  const t = wordsOf(frame.lang, { vi, en })
  const { day } = formats(frame)
  const { source } = page
  const rows: readonly (readonly [string, ComponentChildren])[] = [
    [t("code"), page.code],
    [t("field"), page.field],
    ...(page.decision ? ([[t("decision"), page.decision]] as const) : []),
    [t("version"), t("versionFrom", { version: page.version, day: day(page.validFrom) })],
    ...(source
      ? ([
          [
            t("source"),
            <SourceLink
              key="source"
              source={source}
              checked={source.checked ? t("checked", { day: day(source.checked) }) : ""}
            />,
          ],
        ] as const)
      : []),
  ]
  return (
    <details class="more">
      <summary>{t("source")}</summary>
      <dl class="summary">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function SourceLink({ source, checked }: { source: NonNullable<ServicePage["source"]>; checked: string }) {
  return (
    <>
      {source.url ? (
        <a class="ds-link" href={source.url} rel="noreferrer">
          {new URL(source.url).host}
        </a>
      ) : null}{" "}
      {checked}
    </>
  )
}
