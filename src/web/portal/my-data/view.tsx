// Who has looked at my data: every read of one day, from the exchange and at the desks, with its reason.
import type { Reading } from "#cases"
import type { MyConsent } from "#consents"
import { type Country, findPosition } from "#country"
import { type Field, type FormContext, type Json, printedValue } from "#engines/form"
import type { Correction, Lookup } from "#exchange"
import { Alert } from "#kit/alert.tsx"
import { Button } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { DayFilter } from "#kit/filters.tsx"
import { dayMistake } from "#kit/form/day-boxes.tsx"
import { Layout } from "#kit/layout.tsx"
import { Table } from "#kit/table.tsx"
import { Tag } from "#kit/tag.tsx"
import { Heading, Lead } from "#kit/text.tsx"
import { formats, textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import { agencyName, fieldNames, isLineService, registerNames, sourceNames } from "../../register-names.ts"
import { MyConsents } from "../consents/my-consents.tsx"
import type { PartyNames } from "../consents/party-names.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

interface MyDataProps {
  readonly frame: Frame
  readonly country: Country
  /** `2026-03-09` */
  readonly day: string
  /** The day as it was typed, `2026-02-31`. */
  readonly asked: string
  readonly lookups: readonly Lookup[]
  readonly readings: readonly Reading[]
  readonly corrections: readonly ShownCorrection[]
  readonly consents: readonly MyConsent[]
  readonly names: PartyNames
  readonly context: FormContext
  /** A message was asked for that is not among the day's lookups of this person. */
  readonly isElsewhere: boolean
}

interface ShownCorrection extends Correction {
  /** The field that it is about; undefined when no register declares it any more. */
  readonly of: Field | undefined
}

type Look = { readonly key: string; readonly at: Date } & (
  | { readonly kind: "lookup"; readonly lookup: Lookup }
  | { readonly kind: "reading"; readonly reading: Reading; readonly times: number }
)

/** Within this time the same official opening the same case again is one line, with the number of times. */
const VISIT_MAX_MS = 30 * 60_000

/** Readings, newest first, with those of one visit taken together. */
function visitsOf(readings: readonly Reading[]): { at: Date; reading: Reading; times: number }[] {
  const visits: { at: Date; reading: Reading; times: number }[] = []
  for (const reading of [...readings].sort((a, b) => b.at.getTime() - a.at.getTime())) {
    const visit = visits.find(
      (v) =>
        v.reading.reader === reading.reader &&
        v.reading.caseId === reading.caseId &&
        v.at.getTime() - reading.at.getTime() < VISIT_MAX_MS,
    )
    if (visit) visit.times++
    else visits.push({ at: reading.at, reading, times: 1 })
  }
  return visits
}

const dataWords = (frame: Pick<Frame, "lang" | "place">) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

export function MyDataView(props: MyDataProps) {
  const { frame, country, day, asked, lookups, readings, corrections, isElsewhere } = props
  const t = dataWords(frame)
  const mistake = dayMistake(frame, asked)
  const looks: Look[] = [
    ...lookups.map((lookup): Look => ({ key: lookup.message, at: lookup.at, kind: "lookup", lookup })),
    ...visitsOf(readings).map(
      (visit): Look => ({ key: `${visit.reading.caseId}-${visit.at.getTime()}`, kind: "reading", ...visit }),
    ),
  ].sort((a, b) => b.at.getTime() - a.at.getTime())
  return (
    <Layout frame={frame} title={t("title")} section="data">
      <Heading>{t("title")}</Heading>
      <Lead>{t("lead")}</Lead>
      <form class="filters" action={paths.myData()} method="get">
        <DayFilter frame={frame} filter={{ name: "day", label: t("day"), value: asked, mistake }} />
        <Button kind="secondary">{t("show")}</Button>
      </form>
      {isElsewhere && (
        <Alert>
          <p>{t("notYours")}</p>
        </Alert>
      )}
      {!mistake && looks.length === 0 && <Empty>{t("empty")}</Empty>}
      {!mistake && looks.length > 0 && <Looks frame={frame} country={country} day={day} looks={looks} />}
      <MyConsents {...props} />
      {corrections.length > 0 && <Corrections {...props} />}
    </Layout>
  )
}

const tones = { open: "warning", accepted: "success", refused: "neutral" } as const

/** What the person has said to be wrong, and what the keepers of the registers have decided. */
function Corrections({ frame, country, corrections, context }: MyDataProps) {
  const t = dataWords(frame)
  const value = (field: Field | undefined, json: unknown) => (field ? printedValue(field, json as Json, context) : "")
  return (
    <section id="corrections" class="stack">
      <Heading level={2}>{t("corrections")}</Heading>
      <Table
        frame={frame}
        caption={t("corrections")}
        captionUnseen
        rows={corrections}
        rowKey={({ id }) => id}
        columns={[
          {
            key: "what",
            title: t("value"),
            cell: ({ of, field, register }) => (
              <>
                {textOf(frame, of?.name ?? {}) || field}
                <br />
                <span class="subtle small">{sourceNames(frame, country)(register)}</span>
              </>
            ),
          },
          { key: "registered", title: t("registered"), cell: ({ of, registered }) => value(of, registered) },
          { key: "claimed", title: t("claimed"), cell: ({ of, claimed }) => value(of, claimed) },
          {
            key: "state",
            title: t("state"),
            cell: ({ state, reason, decidedAt, claimedAt }) => (
              <>
                <Tag tone={tones[state]}>{t(`state_${state}`)}</Tag>
                <br />
                <span class="subtle small">{formats(frame).dateTime(decidedAt ?? claimedAt)}</span>
                {reason && <p>{reason}</p>}
              </>
            ),
          },
        ]}
      />
    </section>
  )
}

function Looks({ frame, country, day, looks }: { frame: Frame; country: Country; day: string; looks: readonly Look[] }) {
  const t = dataWords(frame)
  const { time } = formats(frame)
  return (
    <Table
      frame={frame}
      caption={t("caption", { day: formats(frame).dayLong(day) })}
      rows={looks}
      rowKey={(look) => look.key}
      columns={[
        { key: "when", title: t("when"), cell: (look) => <time dateTime={look.at.toISOString()}>{time(look.at)}</time> },
        { key: "who", title: t("who"), cell: (look) => whoLooked(frame, country, look) },
        { key: "what", title: t("what"), cell: (look) => whatWasSeen(frame, country, look) },
        { key: "why", title: t("why"), cell: (look) => whatFor(frame, country, look) },
      ]}
    />
  )
}

function whoLooked(frame: Frame, country: Country, look: Look) {
  const t = dataWords(frame)
  if (look.kind === "reading") return official(frame, country, look.reading.agency, look.reading.reader, look.reading.position)
  const { lookup } = look
  const on = agencyName(frame, country, lookup.requester)
  if (lookup.byKind === "official") return official(frame, country, lookup.requester, lookup.by, lookup.position ?? "")
  return (
    <>
      {lookup.byKind === "person" ? t("you") : t("system")}
      <br />
      <span class="subtle small">{t("onBehalf", { agency: on })}</span>
    </>
  )
}

function official(frame: Frame, country: Country, agency: string, name: string, position: string) {
  const held = findPosition(country, `${agency}/${position}`)?.position
  return (
    <>
      {name}
      <br />
      <span class="subtle small">
        {[held && textOf(frame, held.name), agencyName(frame, country, agency)].filter(Boolean).join(", ")}
      </span>
    </>
  )
}

function whatWasSeen(frame: Frame, country: Country, look: Look) {
  const t = dataWords(frame)
  if (look.kind === "reading") return t("openedCase", { code: look.reading.code, count: look.times })
  const { service, provider } = look.lookup
  if (isLineService(service))
    return seenBySystem(frame, country, look.lookup, t("otherService", { agency: agencyName(frame, country, provider) }))
  const [type = "", deed] = service.split(".")
  const register = registerNames(frame, country)(type)
  return (
    <>
      {deed === "write" ? t("written", { register }) : deed === "correct" ? t("saidWrong", { register }) : register}
      <br />
      <span class="subtle small">{fieldsSeen(frame, country, look.lookup, type)}</span>
    </>
  )
}

/** What a system has asked over the line; which data the service tells, its contract says. */
function seenBySystem(frame: Frame, country: Country, lookup: Lookup, name: string) {
  return (
    <>
      {name}
      <br />
      <span class="subtle small">
        {lookup.outcome === "answered" ? lookup.service : fieldsSeen(frame, country, lookup, lookup.service)}
      </span>
    </>
  )
}

function fieldsSeen(frame: Frame, country: Country, { outcome, fields }: Lookup, type: string) {
  const t = dataWords(frame)
  if (outcome === "refused") return <Tag tone="danger">{t("refused")}</Tag>
  if (outcome === "silent") return t("silent_answer")
  if (outcome !== "answered") return t("empty_answer")
  return t("fields", { count: fields.length, names: fieldNames(frame, country)(type, fields) })
}

function whatFor(frame: Frame, country: Country, look: Look) {
  const t = dataWords(frame)
  if (look.kind === "reading") {
    const service = country.services.get(look.reading.service)?.definition
    return t("handled", { service: service ? textOf(frame, service.shortName ?? service.name) : look.reading.service })
  }
  const { purpose, legalGround, message, delayed, consent } = look.lookup
  const words = country.vocabulary.purposes[purpose]?.name
  return (
    <>
      {words ? textOf(frame, words) : purpose}
      <br />
      <span class="subtle small">{t("ground", { ground: legalGround })}</span>
      <br />
      <span class="subtle small" id={message}>
        {t("message", { message })}
      </span>
      {consent && (
        <>
          <br />
          <a class="ds-link small" href={paths.myConsent(consent)}>
            {t("consent")}
          </a>
        </>
      )}
      {delayed && (
        <>
          <br />
          <span class="subtle small">{t("delayed", { day: formats(frame).day(delayed.until), ground: delayed.ground })}</span>
        </>
      )}
    </>
  )
}
