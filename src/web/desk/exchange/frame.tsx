// What the pages about the exchange share: their frame, the spans of time, states in words.
import type { ComponentChildren } from "preact"
import { DeskLayout } from "#kit/desk-layout.tsx"
import { Tag, type Tone } from "#kit/tag.tsx"
import { Heading, Lead } from "#kit/text.tsx"
import type { ContractStanding, Span } from "#oversight"
import { spans } from "#oversight"
import type { Frame } from "#platform/http"
import type { Desk } from "../desk.ts"
import { exchangeWords, said } from "./words.ts"

interface ExchangeLayoutProps {
  readonly desk: Desk
  readonly title: string
  readonly lead?: string
  readonly hasErrors?: boolean
  /** There is a form `page` on it, which goes along with a switch of language. */
  readonly hasForm?: boolean
  /** Before the heading: what just went wrong. */
  readonly first?: ComponentChildren
  readonly children: ComponentChildren
}

export function ExchangeLayout({ desk, title, lead, hasErrors = false, hasForm = false, first, children }: ExchangeLayoutProps) {
  const { frame, side, post } = desk
  return (
    <DeskLayout {...{ frame, title, side, post, hasErrors }} {...(hasForm && { form: "page" })}>
      {first}
      <Heading>{title}</Heading>
      {lead && <Lead>{lead}</Lead>}
      {children}
    </DeskLayout>
  )
}

/** Links to the spans of time that a page knows. */
export function Spans({ frame, span, href }: { frame: Frame; span: Span; href: (span: Span) => string }) {
  const t = exchangeWords(frame)
  return (
    <nav aria-label={t("span")}>
      <ul class="pages">
        {(Object.keys(spans) as Span[]).map((one) => (
          <li key={one}>
            {one === span ? <span aria-current="page">{t(`span.${one}`)}</span> : <a href={href(one)}>{t(`span.${one}`)}</a>}
          </li>
        ))}
      </ul>
    </nav>
  )
}

export const spanOf = (text: string): Span => (Object.hasOwn(spans, text) ? (text as Span) : "1h")

const tones: Readonly<Record<ContractStanding, Tone>> = {
  proposed: "warning",
  signed: "success",
  "not-begun": "info",
  ended: "neutral",
  rejected: "danger",
  revoked: "danger",
}

/** The state of a contract. */
export const StandingTag = ({ frame, standing }: { frame: Frame; standing: ContractStanding }) => (
  <Tag tone={tones[standing]}>{said(frame, "standing", standing)}</Tag>
)

/** An id of the directory in small letters beneath its name. */
export const Named = ({ name, id }: { name: string; id: string }) => (
  <div>
    {name}
    {name !== id && <div class="subtle small">{id}</div>}
  </div>
)
