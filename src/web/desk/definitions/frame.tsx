// What the pages about definitions share: their frame, states as tags, changes and findings as lists, inputs.
import type { ComponentChildren } from "preact"
import { type Change, changeWords, parts, partWords } from "#catalogue"
import type { Finding } from "#country"
import { Alert } from "#kit/alert.tsx"
import { DeskLayout } from "#kit/desk-layout.tsx"
import { problemWords } from "#kit/problem-words.ts"
import { Table } from "#kit/table.tsx"
import { Tag, type Tone } from "#kit/tag.tsx"
import { Heading, Lead } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import type { Problem } from "#platform/problem"
import type { Desk } from "../desk.ts"
import { definitionWords, said } from "./words.ts"

interface DefinitionLayoutProps {
  readonly desk: Desk
  readonly title: string
  readonly lead?: string | undefined
  readonly mistake?: Problem | undefined
  readonly children: ComponentChildren
}

export function DefinitionLayout({ desk, title, lead, mistake, children }: DefinitionLayoutProps) {
  const words = mistake && problemWords(desk.frame.lang, mistake)
  return (
    <DeskLayout frame={desk.frame} title={title} side={desk.side} post={desk.post} hasErrors={mistake !== undefined}>
      {words && (
        <Alert tone="danger" role="alert" title={words.title}>
          <p>{words.text}</p>
        </Alert>
      )}
      <Heading>{title}</Heading>
      {lead && <Lead>{lead}</Lead>}
      {children}
    </DeskLayout>
  )
}

const tones: Readonly<Record<string, Tone>> = {
  "in-force": "success",
  coming: "info",
  withdrawn: "danger",
  open: "accent",
  proposed: "warning",
  running: "accent",
  done: "success",
}

export const StateTag = ({ frame, state }: { frame: Frame; state: string }) => (
  <Tag tone={tones[state] ?? "neutral"}>{said(frame, "state", state)}</Tag>
)

/** What differs, part by part, a sentence each. */
export function Changes({ frame, changes }: { frame: Frame; changes: readonly Change[] }) {
  if (changes.length === 0) return <p>{definitionWords(frame)("noDifferences")}</p>
  return (
    <>
      {parts
        .filter((part) => changes.some((change) => change.part === part))
        .map((part) => (
          <section key={part} class="stack">
            <Heading level={3}>{textOf(frame, partWords[part])}</Heading>
            <ul class="list">
              {changes
                .filter((change) => change.part === part)
                .map((change) => changeWords(change, frame.lang))
                .map((words) => (
                  <li key={words}>{words}</li>
                ))}
            </ul>
          </section>
        ))}
    </>
  )
}

/** What the check has to say, with place and mend. */
export function Findings({ frame, findings }: { frame: Frame; findings: readonly Finding[] }) {
  const t = definitionWords(frame)
  if (findings.length === 0)
    return (
      <Alert tone="success">
        <p>{t("noFindings")}</p>
      </Alert>
    )
  return (
    <Table
      frame={frame}
      caption={t("findings", { count: findings.length })}
      rows={findings.map((finding, nth) => ({ ...finding, nth }))}
      rowKey={({ nth }) => String(nth)}
      columns={[
        { key: "place", title: t("place"), cell: ({ file, line }) => `${file.split("/").at(-1)}:${line}`, nowrap: true },
        { key: "fault", title: t("fault"), cell: ({ words }) => textOf(frame, words) },
        { key: "mend", title: t("mend"), cell: ({ mend }) => textOf(frame, mend) },
      ]}
    />
  )
}
