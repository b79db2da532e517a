// One exchange: its row of the log, its records, and how they are proved.
import type { LoggedMessage } from "#exchange"
import { Alert } from "#kit/alert.tsx"
import { Button } from "#kit/button.tsx"
import { Card, Empty } from "#kit/card.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { SummaryList } from "#kit/summary-list.tsx"
import { Table } from "#kit/table.tsx"
import { Tag } from "#kit/tag.tsx"
import { Heading, Moment } from "#kit/text.tsx"
import { formats } from "#kit/words.ts"
import type { browseRecords, ProofState, SeenExchange, SeenRecord } from "#oversight"
import type { Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import { agencyName, fieldNames } from "../../register-names.ts"
import type { Desk } from "../desk.ts"
import { ExchangeLayout } from "./frame.tsx"
import { askedFor, OutcomeTag, whoAsked } from "./log-view.tsx"
import { exchangeWords, failureWords, purposeName } from "./words.ts"

const proofTones = { holds: "success", half: "info", fails: "danger", waiting: "info", none: "info" } as const satisfies Record<
  ProofState,
  string
>

export function MessageView({ desk, seen }: { desk: Desk; seen: SeenExchange }) {
  const { frame } = desk
  const t = exchangeWords(frame)
  return (
    <ExchangeLayout desk={desk} title={t("messageTitle")}>
      <p class="num">{seen.message}</p>
      {seen.logged && <Logged desk={desk} logged={seen.logged} />}
      <Heading level={2}>{t("proofHeading")}</Heading>
      <Alert tone={proofTones[seen.proof]}>{t(`proof.${seen.proof}`)}</Alert>
      {seen.records.map((record) => (
        <RecordCard key={`${record.batch} ${record.kind} ${record.is}`} frame={frame} record={record} />
      ))}
      {seen.mayExport && (
        <div>
          <PostForm action={paths.deskExchangeBundle(seen.message)} csrf={frame.csrf} class="stack tight">
            <Button icon="download" kind="secondary">
              {t("exportBundle")}
            </Button>
            <p class="small subtle">{t("exportHint")}</p>
          </PostForm>
        </div>
      )}
    </ExchangeLayout>
  )
}

function Logged({ desk, logged }: { desk: Desk; logged: LoggedMessage }) {
  const { frame, country } = desk
  const t = exchangeWords(frame)
  const { requester, provider, fields, refusal, requestDigest, answerDigest } = logged
  const [type = ""] = logged.service.split(".")
  return (
    <>
      <Heading level={2}>{t("loggedHeading")}</Heading>
      <SummaryList
        frame={frame}
        rows={[
          { label: t("when"), value: <Moment frame={frame} value={logged.at} /> },
          { label: t("from"), value: agencyName(frame, country, requester) },
          { label: t("who"), value: whoAsked(desk, logged) },
          { label: t("to"), value: agencyName(frame, country, provider) },
          { label: t("asked"), value: askedFor(desk, logged.service) },
          { label: t("purpose"), value: purposeName(frame, country, logged.purpose) },
          { label: t("ground"), value: logged.legalGround },
          { label: t("outcome"), value: <OutcomeTag frame={frame} outcome={logged.outcome} /> },
          ...(refusal === undefined ? [] : [{ label: t("refusal"), value: refusal }]),
          { label: t("fields"), value: fields.length > 0 ? fieldNames(frame, country)(type, fields) : t("noFields") },
          ...(logged.consumer === undefined ? [] : [{ label: t("named"), value: t("namedByNobody") }]),
          { label: t("ofCase"), value: t(logged.isOfCase ? "yes" : "no") },
          ...(requestDigest === undefined ? [] : [{ label: t("requestDigest"), value: requestDigest }]),
          ...(answerDigest === undefined ? [] : [{ label: t("answerDigest"), value: answerDigest }]),
        ]}
      />
    </>
  )
}

function RecordCard({ frame, record }: { frame: Frame; record: SeenRecord }) {
  const t = exchangeWords(frame)
  const facts = [
    { label: t("consumer"), value: record.consumer },
    { label: t("service"), value: record.service },
    { label: t("method"), value: record.method },
    { label: t("status"), value: record.status === undefined ? undefined : String(record.status) },
    { label: t("refusal"), value: record.error && failureWords(frame, record.error) },
    { label: t("xroadId"), value: record.id },
    { label: t("digest"), value: record.contentDigest },
    {
      label: t("contract"),
      value: record.contract && (
        <a class="ds-link" href={paths.deskExchangeContract(record.contract)}>
          {record.contract}
        </a>
      ),
    },
  ]
  return (
    <Card>
      <Heading level={3}>{t(`record.${record.kind}`, { is: t(`is.${record.is}`) })}</Heading>
      <Proof frame={frame} record={record} />
      <SummaryList frame={frame} rows={facts.flatMap(({ label, value }) => (value ? [{ label, value }] : []))} />
    </Card>
  )
}

function Proof({ frame, record }: { frame: Frame; record: SeenRecord }) {
  const t = exchangeWords(frame)
  const { dateTime } = formats(frame)
  const { failed, sealedBy, sealedAt, checkpoint, batch, witnesses, timestamps } = record
  if (failed) return <Tag tone="danger">{t("broken", { check: failed })}</Tag>
  return (
    <ul class="plain small">
      {sealedBy !== undefined && sealedAt && <li>{t("sealedBy", { who: sealedBy, at: dateTime(sealedAt) })}</li>}
      <li>{t("under", { checkpoint, batch })}</li>
      <li>
        {witnesses.length > 0 ? t("cosignedBy", { names: witnesses.map(({ name }) => name).join(", ") }) : t("notCosigned")}
      </li>
      {timestamps.map(({ by, at }) => (
        <li key={by}>{t("stampedBy", { by, at: dateTime(at) })}</li>
      ))}
    </ul>
  )
}

interface RecordsProps {
  readonly desk: Desk
  readonly page: Awaited<ReturnType<typeof browseRecords>>
  readonly filters: preact.ComponentChildren
  readonly older: string | undefined
}

export function RecordsView({ desk, page, filters, older }: RecordsProps) {
  const { frame } = desk
  const t = exchangeWords(frame)
  return (
    <ExchangeLayout desk={desk} title={t("recordsTitle")} lead={t("recordsLead")}>
      {filters}
      {page.records.length === 0 ? (
        <Empty>{t("emptyRecords")}</Empty>
      ) : (
        <Table
          frame={frame}
          caption={t("recordsTitle")}
          captionUnseen
          rows={page.records}
          rowKey={({ batch, kind, message }) => `${batch} ${kind} ${message}`}
          columns={[
            { key: "when", title: t("when"), nowrap: true, cell: ({ at }) => <Moment frame={frame} value={at} /> },
            {
              key: "kind",
              title: t("kind"),
              cell: ({ kind }) => <Tag tone={kind === "refused" ? "danger" : "neutral"}>{t(`kind.${kind}`)}</Tag>,
            },
            {
              key: "message",
              title: t("message"),
              cell: ({ message }) => (
                <a class="ds-link" href={paths.deskExchangeMessage(message)}>
                  {message}
                </a>
              ),
            },
            { key: "batch", title: t("batch"), end: true, cell: ({ batch }) => batch },
          ]}
        />
      )}
      {older && (
        <p class="small">
          <a class="ds-link" rel="next" href={older}>
            {t("older")}
          </a>
        </p>
      )}
    </ExchangeLayout>
  )
}
