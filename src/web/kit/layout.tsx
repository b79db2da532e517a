// The portal's layout: header with languages and account, main navigation, trail, footer.
import type { ComponentChildren } from "preact"
import type { Frame } from "#platform/http"
import { inLanguage, paths } from "../paths.ts"
import { Document } from "./document.tsx"
import { Icon, Mark } from "./icon.tsx"
import { PostForm } from "./post-form.tsx"
import { formats, kitWords, textOf } from "./words.ts"

export type Section = "services" | "cases" | "inbox" | "data" | "verify"

export interface TrailStep {
  readonly name: string
  readonly href: string
}

interface LayoutProps {
  readonly frame: Frame
  /** Of the document; the page's own `<h1>` says the same. */
  readonly title: string
  readonly description?: string
  readonly section?: Section
  /** The pages above this one, from the home page's child on. */
  readonly trail?: readonly TrailStep[]
  readonly hasErrors?: boolean
  /** Id of the page's form: a switch of language sends it along, `then=language`, so that nothing typed is lost. */
  readonly form?: string
  /** Across the whole width, between navigation and main: the home page's search. */
  readonly banner?: ComponentChildren
  readonly children: ComponentChildren
}

export function Layout({ frame, title, description, section, trail, hasErrors = false, form, banner, children }: LayoutProps) {
  return (
    <Document frame={frame} title={title} description={description} hasErrors={hasErrors}>
      <Header frame={frame} form={form} />
      <MainNav frame={frame} section={section} />
      {trail && <Trail frame={frame} steps={trail} />}
      <main id="main" tabIndex={-1}>
        {banner}
        <div class="w stack">{children}</div>
      </main>
      <Footer frame={frame} />
    </Document>
  )
}

function Header({ frame, form }: { frame: Frame; form: string | undefined }) {
  return (
    <header class="top">
      <div class="w">
        <a class="brand" href={paths.home()}>
          <Mark />
          <span>{textOf(frame, frame.place.name)}</span>
        </a>
        <Languages frame={frame} form={form} />
        <Account frame={frame} />
      </div>
    </header>
  )
}

/** The same page in each language, each by its own name; with a form, its inputs go along. */
export function Languages({ frame, form }: { frame: Frame; form?: string | undefined }) {
  const { language } = formats(frame)
  return (
    <nav class="langs" aria-label={kitWords(frame)("languages")}>
      {/* The first button of a form is the one that Enter presses: it must not be one that changes the language. */}
      {form && <button class="ds-sr-only" type="submit" form={form} tabIndex={-1} aria-hidden="true" />}
      {frame.place.languages.map((lang) =>
        lang === frame.lang ? (
          <span key={lang} lang={lang} aria-current="true">
            {language(lang)}
          </span>
        ) : form ? (
          <button
            key={lang}
            type="submit"
            lang={lang}
            form={form}
            formAction={inLanguage(frame.url, lang)}
            name="then"
            value="language"
          >
            {language(lang)}
          </button>
        ) : (
          <a key={lang} lang={lang} hreflang={lang} href={inLanguage(frame.url, lang)}>
            {language(lang)}
          </a>
        ),
      )}
    </nav>
  )
}

function Account({ frame }: { frame: Frame }) {
  const t = kitWords(frame)
  if (!frame.session) {
    return (
      <div class="account">
        <a class="in" href={paths.signIn(frame.url)} rel="nofollow">
          <Icon name="person" />
          {t("signIn")}
        </a>
      </div>
    )
  }
  const { actor, posts } = frame.session
  return (
    <div class="account">
      <strong>
        <Icon name="person" />
        <span class="unseen">{t("signedInAs")}</span>
        {actor.name}
      </strong>
      {posts.length > 0 && <a href={actor.kind === "person" ? paths.actAs() : paths.desk()}>{t("desk")}</a>}
      <PostForm action={paths.signOut()} csrf={frame.csrf}>
        <button type="submit">{t("signOut")}</button>
      </PostForm>
    </div>
  )
}

function MainNav({ frame, section }: { frame: Frame; section: Section | undefined }) {
  const t = kitWords(frame)
  const own = frame.session
    ? ([
        ["inbox", paths.myInbox(), t("inbox")],
        ["data", paths.myData(), t("myData")],
      ] as const)
    : []
  const items = [
    ["services", paths.home(), t("services")],
    ["cases", paths.myCases(), t("myCases")],
    ...own,
    ["verify", paths.verify(), t("verify")],
  ] as const
  return (
    <nav class="nav" aria-label={t("mainNav")}>
      <ul class="w">
        {items.map(([key, href, name]) => (
          <li key={key}>
            <a href={href} aria-current={key === section ? (frame.url.split("?", 1)[0] === href ? "page" : "true") : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Trail({ frame, steps }: { frame: Frame; steps: readonly TrailStep[] }) {
  const t = kitWords(frame)
  return (
    <nav class="trail w" aria-label={t("trail")}>
      <ol>
        {[{ name: t("home"), href: paths.home() }, ...steps].map((step) => (
          <li key={step.href}>
            <a href={step.href}>{step.name}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Footer({ frame }: { frame: Frame }) {
  const t = kitWords(frame)
  return (
    <footer class="foot">
      <div class="w">
        <p>{t("footMotto")}</p>
        <nav aria-label={t("footLinks")}>
          <ul>
            <li>
              <a href={paths.search()}>{t("services")}</a>
            </li>
            <li>
              <a href={paths.verify()}>{t("verify")}</a>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  )
}
