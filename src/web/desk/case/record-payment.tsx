// The fee of a case at the desk: recording that it was received.
import { type CaseFile, feeDue } from "#cases"
import { Button } from "#kit/button.tsx"
import { Card } from "#kit/card.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Heading } from "#kit/text.tsx"
import { formats } from "#kit/words.ts"
import { paths } from "../../paths.ts"
import { type Desk, deskWords } from "../desk.ts"
import { marks, type StepMistake, Wrong } from "./mistake.tsx"

interface PaymentProps {
  readonly desk: Desk
  readonly file: CaseFile
  /** No other form of the page is for this official; a switch of language keeps what is typed here. */
  readonly isAlone: boolean
  /** As typed. */
  readonly reference: string
  readonly mistake: StepMistake | undefined
}

export function RecordPayment({ desk: { frame }, file, isAlone, reference, mistake }: PaymentProps) {
  const t = deskWords(frame)
  const amount = formats(frame).money(feeDue(file.service.definition) ?? 0)
  return (
    <Card>
      <Heading level={2}>{t("recordPayment")}</Heading>
      <p>{t("recordPaymentText", { amount })}</p>
      <PostForm {...(isAlone && { id: "page" })} action={paths.deskCasePayment(file.dossier.id)} csrf={frame.csrf} class="stack">
        <div class="ds-field">
          <label class="ds-label" for="reference">
            {t("reference")}
          </label>
          <div data-field="description" id="reference-hint">
            {t("referenceHint")}
          </div>
          <input
            class="ds-input"
            id="reference"
            name="reference"
            maxLength={100}
            autocomplete="off"
            value={reference}
            {...marks("reference", mistake, "reference-hint")}
          />
          <Wrong id="reference" mistake={mistake} />
        </div>
        <div class="btns">
          <Button kind="secondary">{t("recordPayment")}</Button>
        </div>
      </PostForm>
    </Card>
  )
}
