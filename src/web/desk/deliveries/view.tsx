// Deliveries without a receipt, in plain words: what, to whom, since when, why it stopped.
import type { Country } from "#country"
import type { Parcel } from "#exchange"
import { Alert } from "#kit/alert.tsx"
import { Button } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { DeskLayout } from "#kit/desk-layout.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Table } from "#kit/table.tsx"
import { Tag } from "#kit/tag.tsx"
import { Heading, Lead, Moment } from "#kit/text.tsx"
import { formats } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import { agencyName, registerNames } from "../../register-names.ts"
import type { Desk } from "../desk.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

const wordsIn = (frame: Pick<Frame, "lang" | "place">) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

interface DeliveriesProps {
  readonly desk: Desk
  readonly parcels: readonly Parcel[]
  readonly isRetried: boolean
}

export function DeliveriesView({ desk, parcels, isRetried }: DeliveriesProps) {
  const { frame, country } = desk
  const t = wordsIn(frame)
  return (
    <DeskLayout frame={frame} title={t("title")} side={desk.side} post={desk.post}>
      {isRetried && (
        <Alert tone="success" role="status">
          <p>{t("retried")}</p>
        </Alert>
      )}
      <Heading>{t("title")}</Heading>
      <Lead>{t("lead")}</Lead>
      {parcels.length === 0 ? (
        <Empty>{t("none")}</Empty>
      ) : (
        <Table
          frame={frame}
          caption={t("list")}
          captionUnseen
          rows={parcels}
          rowKey={({ id }) => id}
          columns={[
            { key: "what", title: t("what"), cell: (parcel) => <What frame={frame} country={country} parcel={parcel} /> },
            { key: "to", title: t("to"), cell: ({ recipient }) => agencyName(frame, country, recipient) },
            { key: "since", title: t("since"), cell: ({ putAt }) => <Moment frame={frame} value={putAt} /> },
            { key: "state", title: t("state"), cell: (parcel) => <State frame={frame} country={country} parcel={parcel} /> },
          ]}
        />
      )}
    </DeskLayout>
  )
}

interface ParcelProps {
  readonly frame: Frame
  readonly country: Country
  readonly parcel: Parcel
}

function whatOf({ frame, country, parcel: { kind, service } }: ParcelProps): string {
  const register = registerNames(frame, country)(service.split(".")[0]!)
  return wordsIn(frame)(kind === "correction" ? "kind.correction" : "kind.write", { register })
}

function What(props: ParcelProps) {
  const { frame, parcel } = props
  return (
    <>
      {whatOf(props)}
      {parcel.caseId && (
        <>
          <br />
          <a class="ds-link" href={paths.deskCase(parcel.caseId)}>
            {wordsIn(frame)("case")}
          </a>
        </>
      )}
    </>
  )
}

/** Why a delivery stopped, in plain words. */
export function faultText(frame: Pick<Frame, "lang" | "place">, fault: string | null): string {
  const t = wordsIn(frame)
  const key = `fault.${fault ?? "silent"}`
  return Object.hasOwn(vi, key) ? t(key as "fault.silent") : t("fault.other", { code: fault ?? "" })
}

function State(props: ParcelProps) {
  const { frame, country, parcel } = props
  const t = wordsIn(frame)
  if (parcel.state !== "stuck")
    return (
      <>
        <Tag>{t("waiting")}</Tag>
        <br />
        <span class="subtle small">{t("waitingText", { count: parcel.tries, at: formats(frame).time(parcel.nextAt) })}</span>
      </>
    )
  return (
    <>
      <Tag tone="danger">{t("stuck")}</Tag>
      <p>{faultText(frame, parcel.fault)}</p>
      <PostForm action={paths.deskDeliveries()} csrf={frame.csrf}>
        <Button kind="secondary" size="sm" name="again" value={parcel.id}>
          {t("again")}
          <span class="unseen">
            : {t("againWhat", { what: whatOf(props), to: agencyName(frame, country, parcel.recipient) })}
          </span>
        </Button>
      </PostForm>
    </>
  )
}
