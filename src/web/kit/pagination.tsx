// Pages of a long list: first, last, and those around.
import type { Frame } from "#platform/http"
import { kitWords } from "./words.ts"

/** The page that a query asks for, from 1; the first for what is no number. */
export const pageOf = (text: string): number => (/^[1-9]\d{0,3}$/.test(text) ? Number(text) : 1)

interface PaginationProps {
  readonly frame: Pick<Frame, "lang" | "place">
  /** From 1. */
  readonly page: number
  readonly pages: number
  readonly href: (page: number) => string
}

/** Nothing for a single page. */
export function Pagination({ frame, page, pages, href }: PaginationProps) {
  if (pages <= 1) return null
  const t = kitWords(frame)
  const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter((n) => n >= 1 && n <= pages)
  return (
    <nav aria-label={t("pages")}>
      <ul class="pages">
        {page > 1 && (
          <li>
            <a href={href(page - 1)} rel="prev">
              ‹ {t("previous")}
            </a>
          </li>
        )}
        {shown.flatMap((n, i) => [
          i > 0 && n - shown[i - 1]! > 1 && (
            <li key={`gap-${n}`}>
              <span aria-hidden="true">…</span>
            </li>
          ),
          <li key={n}>
            {n === page ? (
              <span aria-current="page">{n}</span>
            ) : (
              <a href={href(n)} aria-label={t("page", { page: n })}>
                {n}
              </a>
            )}
          </li>,
        ])}
        {page < pages && (
          <li>
            <a href={href(page + 1)} rel="next">
              {t("next")} ›
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}
