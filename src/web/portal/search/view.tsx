// Services found, or all of them, or those of one event of life.
import { ButtonLink } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { SearchBox } from "#kit/filters.tsx"
import { Layout } from "#kit/layout.tsx"
import { Pagination } from "#kit/pagination.tsx"
import { Tag } from "#kit/tag.tsx"
import type { Frame } from "#platform/http"
import { type Words, wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

export interface SearchRow {
  readonly code: string
  readonly name: string
  readonly field: string
  readonly online: boolean
  /** False for a procedure known by its name only. */
  readonly hasPage: boolean
}

/** What is shown: a page of a list, or what was found. */
export interface Listed {
  readonly rows: readonly SearchRow[]
  /** Of all pages together. */
  readonly count: number
  /** From 1. */
  readonly page: number
  readonly pages: number
  /** True when there may be more than shown. */
  readonly isCut: boolean
  readonly event?: { readonly id: string; readonly name: string }
}

interface SearchProps extends Listed {
  readonly frame: Frame
  readonly query: string
}

export function SearchView(props: SearchProps) {
  const { frame, query, event, rows, page, pages } = props
  const t = wordsOf(frame.lang, { vi, en })
  const name = event?.name ?? (query ? t("titleFor", { q: query }) : t("title"))
  const title = page > 1 ? t("pageTitle", { title: name, page, pages }) : name
  const href = (n: number) => (event ? paths.lifeEvent(event.id, n) : paths.search("", n))
  return (
    <Layout frame={frame} title={title} section="services" trail={[{ name: t("title"), href: paths.search() }]}>
      <h1>{event?.name ?? t("title")}</h1>
      <div class="read">
        <SearchBox action={paths.search()} label={t("label")} value={query} button={t("search")} />
      </div>
      {rows.length === 0 ? <Nothing t={t} query={query} /> : <Found t={t} {...props} />}
      <Pagination frame={frame} page={page} pages={pages} href={href} />
    </Layout>
  )
}

function Found({ t, query, event, rows, count, isCut }: { t: Words<typeof vi> } & SearchProps) {
  const words = event ? t("inEvent", { event: event.name, count }) : query ? t("found", { count }) : t("all", { count })
  return (
    <>
      <p class="strong" role="status">
        {isCut ? t("atMost", { count }) : words}
      </p>
      <ul class="found">
        {rows.map((row) => (
          <li key={row.code}>
            {row.hasPage ? <a href={paths.service(row.code)}>{row.name}</a> : <span>{row.name}</span>}
            <span class="about">
              {row.online && <Tag tone="success">{t("onlineTag")}</Tag>}
              <span class="num">{row.code}</span>
              <span>{row.field}</span>
              {!row.hasPage && <span>{t("indexOnly")}</span>}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function Nothing({ t, query }: { t: Words<typeof vi>; query: string }) {
  return (
    <Empty>
      <p class="strong" role="status">
        {t("nothing", { q: query })}
      </p>
      <p class="subtle">{t("nothingHint")}</p>
      <ButtonLink kind="secondary" href={paths.search()}>
        {t("allLink")}
      </ButtonLink>
    </Empty>
  )
}
