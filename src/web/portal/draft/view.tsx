// Filling in a request: one page at a time, checking the answers, and the confirmation.
import type { Dossier, LackingConsent, OpenedDraft, ShownDraft } from "#cases"
import { changeWords } from "#catalogue"
import { type Country, textIn } from "#country"
import type { UploadReceipt } from "#documents"
import { type FieldError, type Page, printable, type RawTexts } from "#engines/form"
import { Alert } from "#kit/alert.tsx"
import { Button, ButtonLink } from "#kit/button.tsx"
import { Card } from "#kit/card.tsx"
import { Confirmation } from "#kit/confirmation.tsx"
import { ErrorSummary } from "#kit/error-summary.tsx"
import { CheckAnswers } from "#kit/form/check-answers.tsx"
import { errorLines, errorText } from "#kit/form/error-text.ts"
import { asksFiles, FormFields } from "#kit/form/form-fields.tsx"
import { Layout } from "#kit/layout.tsx"
import { PostForm } from "#kit/post-form.tsx"
import type { ProblemWords } from "#kit/problem-words.ts"
import { Heading, Lead } from "#kit/text.tsx"
import { formats, textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import { agencyName, registerNames, sourceNames } from "../../register-names.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

const draftWords = (frame: Pick<Frame, "lang" | "place">) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

interface DraftProps {
  readonly frame: Frame
  readonly country: Country
  readonly opened: ShownDraft
}

const nameOf = (frame: Frame, { service }: OpenedDraft) => textOf(frame, service.definition.shortName ?? service.definition.name)

const trailTo = (frame: Frame, opened: OpenedDraft) => [
  { name: nameOf(frame, opened), href: paths.service(opened.draft.service) },
]

interface PageViewProps extends DraftProps {
  readonly page: Page
  readonly raw: RawTexts
  readonly errors: readonly FieldError[]
  readonly isSaved?: boolean
  /** Registers that would answer with the person's consent. */
  readonly lacking: readonly LackingConsent[]
}

export function DraftPageView({ frame, country, opened, page, raw, errors, isSaved, lacking }: PageViewProps) {
  const t = draftWords(frame)
  const { draft, service, context, pages } = opened
  const { form } = service
  const at = pages.findIndex((p) => p.id === page.id)
  const before = pages[at - 1]
  const drawing = {
    frame,
    form,
    page,
    values: draft.values,
    raw,
    errors,
    context,
    registerName: sourceNames(frame, country),
    lookupHref: paths.myLookup,
  }
  return (
    <Layout
      frame={frame}
      title={`${textOf(frame, page.title)} – ${nameOf(frame, opened)}`}
      trail={trailTo(frame, opened)}
      hasErrors={errors.length > 0}
      form="page"
    >
      <div class="read stack">
        {isSaved && (
          <Alert tone="success" role="status">
            <p>{t("saved", { until: formats(frame).day(draft.expiresAt) })}</p>
          </Alert>
        )}
        <ErrorSummary frame={frame} errors={errorLines(frame, form, errors)} />
        <Carried frame={frame} opened={opened} />
        <Silent frame={frame} country={country} opened={opened} lacking={lacking} />
        <Lacking frame={frame} country={country} opened={opened} page={page.id} lacking={lacking} />
        <p class="subtle">{t("progress", { step: at + 1, steps: pages.length + 1 })}</p>
        <Heading>{textOf(frame, page.title)}</Heading>
        <PostForm
          id="page"
          action={paths.draftPage(draft.id, page.id)}
          csrf={frame.csrf}
          files={asksFiles(drawing)}
          class="stack"
        >
          <FormFields drawing={drawing} />
          <div class="btns">
            <Button>{t("continue")}</Button>
            <Button kind="tertiary" name="then" value="later">
              {t("later")}
            </Button>
            {before && (
              <a class="ds-link" href={paths.draftPage(draft.id, before.id)}>
                {t("back")}
              </a>
            )}
          </div>
        </PostForm>
      </div>
    </Layout>
  )
}

/** The draft goes on under another version: what is otherwise. */
function Carried({ frame, opened: { draft, changes } }: Pick<DraftProps, "frame" | "opened">) {
  const t = draftWords(frame)
  if (draft.carriedFrom === null) return null
  return (
    <Alert tone="warning" role="status" title={t("carried")}>
      <p>{t("carriedText")}</p>
      <ul class="list">
        {changes.map((change) => (
          <li key={JSON.stringify(change)}>{changeWords(change, frame.lang)}</li>
        ))}
      </ul>
    </Alert>
  )
}

/** Registers that did not answer: their fields can be typed, or left for later. */
function Silent({ frame, country, opened, lacking }: DraftProps & Pick<PageViewProps, "lacking">) {
  const t = draftWords(frame)
  const names = namesOfFetches(
    { frame, country, opened },
    opened.draft.silent.filter((id) => !lacking.some(({ fetch }) => fetch === id)),
  )
  if (names.length === 0) return null
  return (
    <Alert tone="warning" role="status" title={t("silent", { registers: [...new Set(names)].join(", ") })}>
      <p>{t("silentText")}</p>
    </Alert>
  )
}

const namesOfFetches = ({ frame, country, opened: { service } }: DraftProps, ids: readonly string[]): string[] =>
  service.form.fetches
    .filter(({ id }) => ids.includes(id))
    .map((one) => (one.name ? textOf(frame, one.name) : registerNames(frame, country)(one.service.split(".")[0]!)))

/** Registers that answer only with the person's consent: who wants none fills the fields in. */
function Lacking({ page, lacking, ...props }: DraftProps & Pick<PageViewProps, "lacking"> & { readonly page: string }) {
  const { frame, opened } = props
  const t = draftWords(frame)
  const contracts = [...new Set(lacking.map(({ contract }) => contract))]
  return contracts.map((contract) => {
    const fetches = lacking.filter((one) => one.contract === contract).map(({ fetch }) => fetch)
    const registers = [...new Set(namesOfFetches(props, fetches))].join(", ")
    return (
      <Alert key={contract} title={t("lacking", { registers })}>
        <p>{t("lackingText")}</p>
        <p>
          <a class="ds-link" href={paths.consent(contract, { draft: opened.draft.id, page })}>
            {t("lackingRead")}
          </a>
        </p>
      </Alert>
    )
  })
}

interface CheckViewProps extends DraftProps {
  readonly errors: readonly FieldError[]
  readonly files: readonly UploadReceipt[]
  /** What kept it from being submitted though nothing is missing. */
  readonly problem?: ProblemWords
  /** The agency that will have the case, as far as the answers tell. */
  readonly agency: string | undefined
}

export function CheckView({ frame, country, opened, errors, problem, files, agency }: CheckViewProps) {
  const t = draftWords(frame)
  const { draft, service, context } = opened
  const drawing = { frame, context, registerName: sourceNames(frame, country), lookupHref: paths.myLookup }
  return (
    <Layout
      frame={frame}
      title={`${t("check")} – ${nameOf(frame, opened)}`}
      trail={trailTo(frame, opened)}
      hasErrors={errors.length > 0 || problem !== undefined}
    >
      <div class="read stack">
        {problem && (
          <Alert tone="danger" role="alert" title={problem.title}>
            <p>{problem.text}</p>
          </Alert>
        )}
        <Carried frame={frame} opened={opened} />
        <Missing frame={frame} opened={opened} errors={errors} />
        <Heading>{t("check")}</Heading>
        <Lead>{t("checkLead")}</Lead>
        <CheckAnswers
          drawing={drawing}
          pages={printable(service.form, draft.values, frame.lang, context)}
          hrefOf={(page) => paths.draftPage(draft.id, page)}
        />
        <Received frame={frame} files={files} />
        {agency && <p>{t("goesTo", { agency: agencyName(frame, country, agency) })}</p>}
        <PostForm action={paths.draftCheck(draft.id)} csrf={frame.csrf}>
          <Button size="lg">{t("submit")}</Button>
        </PostForm>
      </div>
    </Layout>
  )
}

/** What is missing, each a link to its field on its page. */
function Missing({ frame, opened, errors }: { frame: Frame; opened: OpenedDraft; errors: readonly FieldError[] }) {
  if (errors.length === 0) return null
  const { form } = opened.service
  const pageOf = (field: string) =>
    form.fields.get(field.split(".", 1)[0]!)?.page ?? form.fields.get(field)?.page ?? opened.pages[0]!.id
  return (
    <Alert tone="danger" role="alert" title={draftWords(frame)("checkErrors")}>
      <ul class="list">
        {errors.map((error) => (
          <li key={`${error.field}${error.code}`}>
            <a href={`${paths.draftPage(opened.draft.id, pageOf(error.field))}#${error.field}`}>
              {errorText(frame, form, error)}
            </a>
          </li>
        ))}
      </ul>
    </Alert>
  )
}

function Received({ frame, files }: { frame: Frame; files: readonly UploadReceipt[] }) {
  const t = draftWords(frame)
  if (files.length === 0) return null
  return (
    <Card>
      <Heading level={2}>{t("files")}</Heading>
      <ul class="list">
        {files.map((file) => (
          <li key={file.id}>
            {t("fileLine", { name: file.name, kb: formats(frame).number(Math.ceil(file.bytes / 1024)) })}
            <br />
            <span class="subtle small">
              {t("fileHash")}: <code>{file.sha256}</code>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

export function DoneView({ frame, country, dossier }: { frame: Frame; country: Country; dossier: Dossier }) {
  const t = draftWords(frame)
  const agency = textIn(country.agencies.get(dossier.agency)?.name ?? {}, frame.lang)
  return (
    <Layout frame={frame} title={t("done")} section="cases">
      <div class="read stack">
        <Confirmation title={t("done")} codeLabel={t("code")} code={dossier.code}>
          <p>{t("doneDue", { due: formats(frame).dateTime(dossier.dueAt) })}</p>
        </Confirmation>
        <Heading level={2}>{t("doneNext")}</Heading>
        <ol class="list">
          <li>{t("doneNext1", { agency })}</li>
          <li>{t("doneNext2")}</li>
          <li>{t("doneNext3")}</li>
        </ol>
        <p>{t("receipt")}</p>
        <p>
          <ButtonLink href={paths.caseOf(dossier.id)}>{t("toCase")}</ButtonLink>
        </p>
      </div>
    </Layout>
  )
}
