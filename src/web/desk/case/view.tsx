// A case at the desk: what was asked, with where each answer comes from; its papers; its history; and what is to be done.
import { type CaseCourse, type CaseFile, describeDecisions, feeDue } from "#cases"
import type { ListedDocument, UploadReceipt } from "#documents"
import type { Due } from "#engines/calendar"
import { type FormContext, printable } from "#engines/form"
import type { Parcel } from "#exchange"
import { Alert } from "#kit/alert.tsx"
import { Card } from "#kit/card.tsx"
import { Consultations } from "#kit/case/consultations.tsx"
import { ProcessDrawing, Steps } from "#kit/case/course.tsx"
import { Decisions } from "#kit/case/decisions.tsx"
import { WhyDue } from "#kit/case/due.tsx"
import { History } from "#kit/case/history.tsx"
import { caseWords } from "#kit/case/words.ts"
import { DeskLayout } from "#kit/desk-layout.tsx"
import { ErrorSummary } from "#kit/error-summary.tsx"
import { CheckAnswers } from "#kit/form/check-answers.tsx"
import { Facts } from "#kit/summary-list.tsx"
import { StatusTag, Tag } from "#kit/tag.tsx"
import { Heading, Moment } from "#kit/text.tsx"
import { formats, textOf } from "#kit/words.ts"
import { paths } from "../../paths.ts"
import { portalStatus } from "../../portal-status.ts"
import { agencyName, sourceNames } from "../../register-names.ts"
import { faultText } from "../deliveries/view.tsx"
import { type Desk, deskWords } from "../desk.ts"
import type { StepMistake } from "./mistake.tsx"
import { RecordPayment } from "./record-payment.tsx"
import { TaskPanel, type TaskState } from "./task-panel.tsx"

export interface CaseViewProps {
  readonly desk: Desk
  readonly file: CaseFile
  readonly context: FormContext
  readonly due: Due
  readonly course: CaseCourse
  readonly papers: readonly ListedDocument[]
  readonly uploads: readonly UploadReceipt[]
  /** What the case has for other agencies and has no receipt for. */
  readonly parcels: readonly Parcel[]
  readonly task: TaskState
  readonly now: Date
  /** The fee may be recorded: with what was typed, and what was wrong with it. */
  readonly payment?: { readonly reference: string; readonly mistake: StepMistake | undefined } | undefined
  /** What went wrong with the last deed, in words; what was typed stands in the form again. */
  readonly problem?: string
}

export function CaseView(props: CaseViewProps) {
  const { desk, file, context, due, course, task, problem } = props
  const { frame, country } = desk
  const { dossier, service } = file
  const t = deskWords(frame)
  const name = textOf(frame, service.definition.shortName ?? service.definition.name)
  return (
    <DeskLayout
      frame={frame}
      title={`${dossier.code} · ${name}`}
      side={desk.side}
      post={desk.post}
      hasErrors={problem !== undefined}
      {...((task.isMine || props.payment) && { form: "page" })}
    >
      <div class="stack tight">
        <p class="subtle num">{dossier.code}</p>
        <Heading>{name}</Heading>
        <StatusTag frame={frame} status={portalStatus(country, dossier.status)} />
      </div>
      {task.mistake && <ErrorSummary frame={frame} errors={[task.mistake]} />}
      {problem && !task.mistake && (
        <Alert tone="danger" role="alert">
          <p>{problem}</p>
        </Alert>
      )}
      <Deliveries {...props} />
      <div class="cols">
        <div class="stack">
          <TaskPanel desk={desk} file={file} context={context} state={task} />
          {props.payment && <RecordPayment desk={desk} file={file} isAlone={!task.isMine} {...props.payment} />}
          <Decisions
            frame={frame}
            file={file}
            context={context}
            decisions={describeDecisions(file)}
            registerName={sourceNames(frame, country)}
            atDesk
          />
          <Consultations frame={frame} file={file} agencyName={(id) => agencyName(frame, country, id)} now={props.now} atDesk />
          <CheckAnswers
            drawing={{ frame, context, registerName: sourceNames(frame, country) }}
            pages={printable(service.form, dossier.values, frame.lang, context)}
          />
        </div>
        <aside class="stack">
          <CaseFacts {...props} />
          <WhyDue frame={frame} due={due} />
          <Card>
            <Heading level={2}>{caseWords(frame)("steps")}</Heading>
            <Steps frame={frame} service={service} course={course} atDesk />
          </Card>
          <Papers {...props} />
          <Supplements {...props} />
          <Card>
            <Heading level={2}>{t("history")}</Heading>
            <History frame={frame} events={file.timeline} />
          </Card>
        </aside>
      </div>
      <details class="more">
        <summary>{caseWords(frame)("diagram")}</summary>
        <ProcessDrawing frame={frame} service={service} course={course} atDesk />
      </details>
    </DeskLayout>
  )
}

/** What holds the case up at another agency. */
function Deliveries({ desk: { frame, country }, parcels }: CaseViewProps) {
  const t = deskWords(frame)
  return (
    <>
      {parcels.map(({ id, state, recipient, putAt, fault }) => {
        const isStuck = state === "stuck"
        const agency = agencyName(frame, country, recipient)
        const at = formats(frame).dateTime(putAt)
        return (
          <Alert key={id} tone={isStuck ? "danger" : "info"} title={t(isStuck ? "deliveryStuck" : "deliveryWaiting", { agency })}>
            <p>{isStuck ? faultText(frame, fault) : t("deliveryWaitingText", { at })}</p>
            <p>
              <a class="ds-link" href={paths.deskDeliveries()}>
                {t("deliveryOpen")}
              </a>
            </p>
          </Alert>
        )
      })}
    </>
  )
}

function CaseFacts({ desk: { frame }, file, now }: CaseViewProps) {
  const t = deskWords(frame)
  const open = file.tasks.find((task) => task.doneAt === null)
  const isLate = file.dossier.closedAt === null && file.dossier.dueAt < now
  return (
    <Facts
      rows={[
        { label: t("applicant"), value: file.dossier.applicant },
        { label: t("submitted"), value: <Moment frame={frame} value={file.dossier.submittedAt} /> },
        {
          label: t("due"),
          value: <Moment frame={frame} value={file.dossier.dueAt} />,
          more: isLate && <Tag tone="danger">{t("late")}</Tag>,
        },
        ...(file.dossier.moneyState === "due"
          ? [{ label: t("feeDue"), value: formats(frame).money(feeDue(file.service.definition) ?? 0) }]
          : []),
        ...receiptRow(frame, file),
        { label: t("holder"), value: open?.claimedName ?? t("nobody") },
      ]}
    />
  )
}

/** The receipt of the fee, once it is there. */
function receiptRow(frame: Desk["frame"], { payment }: CaseFile) {
  if (!payment) return []
  const { money, dateTime } = formats(frame)
  const receipt = { amount: money(payment.amount), reference: payment.reference, at: dateTime(payment.at) }
  return [{ label: caseWords(frame)("feePaid"), value: caseWords(frame)("feeReceipt", receipt) }]
}

function Papers({ desk: { frame }, papers, uploads }: CaseViewProps) {
  const t = deskWords(frame)
  const items = [
    ...uploads.map((file) => ({ id: file.id, name: file.name, bytes: file.bytes, href: paths.upload(file.id) })),
    ...papers.map((paper) => ({ id: paper.id, name: paper.title, bytes: paper.bytes, href: paths.document(paper.id) })),
  ]
  return (
    <Card>
      <Heading level={2}>{t("papers")}</Heading>
      {items.length === 0 && <p class="subtle">{t("noPapers")}</p>}
      <ul class="list">
        {items.map((item) => (
          <li key={item.id}>
            <a class="ds-link" href={item.href}>
              {item.name}
            </a>{" "}
            <span class="subtle small num">{t("size", { kb: formats(frame).number(Math.ceil(item.bytes / 1024)) })}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Supplements({ desk: { frame }, file }: CaseViewProps) {
  const t = deskWords(frame)
  const { dateTime } = formats(frame)
  if (file.supplements.length === 0) return null
  return (
    <Card>
      <Heading level={2}>{t("supplements")}</Heading>
      {file.supplements.map((one) => (
        <div key={one.id} class="stack tight">
          <p>{t("askedBy", { name: one.askedName, at: dateTime(one.askedAt) })}</p>
          <ul class="list">
            {one.items.map((item) => (
              <li key={item.field}>
                <strong>{textOf(frame, file.service.form.fields.get(item.field)?.name ?? {})}</strong>: {item.reason}
              </li>
            ))}
          </ul>
          <p class="subtle">{one.answeredAt ? t("answeredAt", { at: dateTime(one.answeredAt) }) : t("notAnswered")}</p>
        </div>
      ))}
    </Card>
  )
}
