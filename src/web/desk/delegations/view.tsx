// Delegations as the officials of an agency see them, and the form for a new one.
import type { Delegation, DelegationChoices } from "#identity"
import { Button } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { DeskLayout } from "#kit/desk-layout.tsx"
import { ErrorSummary } from "#kit/error-summary.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { problemWords } from "#kit/problem-words.ts"
import { Table } from "#kit/table.tsx"
import { Tag } from "#kit/tag.tsx"
import { Day, Heading, Lead } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Fields, Frame } from "#platform/http"
import type { Problem } from "#platform/problem"
import { wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import type { Desk } from "../desk.ts"
import { Choice, DayInput, type Mistake, TextInput } from "./inputs.tsx"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

interface DelegationsProps {
  readonly desk: Desk
  readonly delegations: readonly Delegation[]
  readonly choices: DelegationChoices
  readonly now: Date
  readonly typed: Fields
  readonly wrong: { readonly field: string; readonly problem: Problem } | undefined
}

const wordsIn = (frame: Pick<Frame, "lang" | "place">) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

export function DelegationsView({ desk, delegations, choices, now, typed, wrong }: DelegationsProps) {
  const { frame } = desk
  const t = wordsIn(frame)
  const mistake = wrong && { field: wrong.field, text: problemWords(frame.lang, wrong.problem).text }
  return (
    <DeskLayout
      frame={frame}
      title={t("title")}
      side={desk.side}
      post={desk.post}
      hasErrors={wrong !== undefined}
      {...(choices.grantable.length > 0 && { form: "page" })}
    >
      <ErrorSummary frame={frame} errors={mistake ? [mistake] : []} />
      <Heading>{t("title")}</Heading>
      <Lead>{t("lead")}</Lead>
      {delegations.length === 0 ? (
        <Empty>{t("none")}</Empty>
      ) : (
        <List desk={desk} delegations={delegations} choices={choices} now={now} />
      )}
      <Heading level={2}>{t("new")}</Heading>
      {choices.grantable.length === 0 ? (
        <p>{t("nothingToGive")}</p>
      ) : (
        <NewForm frame={frame} choices={choices} typed={typed} mistake={mistake} />
      )}
    </DeskLayout>
  )
}

type State = "running" | "coming" | "over" | "ended"

function stateOf(delegation: Delegation, now: Date): State {
  if (delegation.endedAt) return "ended"
  if (delegation.untilAt <= now) return "over"
  return delegation.fromAt > now ? "coming" : "running"
}

function List({ desk, delegations, choices, now }: Pick<DelegationsProps, "desk" | "delegations" | "choices" | "now">) {
  const { frame, country } = desk
  const t = wordsIn(frame)
  const nameOf = (d: Delegation) => {
    const position = country.agencies.get(d.agency)?.positions.find((p) => p.id === d.position)
    return position ? textOf(frame, position.name) : d.position
  }
  const mayEnd = (d: Delegation) => choices.grantable.some((c) => c.position === d.position)
  return (
    <Table
      frame={frame}
      caption={t("list")}
      captionUnseen
      rows={delegations}
      rowKey={(d) => d.id}
      columns={[
        { key: "position", title: t("position"), cell: nameOf },
        { key: "giver", title: t("giver"), cell: (d) => d.fromName },
        { key: "receiver", title: t("receiver"), cell: (d) => d.toName },
        { key: "from", title: t("from"), cell: (d) => <Day frame={frame} value={d.fromAt} /> },
        { key: "until", title: t("until"), cell: (d) => <Day frame={frame} value={new Date(d.untilAt.getTime() - 1)} /> },
        { key: "reason", title: t("reason"), cell: (d) => d.reason },
        { key: "state", title: t("state"), cell: (d) => <StateCell frame={frame} delegation={d} now={now} mayEnd={mayEnd(d)} /> },
      ]}
    />
  )
}

function StateCell({ frame, delegation, now, mayEnd }: { frame: Frame; delegation: Delegation; now: Date; mayEnd: boolean }) {
  const t = wordsIn(frame)
  const state = stateOf(delegation, now)
  const isAlive = state === "running" || state === "coming"
  return (
    <>
      <Tag tone={state === "running" ? "success" : "neutral"}>{t(state)}</Tag>
      {isAlive && mayEnd && (
        <PostForm action={paths.deskDelegations()} csrf={frame.csrf}>
          <Button kind="tertiary" size="sm" danger name="end" value={delegation.id}>
            {t("end")}
            <span class="unseen"> {t("endOf", { giver: delegation.fromName, receiver: delegation.toName })}</span>
          </Button>
        </PostForm>
      )}
    </>
  )
}

interface FormProps {
  readonly frame: Frame
  readonly choices: DelegationChoices
  readonly typed: Fields
  readonly mistake: Mistake | undefined
}

function NewForm({ frame, choices, typed, mistake }: FormProps) {
  const t = wordsIn(frame)
  const positions = choices.grantable.map((c) => ({
    value: `${c.position}/${c.subject}`,
    name: `${textOf(frame, c.positionName)}: ${c.name}`,
  }))
  const people = choices.receivers.map((c) => ({ value: c.subject, name: c.name }))
  const common = { typed, mistake }
  return (
    <PostForm id="page" action={paths.deskDelegations()} csrf={frame.csrf} class="stack">
      <Choice {...common} name="position" label={t("whose")} choose={t("choose")} options={positions} />
      <Choice {...common} name="to" label={t("receiver")} choose={t("choose")} options={people} />
      <DayInput {...common} frame={frame} name="from" label={t("from")} />
      <DayInput {...common} frame={frame} name="until" label={t("until")} />
      <TextInput {...common} name="reason" label={t("reason")} hint={t("reasonHint")} />
      <Button>{t("give")}</Button>
    </PostForm>
  )
}
