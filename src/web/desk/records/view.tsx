// Entering a record by hand: the register's own fields, and what is said when it is in.

import type { FieldError, FormContext, RawTexts } from "#engines/form"
import type { EntryForm } from "#exchange"
import { Alert } from "#kit/alert.tsx"
import { Button, ButtonLink } from "#kit/button.tsx"
import { DeskLayout } from "#kit/desk-layout.tsx"
import { ErrorSummary } from "#kit/error-summary.tsx"
import { errorLines } from "#kit/form/error-text.ts"
import { FormFields } from "#kit/form/form-fields.tsx"
import { PostForm } from "#kit/post-form.tsx"
import type { ProblemWords } from "#kit/problem-words.ts"
import { Heading, Lead } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import { paths } from "../../paths.ts"
import { registerNames } from "../../register-names.ts"
import { type Desk, deskWords } from "../desk.ts"

interface EntryProps {
  readonly desk: Desk
  readonly entry: EntryForm
  readonly raw: RawTexts
  readonly errors: readonly FieldError[]
  readonly context: FormContext
  readonly isLikelyDuplicate?: boolean
  /** Why it was not entered though nothing is wrong with it. */
  readonly problem?: ProblemWords
}

export function EntryView({ desk, entry, raw, errors, context, isLikelyDuplicate, problem }: EntryProps) {
  const { frame, country } = desk
  const t = deskWords(frame)
  const { form, page } = entry
  const title = t("register", { name: textOf(frame, entry.record.name) })
  const drawing = { frame, form, page, values: {}, raw, errors, context, registerName: registerNames(frame, country) }
  return (
    <DeskLayout frame={frame} title={title} side={desk.side} post={desk.post} hasErrors={errors.length > 0} form="page">
      <div class="read stack">
        <ErrorSummary frame={frame} errors={errorLines(frame, form, errors)} />
        <Heading>{title}</Heading>
        <Lead>{t("registerLead")}</Lead>
        <PostForm id="page" action={paths.deskRegister(entry.type)} csrf={frame.csrf} class="stack">
          {problem && (
            <Alert tone="danger" role="alert" title={problem.title}>
              <p>{problem.text}</p>
            </Alert>
          )}
          {isLikelyDuplicate && (
            <Alert tone="warning" role="alert" title={t("likelyDuplicate")}>
              <p>{t("likelyDuplicateText")}</p>
              <div class="ds-field">
                <input class="ds-input" type="checkbox" id="cleared" name="_cleared" value="yes" />
                <label class="ds-label" for="cleared">
                  {t("notDuplicate")}
                </label>
              </div>
            </Alert>
          )}
          <FormFields drawing={drawing} />
          <Button>{t("save")}</Button>
        </PostForm>
      </div>
    </DeskLayout>
  )
}

export function EnteredView({ desk, entry, message }: { desk: Desk; entry: EntryForm; message: string }) {
  const { frame } = desk
  const t = deskWords(frame)
  return (
    <DeskLayout frame={frame} title={t("saved")} side={desk.side} post={desk.post}>
      <Heading>{t("saved")}</Heading>
      <Alert tone="success" role="status" title={textOf(frame, entry.record.name)}>
        <p>{t("savedText", { message })}</p>
      </Alert>
      <p>
        <ButtonLink href={paths.deskRegister(entry.type)}>{t("another")}</ButtonLink>
      </p>
    </DeskLayout>
  )
}
