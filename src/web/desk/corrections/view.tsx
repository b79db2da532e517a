// Corrections before the keeper of a register: the list, and one with what the register says beside what the person says.
import { type Field, type FormContext, type Json, printedValue } from "#engines/form"
import type { Correction } from "#exchange"
import { Alert } from "#kit/alert.tsx"
import { Button } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { DeskLayout } from "#kit/desk-layout.tsx"
import { ErrorSummary } from "#kit/error-summary.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { SummaryList } from "#kit/summary-list.tsx"
import { Table } from "#kit/table.tsx"
import { Tag } from "#kit/tag.tsx"
import { Heading, Lead, Moment } from "#kit/text.tsx"
import { TextArea } from "#kit/text-area.tsx"
import { formats, textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import { agencyName, registerNames } from "../../register-names.ts"
import type { Desk } from "../desk.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

const wordsIn = (frame: Pick<Frame, "lang" | "place">) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])
const tones = { open: "warning", accepted: "success", refused: "neutral" } as const

interface CorrectionsProps {
  readonly desk: Desk
  readonly corrections: readonly Correction[]
  readonly fieldOf: (correction: Correction) => Field | undefined
  /** One was decided just now. */
  readonly isDone: boolean
}

export function CorrectionsView({ desk, corrections, fieldOf, isDone }: CorrectionsProps) {
  const { frame, country } = desk
  const t = wordsIn(frame)
  const register = registerNames(frame, country)
  return (
    <DeskLayout frame={frame} title={t("title")} side={desk.side} post={desk.post}>
      {isDone && (
        <Alert tone="success" role="status">
          <p>{t("ended")}</p>
        </Alert>
      )}
      <Heading>{t("title")}</Heading>
      <Lead>{t("lead")}</Lead>
      {corrections.length === 0 ? (
        <Empty>{t("none")}</Empty>
      ) : (
        <Table
          frame={frame}
          caption={t("list")}
          captionUnseen
          rows={corrections}
          rowKey={({ id }) => id}
          columns={[
            {
              key: "what",
              title: t("what"),
              cell: (one) => (
                <>
                  <a class="ds-link" href={paths.deskCorrection(one.id)}>
                    {textOf(frame, fieldOf(one)?.name ?? {}) || one.field}
                  </a>
                  <br />
                  <span class="subtle small">{register(one.register)}</span>
                </>
              ),
            },
            { key: "by", title: t("by"), cell: (one) => one.claimedBy },
            { key: "when", title: t("when"), cell: (one) => <Moment frame={frame} value={one.claimedAt} /> },
            { key: "state", title: t("state"), cell: (one) => <Tag tone={tones[one.state]}>{t(one.state)}</Tag> },
          ]}
        />
      )}
    </DeskLayout>
  )
}

interface CorrectionProps {
  readonly desk: Desk
  readonly correction: Correction
  readonly field: Field | undefined
  readonly context: FormContext
  /** The old system that says it, where it is one. */
  readonly system: Readonly<Record<string, string>> | undefined
  /** As typed. */
  readonly reason: string
  readonly problem?: string
}

export function CorrectionView({ desk, correction, field, context, system, reason, problem }: CorrectionProps) {
  const { frame, country } = desk
  const t = wordsIn(frame)
  const name = textOf(frame, field?.name ?? {}) || correction.field
  const value = (json: unknown) => (field ? printedValue(field, json as Json, context) : String(json ?? ""))
  return (
    <DeskLayout
      frame={frame}
      title={`${name} – ${t("title")}`}
      side={desk.side}
      post={desk.post}
      hasErrors={problem !== undefined}
      {...(!correction.decidedAt && { form: "page" })}
    >
      <div class="read stack">
        <ErrorSummary frame={frame} errors={problem ? [{ field: "reason", text: problem }] : []} />
        <div class="stack tight">
          <p class="subtle">{registerNames(frame, country)(correction.register)}</p>
          <Heading>{name}</Heading>
          <p>
            <Tag tone={tones[correction.state]}>{t(correction.state)}</Tag>
          </p>
        </div>
        <SummaryList
          frame={frame}
          rows={[
            { label: t("number"), value: <span class="num">{correction.number}</span> },
            { label: t("registered"), value: value(correction.registered) },
            { label: t("claimed"), value: <strong>{value(correction.claimed)}</strong> },
            { label: t("by"), value: correction.claimedBy },
            { label: t("through"), value: agencyName(frame, country, correction.requester) },
            { label: t("when"), value: <Moment frame={frame} value={correction.claimedAt} /> },
            ...(correction.reason ? [{ label: t("reason"), value: correction.reason }] : []),
          ]}
        />
        {correction.decidedAt ? (
          <p>{t("decided", { at: formats(frame).dateTime(correction.decidedAt), by: correction.decidedBy ?? "" })}</p>
        ) : (
          <>
            {system && (
              <Alert>
                <p>{t("inSystem", { system: textOf(frame, system) })}</p>
              </Alert>
            )}
            <DecisionForm frame={frame} id={correction.id} reason={reason} problem={problem} isOfSystem={system !== undefined} />
          </>
        )}
      </div>
    </DeskLayout>
  )
}

interface DecisionProps {
  readonly frame: Frame
  readonly id: string
  readonly reason: string
  readonly problem: string | undefined
  readonly isOfSystem: boolean
}

function DecisionForm({ frame, id, reason, problem, isOfSystem }: DecisionProps) {
  const t = wordsIn(frame)
  return (
    <PostForm id="page" action={paths.deskCorrection(id)} csrf={frame.csrf} class="stack">
      <TextArea id="reason" label={t("reason")} hint={t("reasonHint")} typed={reason} mistake={problem} />
      <div class="btns">
        <Button name="decision" value="accept">
          {t(isOfSystem ? "acceptInSystem" : "accept")}
        </Button>
        <Button kind="secondary" name="decision" value="refuse">
          {t("refuse")}
        </Button>
      </div>
    </PostForm>
  )
}
