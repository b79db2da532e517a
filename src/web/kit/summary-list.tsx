// Questions and their answers, with where each comes from and a way to change it.
import type { ComponentChildren } from "preact"
import type { Frame } from "#platform/http"
import { Icon } from "./icon.tsx"
import { kitWords } from "./words.ts"

export interface SummaryRow {
  readonly label: string
  readonly value: ComponentChildren
  /** Which register says so: "Population register, 9 March 2026". */
  readonly source?: string | undefined
  readonly changeHref?: string | undefined
}

export function SummaryList({ frame, rows }: { frame: Pick<Frame, "lang" | "place">; rows: readonly SummaryRow[] }) {
  const t = kitWords(frame)
  return (
    <dl class="summary">
      {rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd>
            {row.value}
            {row.source && (
              <span class="source">
                <Icon name="shield" />
                {row.source}
              </span>
            )}
          </dd>
          {row.changeHref && (
            <dd class="change">
              <a class="ds-link" href={row.changeHref} aria-label={t("changeWhat", { what: row.label })}>
                {t("change")}
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

/** Short facts beside a page: cost, time, who decides. */
export function Facts({
  rows,
}: {
  rows: readonly { readonly label: string; readonly value: ComponentChildren; readonly more?: ComponentChildren }[]
}) {
  return (
    <dl class="facts">
      {rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd>
            {row.value}
            {row.more && <span class="more">{row.more}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
