// Answering a supplement: what is asked, why, and the fields for it.
import type { OpenSupplement } from "#cases"
import type { Country } from "#country"
import type { FieldError, RawTexts } from "#engines/form"
import { Alert } from "#kit/alert.tsx"
import { Button } from "#kit/button.tsx"
import { ErrorSummary } from "#kit/error-summary.tsx"
import { errorLines } from "#kit/form/error-text.ts"
import { asksFiles, FormFields } from "#kit/form/form-fields.tsx"
import { Layout } from "#kit/layout.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Heading } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import { sourceNames } from "../../register-names.ts"
import { myCaseWords } from "./list-view.tsx"

interface SupplementProps {
  readonly frame: Frame
  readonly country: Country
  readonly open: OpenSupplement
  readonly raw: RawTexts
  readonly errors: readonly FieldError[]
}

export function SupplementView({ frame, country, open, raw, errors }: SupplementProps) {
  const t = myCaseWords(frame)
  const { file, supplement, page, context } = open
  const { dossier, service } = file
  const { form } = service
  const title = t("giveAnswer", { code: dossier.code })
  const drawing = {
    frame,
    form,
    page,
    values: dossier.values,
    raw,
    errors,
    context,
    registerName: sourceNames(frame, country),
    lookupHref: paths.myLookup,
  }
  const trail = [
    { name: t("title"), href: paths.myCases() },
    { name: dossier.code, href: paths.caseOf(dossier.id) },
  ]
  return (
    <Layout frame={frame} title={title} section="cases" trail={trail} hasErrors={errors.length > 0} form="page">
      <div class="read stack">
        <ErrorSummary frame={frame} errors={errorLines(frame, form, errors)} />
        <Heading>{title}</Heading>
        <Alert tone="warning" title={t("asked")}>
          <ul class="list">
            {supplement.items.map((item) => (
              <li key={item.field}>
                <strong>{textOf(frame, form.fields.get(item.field)?.name ?? {})}</strong>: {item.reason}
              </li>
            ))}
          </ul>
        </Alert>
        <PostForm id="page" action={paths.caseSupplement(dossier.id)} csrf={frame.csrf} files={asksFiles(drawing)} class="stack">
          <FormFields drawing={drawing} />
          <Button>{t("send")}</Button>
        </PostForm>
      </div>
    </Layout>
  )
}
