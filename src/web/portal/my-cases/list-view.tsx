// The applicant's cases and the requests that they have begun.
import type { Dossier, Draft } from "#cases"
import type { Country } from "#country"
import { ButtonLink } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { Layout } from "#kit/layout.tsx"
import { Table } from "#kit/table.tsx"
import { StatusTag } from "#kit/tag.tsx"
import { Day, Heading, Moment } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import { portalStatus } from "../../portal-status.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

export const myCaseWords = (frame: Pick<Frame, "lang" | "place">) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

interface ListProps {
  readonly frame: Frame
  readonly country: Country
  readonly cases: readonly Dossier[]
  readonly drafts: readonly Draft[]
  /** Where a draft goes on. */
  readonly resume: (draft: Draft) => string
}

export function MyCasesView(props: ListProps) {
  const { frame, cases, drafts } = props
  const t = myCaseWords(frame)
  return (
    <Layout frame={frame} title={t("title")} section="cases">
      <Heading>{t("title")}</Heading>
      {drafts.length > 0 && <Drafts {...props} />}
      {cases.length > 0 && <Submitted {...props} />}
      {cases.length === 0 && drafts.length === 0 && (
        <Empty>
          <p>{t("empty")}</p>
          <ButtonLink href={paths.home()}>{t("toServices")}</ButtonLink>
        </Empty>
      )}
    </Layout>
  )
}

function serviceName(frame: Frame, country: Country, code: string): string {
  const service = country.services.get(code)?.definition
  return service ? textOf(frame, service.shortName ?? service.name) : code
}

function Drafts({ frame, country, drafts, resume }: ListProps) {
  const t = myCaseWords(frame)
  return (
    <>
      <Heading level={2}>{t("drafts")}</Heading>
      <Table
        frame={frame}
        caption={t("draftsCaption")}
        captionUnseen
        rows={drafts}
        rowKey={(row) => row.id}
        columns={[
          { key: "service", title: t("service"), cell: (row) => serviceName(frame, country, row.service) },
          { key: "saved", title: t("savedAt"), cell: (row) => <Moment frame={frame} value={row.savedAt} /> },
          { key: "until", title: t("keptUntil"), cell: (row) => <Day frame={frame} value={row.expiresAt} /> },
          {
            key: "go",
            title: "",
            cell: (row) => (
              <a class="ds-link" href={resume(row)}>
                {t("resume")}
                <span class="unseen">: {serviceName(frame, country, row.service)}</span>
              </a>
            ),
          },
        ]}
      />
    </>
  )
}

function Submitted({ frame, country, cases }: ListProps) {
  const t = myCaseWords(frame)
  return (
    <>
      <Heading level={2}>{t("submittedCases")}</Heading>
      <Table
        frame={frame}
        caption={t("title")}
        captionUnseen
        rows={cases}
        rowKey={(row) => row.id}
        columns={[
          {
            key: "code",
            title: t("code"),
            cell: (row) => (
              <a class="ds-link num" href={paths.caseOf(row.id)}>
                {row.code}
              </a>
            ),
          },
          { key: "service", title: t("service"), cell: (row) => serviceName(frame, country, row.service) },
          { key: "submitted", title: t("submitted"), cell: (row) => <Moment frame={frame} value={row.submittedAt} /> },
          { key: "due", title: t("due"), cell: (row) => <Moment frame={frame} value={row.dueAt} /> },
          {
            key: "state",
            title: t("state"),
            cell: (row) => <StatusTag frame={frame} status={portalStatus(country, row.status)} />,
          },
        ]}
      />
    </>
  )
}
