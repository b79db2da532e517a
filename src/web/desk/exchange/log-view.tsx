// The log of the exchange as an auditor looks through it, and the search for a person.
import type { LogFilter, LoggedMessage, LogPage } from "#exchange"
import { searchReasons } from "#exchange"
import { Button, ButtonLink } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { ErrorSummary } from "#kit/error-summary.tsx"
import { Filters } from "#kit/filters.tsx"
import { dayMistake } from "#kit/form/day-boxes.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Table } from "#kit/table.tsx"
import { Tag, type Tone } from "#kit/tag.tsx"
import { Heading, Moment } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Fields, Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import { agencyName, isLineService, registerNames } from "../../register-names.ts"
import { Choice, DayInput, type Mistake, TextInput } from "../delegations/inputs.tsx"
import type { Desk } from "../desk.ts"
import { ExchangeLayout } from "./frame.tsx"
import { exchangeWords, purposeName, said } from "./words.ts"

/** What stands in the address of a page of the log. */
export type LogQuery = Readonly<Partial<Record<"from" | "until" | "member" | "register" | "purpose" | "outcome", string>>>

interface LogProps {
  readonly desk: Desk
  readonly agency: string
  readonly page: LogPage
  readonly query: LogQuery
  readonly isPaged: boolean
  /** A message was asked for that is not there. */
  readonly isMissing: boolean
}

export function LogView({ desk, agency, page, query, isPaged, isMissing }: LogProps) {
  const { frame, country } = desk
  const t = exchangeWords(frame)
  const { messages, next } = page
  return (
    <ExchangeLayout desk={desk} title={t("logTitle")} lead={t("logLead", { agency: agencyName(frame, country, agency) })}>
      <p>
        <ButtonLink href={paths.deskExchangePerson()} kind="secondary">
          {t("searchPerson")}
        </ButtonLink>
      </p>
      <LogFilters desk={desk} agency={agency} query={query} />
      {isMissing && <Empty>{t("noMessage")}</Empty>}
      {messages.length === 0 ? (
        <Empty>{t("emptyLog")}</Empty>
      ) : (
        <Messages desk={desk} messages={messages} caption={t("logTitle")} />
      )}
      <p class="small">
        {isPaged && (
          <a class="ds-link" href={paths.deskExchangeLog(query)}>
            {t("newest")}
          </a>
        )}{" "}
        {next && (
          <a class="ds-link" rel="next" href={paths.deskExchangeLog({ ...query, before: `${next.at.getTime()}_${next.id}` })}>
            {t("older")}
          </a>
        )}
      </p>
    </ExchangeLayout>
  )
}

const OUTCOMES = ["answered", "empty", "refused", "silent"] satisfies NonNullable<LogFilter["outcome"]>[]

function LogFilters({ desk: { frame, country }, agency, query }: Pick<LogProps, "desk" | "agency" | "query">) {
  const t = exchangeWords(frame)
  const any = { value: "", label: t("any") }
  const agencies = [...country.agencies.values()]
    .filter(({ id }) => id !== agency)
    .map(({ id, name }) => ({ value: id, label: textOf(frame, name) }))
    .sort((a, b) => a.label.localeCompare(b.label, frame.lang))
  const purposes = Object.keys(country.vocabulary.purposes).map((value) => ({ value, label: purposeName(frame, country, value) }))
  const registers = [...country.registers.values()].map(({ id, name }) => ({ value: id, label: textOf(frame, name) }))
  return (
    <Filters
      frame={frame}
      action={paths.deskExchangeLog()}
      clearHref={paths.deskExchangeLog()}
      filters={[
        { name: "from", label: t("fromDay"), value: query.from ?? "", type: "date", mistake: dayMistake(frame, query.from) },
        { name: "until", label: t("untilDay"), value: query.until ?? "", type: "date", mistake: dayMistake(frame, query.until) },
        { name: "member", label: t("otherParty"), value: query.member ?? "", options: [any, ...agencies] },
        { name: "register", label: t("register"), value: query.register ?? "", options: [any, ...registers] },
        { name: "purpose", label: t("purpose"), value: query.purpose ?? "", options: [any, ...purposes] },
        {
          ...{ name: "outcome", label: t("outcome"), value: query.outcome ?? "" },
          options: [any, ...OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))],
        },
        { name: "message", label: t("messageOrId"), value: "" },
      ]}
    />
  )
}

const tones: Readonly<Record<string, Tone>> = { answered: "success", empty: "neutral", refused: "danger", silent: "warning" }

export const OutcomeTag = ({ frame, outcome }: { frame: Frame; outcome: string }) => (
  <Tag tone={tones[outcome] ?? "neutral"}>{said(frame, "outcome", outcome)}</Tag>
)

/** `population/person.read` in words; a service of the line by its id. */
export function askedFor({ frame, country }: Desk, service: string): string {
  if (isLineService(service)) return service
  const [type = "", deed = ""] = service.split(".", 2)
  return `${registerNames(frame, country)(type)}: ${said(frame, "deed", deed)}`
}

/** Who asked, in words; a citizen is not named. */
export function whoAsked({ frame }: Desk, { byKind, by = "" }: LoggedMessage): string {
  const t = exchangeWords(frame)
  if (byKind === "person") return t("citizen")
  return byKind === "system" ? t("systemOf") : by
}

function Messages({ desk, messages, caption }: { desk: Desk; messages: readonly LoggedMessage[]; caption: string }) {
  const { frame, country } = desk
  const t = exchangeWords(frame)
  const name = (id: string) => agencyName(frame, country, id)
  return (
    <Table
      frame={frame}
      caption={caption}
      captionUnseen
      rows={messages}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "when",
          title: t("when"),
          nowrap: true,
          cell: ({ id, at }) => (
            <a class="ds-link" href={paths.deskExchangeMessage(id)}>
              <Moment frame={frame} value={at} />
            </a>
          ),
        },
        { key: "from", title: t("from"), cell: ({ requester }) => name(requester) },
        { key: "who", title: t("who"), cell: (message) => whoAsked(desk, message) },
        { key: "to", title: t("to"), cell: ({ provider }) => name(provider) },
        { key: "asked", title: t("asked"), cell: ({ service }) => askedFor(desk, service) },
        { key: "purpose", title: t("purpose"), cell: ({ purpose }) => purposeName(frame, country, purpose) },
        { key: "outcome", title: t("outcome"), cell: ({ outcome }) => <OutcomeTag frame={frame} outcome={outcome} /> },
      ]}
    />
  )
}

interface PersonProps {
  readonly desk: Desk
  readonly typed: Fields
  readonly mistake?: Mistake | undefined
  readonly found?: readonly LoggedMessage[] | undefined
}

export function PersonView({ desk, typed, mistake, found }: PersonProps) {
  const { frame } = desk
  const t = exchangeWords(frame)
  const reasons = searchReasons.map((code) => ({ value: code, name: t(`reason.${code}`) }))
  const of = { typed, mistake }
  return (
    <ExchangeLayout
      desk={desk}
      title={t("personTitle")}
      lead={t("personLead")}
      hasErrors={mistake !== undefined}
      hasForm
      first={mistake && <ErrorSummary frame={frame} errors={[mistake]} />}
    >
      <PostForm id="page" action={paths.deskExchangePerson()} csrf={frame.csrf} class="stack">
        <TextInput name="number" label={t("number")} {...of} />
        <Choice name="reason" label={t("reason")} options={reasons} choose={t("tryChoose")} {...of} />
        <TextInput name="reference" label={t("reference")} hint={t("referenceHint")} {...of} />
        <DayInput frame={frame} name="from" label={t("fromDay")} hint={t("fromDayHint")} {...of} />
        <DayInput frame={frame} name="until" label={t("untilDay")} {...of} />
        <Button icon="search">{t("search")}</Button>
      </PostForm>
      {found && (
        <section class="stack">
          <Heading level={2}>{t("personFound", { count: found.length })}</Heading>
          {found.length === 0 ? (
            <Empty>{t("personNone")}</Empty>
          ) : (
            <Messages desk={desk} messages={found} caption={t("personTitle")} />
          )}
        </section>
      )}
    </ExchangeLayout>
  )
}
