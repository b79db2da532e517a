// A step that the system could not do: why, and what an official can do about it.
import { type CaseFile, outcomesByHand, type StuckReason } from "#cases"
import { Alert } from "#kit/alert.tsx"
import { Button } from "#kit/button.tsx"
import { Card } from "#kit/card.tsx"
import { outcomeText } from "#kit/case/decisions.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Heading } from "#kit/text.tsx"
import { TextArea } from "#kit/text-area.tsx"
import { paths } from "../../paths.ts"
import { type Desk, deskWords } from "../desk.ts"
import { textFor } from "./mistake.tsx"
import type { TaskState } from "./task-panel.tsx"

interface HandedOverProps {
  readonly desk: Desk
  readonly file: CaseFile
  readonly state: TaskState
  readonly title: string
  readonly why: StuckReason
}

export function HandedOver({ desk: { frame }, file, state, title, why }: HandedOverProps) {
  const t = deskWords(frame)
  const byHand = outcomesByHand(file)
  return (
    <Card>
      <Heading level={2}>{title}</Heading>
      <StuckAlert frame={frame} why={why} />
      <PostForm id="page" action={paths.deskCaseTakeOver(file.dossier.id)} csrf={frame.csrf} class="stack">
        <input type="hidden" name="revision" value={file.dossier.revision} />
        <div class="btns">
          <Button name="then" value="again" kind={byHand.length > 0 ? "secondary" : "primary"}>
            {t("tryAgain")}
          </Button>
        </div>
        {byHand.length > 0 && (
          <>
            <TextArea
              id="reason"
              label={t("byHandReason")}
              hint={t("byHandHint")}
              typed={state.typed?.get("reason")}
              mistake={textFor("reason", state.mistake)}
            />
            <div class="btns">
              {byHand.map((outcome) => (
                <Button key={outcome} name="outcome" value={outcome} kind="secondary">
                  {outcomeText(frame, file, outcome)}
                </Button>
              ))}
            </div>
          </>
        )}
      </PostForm>
      <PostForm action={paths.deskCaseRelease(file.dossier.id)} csrf={frame.csrf}>
        <Button kind="tertiary">{t("release")}</Button>
      </PostForm>
    </Card>
  )
}

/** Says why the system stands still. */
export function StuckAlert({ frame, why }: { readonly frame: Desk["frame"]; readonly why: StuckReason }) {
  const t = deskWords(frame)
  return (
    <Alert tone="warning" title={t("stuckTitle")}>
      <p>{t(`stuck.${why}`)}</p>
    </Alert>
  )
}
