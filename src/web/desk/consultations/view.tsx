// Questions from cases of other agencies: the list, and one with what it shows of the case and the form of the answer.
import type { Consultation, OpenConsultation } from "#cases"
import { type FormContext, printedValue } from "#engines/form"
import { Alert } from "#kit/alert.tsx"
import { Button } from "#kit/button.tsx"
import { Card, Empty } from "#kit/card.tsx"
import { outcomeText } from "#kit/case/decisions.tsx"
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
import { agencyName } from "../../register-names.ts"
import type { Desk } from "../desk.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

const wordsIn = (frame: Pick<Frame, "lang" | "place">) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

interface ListProps {
  readonly desk: Desk
  readonly consultations: readonly Consultation[]
  readonly now: Date
  /** One was answered just now. */
  readonly isDone: boolean
}

export function ConsultationsView({ desk, consultations, now, isDone }: ListProps) {
  const { frame, country } = desk
  const t = wordsIn(frame)
  const service = (code: string) => {
    const found = country.services.get(code)?.definition
    return found ? textOf(frame, found.shortName ?? found.name) : code
  }
  return (
    <DeskLayout frame={frame} title={t("title")} side={desk.side} post={desk.post}>
      {isDone && (
        <Alert tone="success" role="status">
          <p>{t("done")}</p>
        </Alert>
      )}
      <Heading>{t("title")}</Heading>
      <Lead>{t("lead")}</Lead>
      {consultations.length === 0 ? (
        <Empty>{t("none")}</Empty>
      ) : (
        <Table
          frame={frame}
          caption={t("title")}
          captionUnseen
          rows={consultations}
          rowKey={({ id }) => id}
          columns={[
            {
              key: "case",
              title: t("case"),
              cell: ({ id, code }) => (
                <a class="ds-link num" href={paths.deskConsultation(id)}>
                  {code}
                </a>
              ),
            },
            { key: "service", title: t("service"), cell: (one) => service(one.service) },
            { key: "from", title: t("from"), cell: ({ agency }) => agencyName(frame, country, agency) },
            { key: "asked", title: t("asked"), cell: ({ askedAt }) => <Moment frame={frame} value={askedAt} /> },
            {
              key: "due",
              title: t("due"),
              cell: ({ dueAt }) => (
                <>
                  <Moment frame={frame} value={dueAt} /> {dueAt < now && <Tag tone="danger">{t("late")}</Tag>}
                </>
              ),
            },
          ]}
        />
      )}
    </DeskLayout>
  )
}

interface OneProps {
  readonly desk: Desk
  readonly open: OpenConsultation
  readonly context: FormContext
  readonly now: Date
  /** As typed. */
  readonly answer: string
  readonly problem?: string
  /** An answer has its finding: that is the problem. */
  readonly isFindingMissing?: boolean
}

export function ConsultationView(given: OneProps) {
  const problem = given.isFindingMissing ? wordsIn(given.desk.frame)("findingMissing") : given.problem
  const props = { ...given, ...(problem !== undefined && { problem }) }
  const { desk, open, context, now } = props
  const { frame, country } = desk
  const { consultation, service, step } = open
  const t = wordsIn(frame)
  const rows = (step.consult?.shows ?? []).flatMap((path) => {
    const [field, answer] = [service.form.fields.get(path), consultation.shown[path]]
    return field && answer ? [{ label: textOf(frame, field.name), value: printedValue(field, answer.value, context) }] : []
  })
  const isOpen = consultation.state === "open"
  return (
    <DeskLayout
      frame={frame}
      title={`${consultation.code} – ${t("title")}`}
      side={desk.side}
      post={desk.post}
      hasErrors={problem !== undefined}
      {...(isOpen && { form: "page" })}
    >
      <div class="read stack">
        <ErrorSummary frame={frame} errors={problem ? [{ field: "answer", text: problem }] : []} />
        <div class="stack tight">
          <p class="subtle num">{consultation.code}</p>
          <Heading>{step.consult && textOf(frame, step.consult.question)}</Heading>
          <p>
            {t("askedBy", {
              agency: agencyName(frame, country, consultation.agency),
              at: formats(frame).dateTime(consultation.askedAt),
              service: textOf(frame, service.definition.shortName ?? service.definition.name),
            })}
          </p>
          <p>
            {t("answerUntil", { until: formats(frame).dateTime(consultation.dueAt) })}{" "}
            {isOpen && consultation.dueAt < now && <Tag tone="danger">{t("late")}</Tag>}
          </p>
        </div>
        <SummaryList frame={frame} rows={rows} />
        <p class="subtle small">{t("seen")}</p>
        {isOpen ? <AnswerForm {...props} /> : <Alert>{t(consultation.state === "answered" ? "answered" : "closed")}</Alert>}
      </div>
    </DeskLayout>
  )
}

function AnswerForm({ desk: { frame }, open, answer, problem }: OneProps) {
  const t = wordsIn(frame)
  return (
    <Card>
      <Heading level={2}>{t("answer")}</Heading>
      <PostForm id="page" action={paths.deskConsultation(open.consultation.id)} csrf={frame.csrf} class="stack">
        <TextArea id="answer" label={t("finding")} hint={t("findingHint")} typed={answer} mistake={problem} />
        <div class="btns">
          {open.outcomes.map((outcome) => (
            <Button key={outcome} name="outcome" value={outcome} kind="secondary">
              {outcomeText(frame, open, outcome)}
            </Button>
          ))}
        </div>
      </PostForm>
    </Card>
  )
}
