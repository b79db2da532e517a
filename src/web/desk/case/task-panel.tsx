// What is to be done in a case: claim it, or answer its open step with an outcome, a reason, checks, and what is to be completed.
import { asksSupplement, type CaseFile, type Task } from "#cases"
import type { FormContext } from "#engines/form"
import { openStep, type Step } from "#engines/process"
import type { Duplicate } from "#exchange"
import { Alert } from "#kit/alert.tsx"
import { Button, ButtonLink } from "#kit/button.tsx"
import { Card } from "#kit/card.tsx"
import { outcomeText } from "#kit/case/decisions.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Heading } from "#kit/text.tsx"
import { TextArea } from "#kit/text-area.tsx"
import { formats, textOf } from "#kit/words.ts"
import type { Fields } from "#platform/http"
import { paths } from "../../paths.ts"
import { registerNames } from "../../register-names.ts"
import { type Desk, deskWords } from "../desk.ts"
import { vi } from "../words.vi.ts"
import { HandedOver, StuckAlert } from "./handed-over.tsx"
import { marks, type StepMistake, textFor, Wrong } from "./mistake.tsx"
import { SupplementForm } from "./supplement-form.tsx"

/** The open step as this official meets it. */
export interface TaskState {
  /** The open task when it is for the official's roles. */
  readonly task: Task | undefined
  readonly isMine: boolean
  readonly outcomes: readonly string[]
  /** The proof of who the official is has grown old: before a signature it is given anew. */
  readonly isStale: boolean
  /** Records that say the same as what this case would write; looked for while it is examined. */
  readonly duplicates: readonly Duplicate[]
  /** What was typed when the last deed failed. */
  readonly typed?: Fields
  readonly mistake?: StepMistake | undefined
}

interface PanelProps {
  readonly desk: Desk
  readonly file: CaseFile
  readonly context: FormContext
  readonly state: TaskState
}

export function TaskPanel(props: PanelProps) {
  const { desk, file, state } = props
  const { frame } = desk
  const t = deskWords(frame)
  const { task } = state
  if (!task) return <Idle {...props} />
  const step = file.service.process.steps.get(task.step)!
  const title = step.name ? textOf(frame, step.name) : t("task")
  if (state.isMine && task.why) return <HandedOver desk={desk} file={file} state={state} title={title} why={task.why} />
  if (state.isMine) return <Decision {...props} step={step} title={title} />
  return (
    <Card>
      <Heading level={2}>{title}</Heading>
      {task.why && <StuckAlert frame={frame} why={task.why} />}
      {task.claimedBy ? (
        <p>{t("claimedByOther", { name: task.claimedName ?? "" })}</p>
      ) : (
        <PostForm action={paths.deskCaseClaim(file.dossier.id)} csrf={frame.csrf}>
          <Button>{t("claim")}</Button>
        </PostForm>
      )}
    </Card>
  )
}

/** Nothing for this official: says who has it. */
function Idle({ desk: { frame }, file }: PanelProps) {
  const t = deskWords(frame)
  const step = openStep(file.service.process, file.dossier.process)
  const who = step?.name ? textOf(frame, step.name) : ""
  return (
    <Alert>
      <p>{who ? t("waitsFor", { who }) : t("noTask")}</p>
    </Alert>
  )
}

function Decision({ desk, file, context, state, step, title }: PanelProps & { step: Step; title: string }) {
  const { frame } = desk
  const t = deskWords(frame)
  const supplement = state.outcomes.find((outcome) => asksSupplement(file, step, outcome))
  const plain = state.outcomes.filter((outcome) => outcome !== supplement)
  const action = paths.deskCaseStep(file.dossier.id)
  const mustProve = step.kind === "sign" && state.isStale
  return (
    <Card>
      <Heading level={2}>{title}</Heading>
      {/* One form for every answer, so that a switch of language loses nothing of any. */}
      <PostForm id="page" action={action} csrf={frame.csrf} class="stack">
        <input type="hidden" name="revision" value={file.dossier.revision} />
        <Remark desk={desk} file={file} step={step} />
        <Duplicates desk={desk} state={state} />
        <Checks frame={frame} file={file} step={step} state={state} />
        <TextArea
          id="reason"
          label={t("reason")}
          hint={t("reasonHint")}
          typed={state.typed?.get("reason")}
          mistake={textFor("reason", state.mistake)}
        />
        {step.kind === "sign" && <p class="subtle">{t(mustProve ? "signProve" : "signNote")}</p>}
        {mustProve && (
          <p>
            <ButtonLink href={paths.signInAgain(paths.deskCase(file.dossier.id))}>{t("signAgain")}</ButtonLink>
          </p>
        )}
        <div class="btns">
          {(mustProve ? plain.filter((outcome) => outcome !== "signed") : plain).map((outcome, i) => (
            <Button
              key={outcome}
              name="outcome"
              value={outcome}
              kind={i === 0 ? "primary" : "secondary"}
              danger={outcome === "refuse"}
            >
              {outcomeName(frame, file, outcome)}
            </Button>
          ))}
        </div>
        {supplement && <SupplementForm desk={desk} file={file} context={context} outcome={supplement} state={state} />}
      </PostForm>
      <PostForm action={paths.deskCaseRelease(file.dossier.id)} csrf={frame.csrf}>
        <Button kind="tertiary">{t("release")}</Button>
      </PostForm>
    </Card>
  )
}

/** Why the leader has sent the case back. */
function Remark({ desk: { frame }, file, step }: { desk: Desk; file: CaseFile; step: Step }) {
  const { remark } = file.dossier.facts
  if (!remark || step.kind !== "appraise") return null
  return (
    <Alert tone="warning" title={deskWords(frame)("sentBackBy", { name: remark.name })}>
      <p>{remark.text}</p>
    </Alert>
  )
}

/** Says what is on record already; whoever goes on has looked and says that it is none. */
function Duplicates({ desk: { frame, country }, state }: { desk: Desk; state: TaskState }) {
  const { duplicates, typed, mistake } = state
  const t = deskWords(frame)
  if (duplicates.length === 0) return null
  const registerName = registerNames(frame, country)
  return (
    <Alert tone="warning" title={t("likelyDuplicate")}>
      <ul class="list">
        {duplicates.map(({ register, recordedAt }) => (
          <li key={register}>{t("recordedOn", { register: registerName(register), at: formats(frame).dateTime(recordedAt) })}</li>
        ))}
      </ul>
      <div class="ds-field">
        <input
          class="ds-input"
          type="checkbox"
          id="duplicate-cleared"
          name="duplicateCleared"
          value="yes"
          checked={typed?.get("duplicateCleared") === "yes"}
          {...marks("duplicate-cleared", mistake)}
        />
        <label class="ds-label" for="duplicate-cleared">
          {t("notDuplicate")}
        </label>
        <Wrong id="duplicate-cleared" mistake={mistake} />
      </div>
    </Alert>
  )
}

const outcomeName = (frame: Desk["frame"], file: CaseFile, outcome: string): string =>
  Object.hasOwn(vi, `outcome.${outcome}`)
    ? deskWords(frame)(`outcome.${outcome}` as "outcome.ok")
    : outcomeText(frame, file, outcome)

function Checks({ frame, file, step, state }: { frame: Desk["frame"]; file: CaseFile; step: Step; state: TaskState }) {
  const { typed, mistake } = state
  if (step.checks.length === 0) return null
  return (
    <fieldset class="ds-fieldset">
      <legend class="ds-label">{deskWords(frame)("checks")}</legend>
      {step.checks.map((check) => {
        const words = file.service.words[`check-${check}`]
        return (
          <div class="ds-field" key={check}>
            <input
              class="ds-input"
              type="checkbox"
              id={`check-${check}`}
              name="check"
              value={check}
              checked={typed?.all("check").includes(check)}
              {...marks(`check-${check}`, mistake)}
            />
            <label class="ds-label" for={`check-${check}`}>
              {words ? textOf(frame, words) : check}
            </label>
            <Wrong id={`check-${check}`} mistake={mistake} />
          </div>
        )
      })}
    </fieldset>
  )
}
