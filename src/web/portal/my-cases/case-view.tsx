// One case as its applicant sees it: where it stands, what is asked of them, the papers, the history, what they told.
import { type CaseCourse, type CaseFile, describeDecisions, feeDue, mayWithdraw, status } from "#cases"
import type { Country } from "#country"
import type { ListedDocument, UploadReceipt } from "#documents"
import type { Due } from "#engines/calendar"
import { type FormContext, printable } from "#engines/form"
import { Alert } from "#kit/alert.tsx"
import { Button, ButtonLink } from "#kit/button.tsx"
import { Card } from "#kit/card.tsx"
import { Consultations } from "#kit/case/consultations.tsx"
import { Steps } from "#kit/case/course.tsx"
import { Decisions } from "#kit/case/decisions.tsx"
import { WhyDue } from "#kit/case/due.tsx"
import { History } from "#kit/case/history.tsx"
import { caseWords } from "#kit/case/words.ts"
import { CheckAnswers } from "#kit/form/check-answers.tsx"
import { Layout } from "#kit/layout.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Facts } from "#kit/summary-list.tsx"
import { StatusTag } from "#kit/tag.tsx"
import { Heading, Moment } from "#kit/text.tsx"
import { formats, textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import { portalStatus } from "../../portal-status.ts"
import { agencyName, sourceNames } from "../../register-names.ts"
import { myCaseWords } from "./list-view.tsx"

const { payment: PAYMENT } = status

export interface MyCaseProps {
  readonly frame: Frame
  readonly country: Country
  readonly file: CaseFile
  readonly context: FormContext
  readonly due: Due
  readonly course: CaseCourse
  readonly papers: readonly ListedDocument[]
  readonly uploads: readonly UploadReceipt[]
  readonly now: Date
}

export function MyCaseView(props: MyCaseProps) {
  const { frame, country, file, context, due, course } = props
  const { dossier, service } = file
  const t = myCaseWords(frame)
  const name = textOf(frame, service.definition.shortName ?? service.definition.name)
  return (
    <Layout frame={frame} title={`${name} ${dossier.code}`} section="cases" trail={[{ name: t("title"), href: paths.myCases() }]}>
      <div class="stack tight">
        <p class="subtle num">{dossier.code}</p>
        <Heading>{name}</Heading>
        <StatusTag frame={frame} status={portalStatus(country, dossier.status)} />
      </div>
      <div class="cols">
        <div class="stack">
          <Asked {...props} />
          <Outcome {...props} />
          <Fee {...props} />
          <Decisions
            frame={frame}
            file={file}
            context={context}
            decisions={describeDecisions(file)}
            registerName={sourceNames(frame, country)}
          />
          <Consultations frame={frame} file={file} agencyName={(id) => agencyName(frame, country, id)} now={props.now} />
        </div>
        <aside class="stack">
          <Facts
            rows={[
              { label: t("agency"), value: agencyName(frame, country, dossier.agency) },
              { label: t("submitted"), value: <Moment frame={frame} value={dossier.submittedAt} /> },
              { label: t("due"), value: <Moment frame={frame} value={dossier.dueAt} /> },
              ...(dossier.moneyState === "due" ? [{ label: t("fee"), value: feeText(frame, file) }] : []),
            ]}
          />
          <WhyDue frame={frame} due={due} />
          <Withdraw frame={frame} file={file} />
        </aside>
        <div class="stack">
          <Papers {...props} />
          <Card>
            <Heading level={2}>{caseWords(frame)("steps")}</Heading>
            <Steps frame={frame} service={service} course={course} />
            <a class="ds-link" href={paths.caseProcess(dossier.id)}>
              {caseWords(frame)("diagram")}
            </a>
          </Card>
          <Card>
            <Heading level={2}>{t("history")}</Heading>
            <History frame={frame} events={file.timeline} />
          </Card>
          <Heading level={2}>{t("answers")}</Heading>
          <CheckAnswers
            level={3}
            drawing={{ frame, context, registerName: sourceNames(frame, country), lookupHref: paths.myLookup }}
            pages={printable(service.form, dossier.values, frame.lang, context)}
          />
        </div>
      </div>
    </Layout>
  )
}

function Asked({ frame, country, file }: MyCaseProps) {
  const t = myCaseWords(frame)
  const open = file.supplements.find((s) => s.answeredAt === null)
  if (!open || file.dossier.closedAt) return null
  return (
    <Alert tone="warning" title={t("supplementTitle")}>
      <p>{t("supplementText", { agency: agencyName(frame, country, file.dossier.agency) })}</p>
      <ul class="list">
        {open.items.map((item) => (
          <li key={item.field}>
            <strong>{textOf(frame, file.service.form.fields.get(item.field)?.name ?? {})}</strong>: {item.reason}
          </li>
        ))}
      </ul>
      {open.answerUntil && <p>{t("supplementUntil", { until: formats(frame).day(open.answerUntil) })}</p>}
      <p>
        <ButtonLink href={paths.caseSupplement(file.dossier.id)}>{t("answer")}</ButtonLink>
      </p>
    </Alert>
  )
}

/** The case waits for the fee, or has its receipt. */
function Fee({ frame, country, file }: MyCaseProps) {
  const t = myCaseWords(frame)
  const { dossier, payment } = file
  const { money, dateTime } = formats(frame)
  if (payment) {
    const receipt = { amount: money(payment.amount), reference: payment.reference, at: dateTime(payment.at) }
    return (
      <Alert tone="success" title={caseWords(frame)("feePaid")}>
        <p>{caseWords(frame)("feeReceipt", receipt)}</p>
      </Alert>
    )
  }
  if (dossier.status !== PAYMENT || dossier.closedAt) return null
  const told = { agency: agencyName(frame, country, dossier.agency), code: dossier.code }
  return (
    <Alert tone="warning" title={t("payTitle", { amount: money(feeDue(file.service.definition) ?? 0) })}>
      <p>{t("payText", told)}</p>
    </Alert>
  )
}

const feeText = (frame: Frame, { service }: CaseFile) =>
  myCaseWords(frame)("feeDue", { fee: formats(frame).money(feeDue(service.definition) ?? 0) })

/** What the case has brought: the number given, or the reason of a refusal. */
function Outcome({ frame, file }: MyCaseProps) {
  const t = myCaseWords(frame)
  const { assigned, refusal } = file.dossier.facts
  if (assigned?.number) {
    return (
      <Alert tone="success" title={t("resultReady")}>
        <p>
          {t("assigned")}: <strong class="num">{assigned.number}</strong>
        </p>
      </Alert>
    )
  }
  if (!refusal || !file.dossier.closedAt) return null
  return (
    <Alert tone="danger" title={t("refused")}>
      <p>{refusal}</p>
    </Alert>
  )
}

/** Taking the case back, while that is possible; behind a step, since it can't be undone. */
function Withdraw({ frame, file }: Pick<MyCaseProps, "frame" | "file">) {
  const t = myCaseWords(frame)
  if (!mayWithdraw(file)) return null
  return (
    <details class="more">
      <summary>{t("withdraw")}</summary>
      <p>{t("withdrawText")}</p>
      <PostForm action={paths.caseWithdraw(file.dossier.id)} csrf={frame.csrf}>
        <Button kind="secondary" danger>
          {t("withdrawNow")}
        </Button>
      </PostForm>
    </details>
  )
}

function Papers({ frame, papers, uploads }: MyCaseProps) {
  const t = myCaseWords(frame)
  return (
    <Card>
      <Heading level={2}>{t("papers")}</Heading>
      {papers.length === 0 && <p class="subtle">{t("preparing")}</p>}
      <ul class="list">
        {papers.map((paper) => (
          <li key={paper.id}>
            <a class="ds-link" href={paths.document(paper.id)}>
              {t("download", { name: paper.title })}
            </a>
            <br />
            <span class="subtle small">
              {t("verifyCode", { code: paper.verifyCode })}, <Moment frame={frame} value={paper.issuedAt} />
            </span>
          </li>
        ))}
        {uploads.map((file) => (
          <li key={file.id}>
            <a class="ds-link" href={paths.upload(file.id)}>
              {file.name}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}
