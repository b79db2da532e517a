// The queue: what waits for this official, the most urgent first; and what a search has found.
import type { Dossier, QueueRow } from "#cases"
import { Alert } from "#kit/alert.tsx"
import { Button } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { DeskLayout } from "#kit/desk-layout.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Table } from "#kit/table.tsx"
import { StatusTag, Tag } from "#kit/tag.tsx"
import { Heading, Moment } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import { portalStatus } from "../../portal-status.ts"
import { type Desk, deskWords, type QueueName } from "../desk.ts"

interface QueueProps {
  readonly desk: Desk
  readonly queue: QueueName
  readonly rows: readonly QueueRow[]
  readonly now: Date
  readonly nothingToClaim: boolean
}

export function QueueView({ desk, queue, rows, now, nothingToClaim }: QueueProps) {
  const { frame } = desk
  const t = deskWords(frame)
  return (
    <DeskLayout frame={frame} title={t(queue)} side={desk.side} post={desk.post}>
      <Heading>{t(queue)}</Heading>
      {nothingToClaim && <Alert role="status">{t("nothingToClaim")}</Alert>}
      <PostForm action={paths.deskClaimNext()} csrf={frame.csrf}>
        <Button>{t("claimNext")}</Button>
      </PostForm>
      {rows.length === 0 ? <Empty>{t("emptyQueue")}</Empty> : <Tasks desk={desk} rows={rows} now={now} caption={t(queue)} />}
    </DeskLayout>
  )
}

function Tasks({ desk, rows, now, caption }: { desk: Desk; rows: readonly QueueRow[]; now: Date; caption: string }) {
  const { frame, country } = desk
  const t = deskWords(frame)
  return (
    <Table
      frame={frame}
      caption={caption}
      captionUnseen
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          key: "code",
          title: t("code"),
          cell: (row) => (
            <>
              <CaseLink id={row.caseId} code={row.code} /> {row.why && <Tag tone="warning">{t("stuckTag")}</Tag>}
            </>
          ),
        },
        { key: "applicant", title: t("applicant"), cell: (row) => row.applicant },
        { key: "service", title: t("service"), cell: (row) => serviceName(frame, desk, row.service) },
        { key: "holder", title: t("holder"), cell: (row) => row.claimedName ?? <span class="subtle">{t("nobody")}</span> },
        { key: "step", title: t("taskDue"), cell: (row) => row.dueAt && <DueCell frame={frame} due={row.dueAt} now={now} /> },
        { key: "due", title: t("due"), cell: (row) => <DueCell frame={frame} due={row.caseDueAt} now={now} /> },
        {
          key: "state",
          title: t("state"),
          cell: (row) => <StatusTag frame={frame} status={portalStatus(country, row.status)} />,
        },
      ]}
    />
  )
}

const CaseLink = ({ id, code }: { id: string; code: string }) => (
  <a class="ds-link num" href={paths.deskCase(id)}>
    {code}
  </a>
)

function DueCell({ frame, due, now }: { frame: Frame; due: Date; now: Date }) {
  return (
    <>
      <Moment frame={frame} value={due} /> {due < now && <Tag tone="danger">{deskWords(frame)("late")}</Tag>}
    </>
  )
}

function serviceName(frame: Frame, { country }: Desk, code: string): string {
  const service = country.services.get(code)?.definition
  return service ? textOf(frame, service.shortName ?? service.name) : code
}

export function FoundView({ desk, words, found }: { desk: Desk; words: string; found: readonly Dossier[] }) {
  const { frame, country } = desk
  const t = deskWords(frame)
  const title = t("found", { count: found.length, words })
  return (
    <DeskLayout frame={frame} title={title} side={desk.side} post={desk.post} query={words}>
      <Heading>{title}</Heading>
      {found.length === 0 ? (
        <Empty>{t("emptyQueue")}</Empty>
      ) : (
        <Table
          frame={frame}
          caption={title}
          captionUnseen
          rows={found}
          rowKey={(row) => row.id}
          columns={[
            { key: "code", title: t("code"), cell: (row) => <CaseLink id={row.id} code={row.code} /> },
            { key: "applicant", title: t("applicant"), cell: (row) => row.applicant },
            { key: "service", title: t("service"), cell: (row) => serviceName(frame, desk, row.service) },
            { key: "submitted", title: t("submitted"), cell: (row) => <Moment frame={frame} value={row.submittedAt} /> },
            {
              key: "state",
              title: t("state"),
              cell: (row) => <StatusTag frame={frame} status={portalStatus(country, row.status)} />,
            },
          ]}
        />
      )}
    </DeskLayout>
  )
}
