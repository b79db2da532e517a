// What people would see of a draft: its page and its form, marked as no more than a preview.
import type { Preview } from "#catalogue"
import { type Form, type FormContext, rawOf } from "#engines/form"
import { Alert } from "#kit/alert.tsx"
import { ButtonLink } from "#kit/button.tsx"
import { ProcessPicture } from "#kit/case/process-picture.tsx"
import { FormFields } from "#kit/form/form-fields.tsx"
import { Heading, Lead } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import { PapersView } from "../../portal/service/papers.tsx"
import { Particulars } from "../../portal/service/particulars.tsx"
import type { Desk } from "../desk.ts"
import { DefinitionLayout } from "./frame.tsx"
import { definitionWords } from "./words.ts"

interface PreviewProps {
  readonly desk: Desk
  readonly preview: Preview
  readonly context: FormContext
}

export function PreviewView({ desk, preview, context }: PreviewProps) {
  const { frame } = desk
  const { draft, page, form, process, definition } = preview
  const t = definitionWords(frame)
  return (
    <DefinitionLayout desk={desk} title={t("previewOf", { name: page?.name ?? textOf(frame, draft.name) })}>
      <Alert tone="warning" title={t("previewWarning")}>
        <p>{page ? t("previewText") : t("previewNothing")}</p>
      </Alert>
      <div>
        <ButtonLink kind="secondary" href={paths.deskDraft(draft.code, draft.id)}>
          {t("draftOf", { name: textOf(frame, draft.name) })}
        </ButtonLink>
      </div>
      {page && (
        <>
          {page.summary && <Lead>{page.summary}</Lead>}
          <p>
            {page.cost.words}; {page.time.words}; {page.authority.name}
          </p>
          <PapersView frame={frame} papers={page.papers.list} />
          {page.steps.length > 0 && (
            <>
              <Heading level={2}>{t("steps")}</Heading>
              <ol class="steps">
                {page.steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </>
          )}
          <Particulars frame={frame} page={page} />
        </>
      )}
      {process && definition && (
        <>
          <Heading level={2}>{t("previewProcess")}</Heading>
          <ProcessPicture frame={frame} service={{ process, words: definition.words }} description={t("previewDrawing")} />
        </>
      )}
      {form && <FormPages frame={frame} form={form} context={context} />}
    </DefinitionLayout>
  )
}

/** Every page of the form as it is before any register has answered; no form stands around it, so nothing can be sent. */
function FormPages({ frame, form, context }: { frame: Frame; form: Form; context: FormContext }) {
  return (
    <>
      {form.pages.map((page) => (
        <section class="stack" key={page.id}>
          <Heading level={2}>{definitionWords(frame)("previewForm", { page: textOf(frame, page.title) })}</Heading>
          <div class="card stack">
            <FormFields
              drawing={{
                frame,
                form,
                page,
                values: {},
                raw: rawOf(form, page, {}, context),
                errors: [],
                context,
                registerName: (name) => name,
              }}
            />
          </div>
        </section>
      ))}
    </>
  )
}
