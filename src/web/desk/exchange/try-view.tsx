// The page on which an operator tries a service: the rule, the form, and what came of it.
import { Alert } from "#kit/alert.tsx"
import { Button } from "#kit/button.tsx"
import { ErrorSummary } from "#kit/error-summary.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { problemWords } from "#kit/problem-words.ts"
import { SummaryList } from "#kit/summary-list.tsx"
import { Heading } from "#kit/text.tsx"
import { formats } from "#kit/words.ts"
import { type TrialChoices, type TrialRefusal, type Tried, trialMethods } from "#oversight"
import type { Fields, Frame } from "#platform/http"
import { problem } from "#problems"
import { paths } from "../../paths.ts"
import { Choice, type Mistake, TextInput } from "../delegations/inputs.tsx"
import type { Desk } from "../desk.ts"
import { ExchangeLayout } from "./frame.tsx"
import { exchangeWords, failureWords, purposeName } from "./words.ts"

interface TryProps {
  readonly desk: Desk
  readonly choices: TrialChoices
  readonly typed: Fields
  readonly tried?: Tried | undefined
}

export function TryView({ desk, choices, typed, tried }: TryProps) {
  const { frame } = desk
  const t = exchangeWords(frame)
  const refusal = choices.closed ?? (tried && "refusal" in tried ? tried.refusal : undefined)
  const mistake = refusal && { field: fieldOf(refusal), text: refusalWords(frame, refusal) }
  const { service } = choices
  return (
    <ExchangeLayout
      desk={desk}
      title={t("tryTitle")}
      hasErrors={tried !== undefined && mistake !== undefined}
      hasForm={!choices.closed}
      first={tried && mistake && <ErrorSummary frame={frame} errors={[mistake]} />}
    >
      <p>
        <a class="ds-link" href={paths.deskExchangeService(service.id)}>
          {service.name}
        </a>{" "}
        <span class="subtle small">{service.id}</span>
      </p>
      <Alert>{t("tryRule")}</Alert>
      {tried && "outcome" in tried && <Outcome frame={frame} tried={tried} />}
      {choices.closed ? (
        <Alert tone="warning">{refusalWords(frame, choices.closed)}</Alert>
      ) : (
        <TryForm desk={desk} choices={choices} typed={typed} mistake={mistake} />
      )}
    </ExchangeLayout>
  )
}

/** The field that a refusal is about. */
function fieldOf(refusal: TrialRefusal): string {
  if (refusal.startsWith("purpose-") || refusal === "trial-personal-data") return "purpose"
  if (refusal === "trial-method" || refusal === "trial-writes") return "method"
  if (refusal === "trial-path" || refusal === "endpoint-not-covered") return "path"
  return refusal === "trial-body" ? "body" : "consumer"
}

function refusalWords(frame: Frame, refusal: TrialRefusal): string {
  if (refusal.startsWith("trial-")) return exchangeWords(frame)(refusal as Extract<TrialRefusal, `trial-${string}`>)
  const { title, text } = problemWords(frame.lang, problem(refusal as Exclude<TrialRefusal, `trial-${string}`>))
  return `${title}. ${text}`
}

interface FormProps {
  readonly desk: Desk
  readonly choices: TrialChoices
  readonly typed: Fields
  readonly mistake: Mistake | undefined
}

function TryForm({ desk: { frame, country }, choices, typed, mistake }: FormProps) {
  const t = exchangeWords(frame)
  const of = { typed, mistake, choose: t("tryChoose") }
  const consumers = choices.consumers.map(({ id, name }) => ({ value: id, name: `${name} (${id})` }))
  const purposes = choices.purposes.map((code) => ({ value: code, name: purposeName(frame, country, code) }))
  return (
    <PostForm id="page" action={paths.deskExchangeTry()} csrf={frame.csrf} class="stack">
      <input type="hidden" name="service" value={choices.service.id} />
      <Choice name="consumer" label={t("tryOwn")} options={consumers} {...of} />
      <Choice name="purpose" label={t("tryPurpose")} options={purposes} {...of} />
      <Choice name="method" label={t("method")} options={trialMethods.map((value) => ({ value, name: value }))} {...of} />
      <TextInput name="path" label={t("path")} hint={t("tryPathHint")} typed={typed} mistake={mistake} />
      <TextInput name="query" label={t("query")} hint={t("queryHint")} typed={typed} mistake={mistake} />
      <TextInput name="contentType" label={t("contentType")} typed={typed} mistake={mistake} />
      <div class="ds-field">
        <label class="ds-label" data-weight="medium" for="body">
          {t("body")}
        </label>
        <textarea class="ds-input" id="body" name="body" rows={5} spellcheck={false}>
          {typed.get("body")}
        </textarea>
      </div>
      <Button>{t("send")}</Button>
    </PostForm>
  )
}

function Outcome({ frame, tried: { message, outcome } }: { frame: Frame; tried: Extract<Tried, { message: string }> }) {
  const t = exchangeWords(frame)
  const { number } = formats(frame)
  if (outcome.kind === "no-line") return <Alert tone="danger">{t("noLine")}</Alert>
  const ms = number(outcome.tookMs)
  const isGood = outcome.kind === "answer" && outcome.status < 400
  return (
    <section class="stack">
      <Heading level={2}>{t("answer")}</Heading>
      <Alert tone={isGood ? "success" : "warning"} role="status">
        {outcome.kind === "answer"
          ? t("answeredStatus", { status: String(outcome.status), ms })
          : t("roadRefused", { code: failureWords(frame, outcome.code), ms })}
      </Alert>
      <SummaryList
        frame={frame}
        rows={[
          {
            label: t("message"),
            value: (
              <>
                {message}{" "}
                <a class="ds-link" href={paths.deskExchangeMessage(message)}>
                  {t("seeEvidence")}
                </a>
              </>
            ),
          },
        ]}
      />
      {outcome.kind === "answer" && <AnswerOf frame={frame} outcome={outcome} />}
    </section>
  )
}

interface AnswerProps {
  readonly frame: Frame
  readonly outcome: Extract<Extract<Tried, { message: string }>["outcome"], { kind: "answer" }>
}

function AnswerOf({ frame, outcome: { headers, text, bytes } }: AnswerProps) {
  const t = exchangeWords(frame)
  const pairs = headers.flatMap((label, i) => (i % 2 === 0 ? [{ label, value: headers[i + 1]! }] : []))
  return (
    <>
      <Heading level={3}>{t("content")}</Heading>
      {bytes === 0 ? (
        <p>{t("noContent")}</p>
      ) : text === undefined ? (
        <p>{t("notText", { kb: formats(frame).number(bytes / 1_024, 1) })}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <pre class="raw" tabIndex={0}>
          {text}
        </pre>
      )}
      <Heading level={3}>{t("headers")}</Heading>
      <SummaryList frame={frame} rows={pairs} />
    </>
  )
}
