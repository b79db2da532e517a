// Who talks to whom: the map, and the same numbers as a table.
import { Empty } from "#kit/card.tsx"
import { Table } from "#kit/table.tsx"
import { Tag } from "#kit/tag.tsx"
import { formats } from "#kit/words.ts"
import type { readTalks, Span, Talk } from "#oversight"
import type { Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import type { Desk } from "../desk.ts"
import { ExchangeLayout, Spans } from "./frame.tsx"
import { rateOf, TalkMap } from "./map-drawing.tsx"
import { exchangeWords, failureWords } from "./words.ts"

interface MapViewProps {
  readonly desk: Desk
  readonly span: Span
  readonly seen: Awaited<ReturnType<typeof readTalks>>
  readonly isLive: boolean
}

export function MapView({ desk, span, seen, isLive }: MapViewProps) {
  const { frame } = desk
  const t = exchangeWords(frame)
  const { time } = formats(frame)
  const nameOf = (site: string) => seen.names.get(site) ?? t("unknownSite")
  return (
    <ExchangeLayout desk={desk} title={t("mapTitle")} lead={t("mapLead", { own: nameOf(seen.own) })}>
      <Spans frame={frame} span={span} href={(one) => paths.deskExchange(one, isLive)} />
      <p class="small">
        {t("sinceUntil", { from: time(seen.from), until: time(seen.until) })} {isLive && <Tag tone="info">{t("liveOn")}</Tag>}{" "}
        <a class="ds-link" href={paths.deskExchange(span, !isLive)}>
          {t(isLive ? "liveOff" : "live")}
        </a>
      </p>
      {seen.talks.length === 0 ? (
        <Empty>{t("noTalks")}</Empty>
      ) : (
        <>
          <TalkMap frame={frame} talks={seen.talks} own={seen.own} nameOf={nameOf} />
          <TalkTable frame={frame} talks={seen.talks} own={seen.own} nameOf={nameOf} />
        </>
      )}
    </ExchangeLayout>
  )
}

interface TalkTableProps {
  readonly frame: Frame
  readonly talks: readonly Talk[]
  readonly own: string
  readonly nameOf: (site: string) => string
}

function TalkTable({ frame, talks, own, nameOf }: TalkTableProps) {
  const t = exchangeWords(frame)
  const { number } = formats(frame)
  const name = (site: string) => (site === own ? t("ownSite", { name: nameOf(site) }) : nameOf(site))
  return (
    <div id="talks-table">
      <Table
        frame={frame}
        caption={t("talksTable")}
        rows={talks}
        rowKey={({ from, to }) => `${from} ${to}`}
        columns={[
          { key: "from", title: t("from"), cell: ({ from }) => name(from) },
          { key: "to", title: t("to"), cell: ({ to }) => name(to) },
          { key: "count", title: t("count"), end: true, cell: ({ count }) => number(count) },
          { key: "rate", title: t("rate"), end: true, cell: ({ perMinute }) => rateOf(frame, perMinute) },
          { key: "failed", title: t("failed"), cell: ({ codes }) => <Failures frame={frame} codes={codes} /> },
        ]}
      />
    </div>
  )
}

/** Failures by their codes, in words. */
export function Failures({ frame, codes }: { frame: Frame; codes: Talk["codes"] }) {
  const { number } = formats(frame)
  if (codes.length === 0) return <span class="subtle">{exchangeWords(frame)("noFailure")}</span>
  return (
    <ul class="plain">
      {codes.map(([code, count]) => (
        <li key={code}>
          <Tag tone="danger">{number(count)}</Tag> {failureWords(frame, code)}
        </li>
      ))}
    </ul>
  )
}
