// The pages that verify a paper: the two ways to ask, and the answer.
import type { Verification } from "#documents"
import { Alert } from "#kit/alert.tsx"
import { Button, ButtonLink } from "#kit/button.tsx"
import { Card } from "#kit/card.tsx"
import { type ErrorLine, ErrorSummary } from "#kit/error-summary.tsx"
import { Layout } from "#kit/layout.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { SummaryList } from "#kit/summary-list.tsx"
import { Day, Heading, Lead, Moment } from "#kit/text.tsx"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

const wordsFor = (frame: Frame) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])

/** What is wrong with what was asked. */
export type AskError = "codeEmpty" | "codeWrong" | "fileEmpty" | "fileTooLarge" | "fileWrong" | "fileFailed"

export interface Asked {
  readonly code: string
  readonly error?: AskError | undefined
  readonly megabytesMax: number
}

export function AskView({ frame, asked }: { frame: Frame; asked: Asked }) {
  const t = wordsFor(frame)
  const size = asked.megabytesMax
  const error = asked.error && (asked.error === "fileTooLarge" ? t("fileTooLarge", { size }) : t(asked.error))
  const field = asked.error?.startsWith("code") ? "code" : "paper"
  const errors: ErrorLine[] = error ? [{ field, text: error }] : []
  const of = (name: "code" | "paper") => (field === name ? error : undefined)
  return (
    <Layout frame={frame} title={t("title")} description={t("description")} section="verify" hasErrors={errors.length > 0}>
      <ErrorSummary frame={frame} errors={errors} />
      <Heading>{t("title")}</Heading>
      <Lead>{t("lead")}</Lead>
      <Card>
        <Heading level={2}>{t("byCode")}</Heading>
        <form method="get" action={paths.verify()} class="stack">
          <Field id="code" label={t("code")} hint={t("codeHint")} error={of("code")}>
            <input
              class="ds-input"
              id="code"
              name="code"
              value={asked.code}
              maxLength={100}
              autocomplete="off"
              spellcheck={false}
              {...describedBy("code", of("code"))}
            />
          </Field>
          <Button>{t("check")}</Button>
        </form>
      </Card>
      <Card>
        <Heading level={2}>{t("byFile")}</Heading>
        <PostForm action={paths.verify()} csrf={frame.csrf} files class="stack">
          <Field id="paper" label={t("file")} hint={t("fileHint", { size })} error={of("paper")}>
            <input
              class="ds-input"
              id="paper"
              name="paper"
              type="file"
              accept="application/pdf,.pdf"
              {...describedBy("paper", of("paper"))}
            />
          </Field>
          <Button kind="secondary">{t("checkFile")}</Button>
        </PostForm>
      </Card>
    </Layout>
  )
}

const describedBy = (id: string, error: string | undefined) => ({
  "aria-describedby": error ? `${id}-error ${id}-hint` : `${id}-hint`,
  "aria-invalid": error ? (true as const) : undefined,
})

interface FieldProps {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly error: string | undefined
  readonly children: preact.ComponentChildren
}

function Field({ id, label, hint, error, children }: FieldProps) {
  return (
    <div class="ds-field">
      <label class="ds-label" data-weight="medium" for={id}>
        {label}
      </label>
      <div data-field="description" id={`${id}-hint`}>
        {hint}
      </div>
      {error && (
        <p class="ds-validation-message" data-color="danger" id={`${id}-error`}>
          {error}
        </p>
      )}
      {children}
    </div>
  )
}

const tones = { genuine: "success", altered: "danger", revoked: "danger", unknown: "warning" } as const

/** The answer; `by` says what was shown: a code alone, or a file. */
export function AnswerView({ frame, seen, by }: { frame: Frame; seen: Verification; by: "code" | "file" }) {
  const t = wordsFor(frame)
  const { standing, paper } = seen
  const texts = {
    genuine: by === "file" ? t("genuineFile") : t("genuineCode"),
    altered: t("alteredText"),
    revoked: t("revokedText"),
    unknown: by === "file" ? t("unknownFile") : t("unknownCode"),
  }
  return (
    <Layout frame={frame} title={t(standing)} section="verify" trail={[{ name: t("title"), href: paths.verify() }]}>
      <Heading>{t(standing)}</Heading>
      <Alert tone={tones[standing]} role="status">
        <p>{texts[standing]}</p>
      </Alert>
      {standing === "genuine" && by === "code" && <p class="read">{t("compare")}</p>}
      {paper && <Heading level={2}>{t("particulars")}</Heading>}
      {paper && <SummaryList frame={frame} rows={rowsOf(frame, seen, paper)} />}
      {standing !== "genuine" && <p class="read">{t("doubt")}</p>}
      <p>
        <ButtonLink kind="secondary" href={paths.verify()}>
          {t("again")}
        </ButtonLink>
      </p>
    </Layout>
  )
}

function rowsOf(frame: Frame, seen: Verification, paper: NonNullable<Verification["paper"]>) {
  const t = wordsFor(frame)
  const { signature } = seen
  const isMasked = paper.holder.includes("•")
  return [
    { label: t("paper"), value: paper.title },
    { label: t("kind"), value: t(`kind_${paper.kind}`) },
    { label: t("number"), value: paper.number },
    { label: t("agency"), value: paper.agencyName },
    { label: t("date"), value: <Day frame={frame} value={paper.date} /> },
    { label: t("holder"), value: isMasked ? <Masked name={paper.holder} why={t("masked")} /> : paper.holder },
    { label: t("code"), value: <span class="num">{paper.verifyCode}</span> },
    ...(paper.revokedAt ? [{ label: t("revokedAt"), value: <Moment frame={frame} value={paper.revokedAt} /> }] : []),
    ...(signature ? [{ label: t("signature"), value: signatureText(frame, signature) }] : []),
  ]
}

function Masked({ name, why }: { name: string; why: string }) {
  return (
    <>
      {name}
      <br />
      <small>{why}</small>
    </>
  )
}

function signatureText(frame: Frame, { standing, signer, at }: NonNullable<Verification["signature"]>) {
  const t = wordsFor(frame)
  if (standing !== "valid") return t(`signature_${standing}`)
  return (
    <>
      {t("signature_valid", { signer: signer ?? "" })}
      {at && (
        <>
          {", "}
          <Moment frame={frame} value={at} />
        </>
      )}
    </>
  )
}
