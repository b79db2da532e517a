// What a service says of itself: its operations, its document to read and to take away.
import { Alert } from "#kit/alert.tsx"
import { ButtonLink } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { SummaryList } from "#kit/summary-list.tsx"
import { Table } from "#kit/table.tsx"
import { Heading } from "#kit/text.tsx"
import { formats } from "#kit/words.ts"
import type { SeenService, ServiceDescription } from "#oversight"
import type { Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import type { Desk } from "../desk.ts"
import { ExchangeLayout } from "./frame.tsx"
import { exchangeWords, failureWords, said } from "./words.ts"

interface DescriptionProps {
  readonly desk: Desk
  readonly service: SeenService
  readonly description: ServiceDescription
}

type Document = Extract<ServiceDescription, { kind: "document" }>

/** Characters of a document that are shown; the whole of it is downloaded. */
const SHOWN_CHARS_MAX = 60_000

export function DescriptionView({ desk, service, description }: DescriptionProps) {
  const { frame } = desk
  const t = exchangeWords(frame)
  return (
    <ExchangeLayout desk={desk} title={t("descriptionTitle")}>
      <p>
        <a class="ds-link" href={paths.deskExchangeService(service.id)}>
          {service.name}
        </a>{" "}
        <span class="subtle small">{service.id}</span>
      </p>
      {description.kind === "document" && <DocumentView frame={frame} service={service} document={description} />}
      {description.kind === "silent" && (
        <Alert tone="warning">{t("descriptionSilent", { code: failureWords(frame, description.code) })}</Alert>
      )}
      {(description.kind === "none" || description.kind === "elsewhere") && <Empty>{t(`description.${description.kind}`)}</Empty>}
    </ExchangeLayout>
  )
}

function DocumentView({ frame, service, document }: { frame: Frame; service: SeenService; document: Document }) {
  const t = exchangeWords(frame)
  const { described, text } = document
  const kb = formats(frame).number(Math.max(1, Buffer.byteLength(text) / 1_024), 0)
  return (
    <>
      <SummaryList
        frame={frame}
        rows={[
          ...(described?.title ? [{ label: t("descriptionName"), value: described.title }] : []),
          ...(described?.version ? [{ label: t("descriptionVersion"), value: described.version }] : []),
          { label: t("type"), value: said(frame, "type", service.type) },
        ]}
      />
      <p>
        <ButtonLink href={paths.deskExchangeDocument(service.id)} kind="secondary">
          {t("descriptionDownload", { kb })}
        </ButtonLink>
      </p>
      <Heading level={2}>{t("operations")}</Heading>
      {described ? <Operations frame={frame} operations={described.operations} /> : <Empty>{t("descriptionUnread")}</Empty>}
      <details class="more">
        <summary>{t("descriptionText")}</summary>
        <div class="stack tight">
          {text.length > SHOWN_CHARS_MAX && <p>{t("descriptionCut")}</p>}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <pre class="raw" tabIndex={0}>
            {text.slice(0, SHOWN_CHARS_MAX)}
          </pre>
        </div>
      </details>
    </>
  )
}

type Operations = NonNullable<Document["described"]>["operations"]

function Operations({ frame, operations }: { frame: Frame; operations: Operations }) {
  const t = exchangeWords(frame)
  if (operations.length === 0) return <Empty>{t("operationsNone")}</Empty>
  const isRest = operations.some(({ method }) => method !== undefined)
  return (
    <Table
      frame={frame}
      caption={t("operations")}
      captionUnseen
      rows={operations}
      rowKey={({ method, name }) => `${method} ${name}`}
      columns={[
        ...(isRest
          ? [{ key: "method", title: t("method"), cell: ({ method }: Operations[number]) => <code>{method}</code>, nowrap: true }]
          : []),
        { key: "name", title: t(isRest ? "path" : "operation"), cell: ({ name }) => <code>{name}</code> },
        { key: "summary", title: t("operationSummary"), cell: ({ summary }) => summary ?? "–" },
      ]}
    />
  )
}
