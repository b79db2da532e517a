// The desk's layout: bar with search, side with queues and their counts, keys for those who work here all day.
import type { ComponentChildren } from "preact"
import type { Frame } from "#platform/http"
import { paths } from "../paths.ts"
import { Document } from "./document.tsx"
import { Mark } from "./icon.tsx"
import { Languages } from "./layout.tsx"
import { PostForm } from "./post-form.tsx"
import { formats, kitWords } from "./words.ts"

export interface SideItem {
  readonly name: string
  readonly href: string
  readonly count?: number
  readonly tone?: "danger"
  readonly current?: boolean
}

export interface SideGroup {
  readonly title: string
  readonly items: readonly SideItem[]
}

interface DeskLayoutProps {
  readonly frame: Frame
  readonly title: string
  readonly side: readonly SideGroup[]
  /** Where the official sits: agency and position, in words. */
  readonly post?: string
  readonly query?: string
  readonly hasErrors?: boolean
  /** Id of the page's form, which a switch of language sends along, `then=language`. */
  readonly form?: string
  readonly children: ComponentChildren
}

export function DeskLayout({ frame, title, side, post, query = "", hasErrors = false, form, children }: DeskLayoutProps) {
  const t = kitWords(frame)
  return (
    <Document frame={frame} title={title} hasErrors={hasErrors} desk>
      <header class="bar">
        <a class="brand" href={paths.desk()}>
          <Mark />
          <span>{t("desk")}</span>
        </a>
        <search>
          <form action={paths.desk()} method="get">
            <label class="unseen" for="desk-q">
              {t("deskSearch")}
            </label>
            <input
              id="desk-q"
              name="q"
              type="search"
              value={query}
              placeholder={`${t("deskSearch")}  ( / )`}
              autocomplete="off"
              maxLength={200}
            />
          </form>
        </search>
        <Languages frame={frame} form={form} />
        <DeskAccount frame={frame} />
      </header>
      <div class="desk">
        <Side frame={frame} groups={side} post={post} />
        <main id="main" tabIndex={-1} class="stack">
          {children}
          <Keys frame={frame} />
        </main>
      </div>
    </Document>
  )
}

function DeskAccount({ frame }: { frame: Frame }) {
  const t = kitWords(frame)
  return (
    <div class="account">
      <strong>{frame.session?.actor.name}</strong>
      <a href={paths.home()}>{t("portal")}</a>
      <PostForm action={paths.signOut()} csrf={frame.csrf}>
        <button type="submit">{t("signOut")}</button>
      </PostForm>
    </div>
  )
}

function Side({ frame, groups, post }: { frame: Frame; groups: readonly SideGroup[]; post: string | undefined }) {
  const { number } = formats(frame)
  return (
    <nav class="side" aria-label={kitWords(frame)("deskNav")}>
      {post && (
        <p class="post">
          {post} <a href={paths.actAs()}>{kitWords(frame)("switchPost")}</a>
        </p>
      )}
      {groups.map((group) => (
        <div key={group.title}>
          <h2>{group.title}</h2>
          <ul>
            {group.items.map((item) => (
              <li key={item.href}>
                <a href={item.href} aria-current={item.current ? "page" : undefined}>
                  {item.name}
                  {item.count !== undefined && (
                    <span class="count" data-color={item.tone}>
                      {number(item.count)}
                    </span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

function Keys({ frame }: { frame: Frame }) {
  const t = kitWords(frame)
  return (
    <details class="more small" data-keys-help>
      <summary>{t("keysTitle")}</summary>
      <div>
        <ul class="plain">
          <li>
            <kbd>/</kbd> {t("keySearch")}
          </li>
          <li>
            <kbd>j</kbd> <kbd>k</kbd> {t("keyMove")}
          </li>
          <li>
            <kbd>Enter</kbd> {t("keyOpen")}
          </li>
          <li>
            <kbd>?</kbd> {t("keyHelp")}
          </li>
          <li>
            <a class="ds-link" href={`${paths.desk()}?keys=off`}>
              {t("keysOff")}
            </a>
          </li>
        </ul>
      </div>
    </details>
  )
}
