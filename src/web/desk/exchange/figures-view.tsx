// Operational figures by service: how much, how fast, how well.
import { Empty } from "#kit/card.tsx"
import { Table } from "#kit/table.tsx"
import { formats } from "#kit/words.ts"
import type { readServiceFigures, ServiceFigures, Span } from "#oversight"
import type { Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import type { Desk } from "../desk.ts"
import { ExchangeLayout, Named, Spans } from "./frame.tsx"
import { Failures } from "./map-view.tsx"
import { exchangeWords } from "./words.ts"

interface FiguresProps {
  readonly desk: Desk
  readonly span: Span
  readonly seen: Awaited<ReturnType<typeof readServiceFigures>>
}

export function FiguresView({ desk, span, seen }: FiguresProps) {
  const { frame } = desk
  const t = exchangeWords(frame)
  const { time } = formats(frame)
  return (
    <ExchangeLayout desk={desk} title={t("figuresTitle")} lead={t("figuresLead")}>
      <Spans frame={frame} span={span} href={paths.deskExchangeFigures} />
      <p class="small">{t("sinceUntil", { from: time(seen.from), until: time(seen.until) })}</p>
      {seen.services.length === 0 ? <Empty>{t("figuresNone")}</Empty> : <FiguresTable frame={frame} seen={seen} />}
    </ExchangeLayout>
  )
}

function FiguresTable({ frame, seen }: { frame: Frame; seen: FiguresProps["seen"] }) {
  const t = exchangeWords(frame)
  const { number } = formats(frame)
  const kb = (bytes: number) => number(bytes / 1_024, 1)
  const latency = (key: "p50" | "p95" | "p99") => ({
    ...{ key, title: t(key), end: true, nowrap: true },
    cell: (row: ServiceFigures) => {
      const ms = row[key]
      return ms === undefined ? t("beyond") : t("ms", { ms: number(ms, ms < 10 ? 1 : 0) })
    },
  })
  return (
    <Table
      frame={frame}
      caption={t("figuresTitle")}
      captionUnseen
      rows={seen.services}
      rowKey={({ side, service }) => `${side} ${service}`}
      columns={[
        {
          key: "service",
          title: t("service"),
          cell: (row) => <Named name={seen.names.get(row.service) ?? row.service} id={row.service} />,
        },
        {
          key: "side",
          title: t("side"),
          cell: ({ side, consumers }) => (
            <>
              {t(`side.${side}`)}
              {side === "provider" && <div class="subtle small">{t("consumers", { count: consumers.length })}</div>}
            </>
          ),
        },
        { key: "count", title: t("count"), end: true, cell: ({ count }) => number(count) },
        latency("p50"),
        latency("p95"),
        latency("p99"),
        {
          key: "bytes",
          title: t("bytes"),
          end: true,
          cell: ({ requestBytes, responseBytes }) => t("kb", { kb: `${kb(requestBytes)} / ${kb(responseBytes)}` }),
        },
        { key: "failed", title: t("failed"), cell: ({ codes }) => <Failures frame={frame} codes={codes} /> },
      ]}
    />
  )
}
