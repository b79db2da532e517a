// Why a table decided a case as it did: for officials the whole trace, for the applicant the reason in plain words with its law.

import type { CaseFile, DecisionShown, ValueOrigin } from "#cases"
import type { Law } from "#country"
import { type FormContext, type Json, printedValue } from "#engines/form"
import type { Step } from "#engines/process"
import type { Frame } from "#platform/http"
import { Card } from "../card.tsx"
import { SummaryList } from "../summary-list.tsx"
import { Tag } from "../tag.tsx"
import { Heading } from "../text.tsx"
import { formats, textOf } from "../words.ts"
import { caseWords, findCaseWord } from "./words.ts"

interface DecisionsProps {
  readonly frame: Frame
  readonly file: CaseFile
  readonly context: FormContext
  readonly decisions: readonly DecisionShown[]
  /** Who keeps the register of a record type. */
  readonly registerName: (type: string) => string
  /** An official reads: everything that the table looked at, with where it came from. */
  readonly atDesk?: boolean
}

export function Decisions(props: DecisionsProps) {
  const { frame, file, decisions, atDesk } = props
  const t = caseWords(frame)
  const { byHand = [] } = file.dossier.facts
  if (decisions.length === 0 && byHand.length === 0) return null
  return (
    <Card>
      <Heading level={2}>{t(atDesk ? "decisions" : "decisionsWhy")}</Heading>
      {decisions.map((decision) => (
        <One key={decision.at.toISOString()} {...props} decision={decision} />
      ))}
      {byHand.length > 0 && <h3>{t("byHandTitle")}</h3>}
      {byHand.map(({ step, outcome, reason, name }) => (
        <p key={`${step}.${outcome}`}>
          {t("byHandBy", {
            step: stepName(frame, file.service.process.steps.get(step) ?? { id: step }),
            outcome: outcomeText(frame, file, outcome),
            name,
            reason,
          })}
        </p>
      ))}
    </Card>
  )
}

function One({ frame, file, context, registerName, atDesk, decision }: DecisionsProps & { readonly decision: DecisionShown }) {
  const t = caseWords(frame)
  const { table, outcome, at, inputs, rules } = decision
  const laws = rules.flatMap(({ law }) => law ?? []).concat(rules.some(({ law }) => law) ? [] : table.law)
  return (
    <div class="stack tight">
      <p>
        <Tag tone="info">{outcomeText(frame, file, outcome)}</Tag>
      </p>
      {rules.slice(0, 1).map((rule) => (
        <p key={rule.id}>{textOf(frame, rule.because)}</p>
      ))}
      <p class="subtle small">{t("decidedLaw", { law: laws.map((law) => lawLine(frame, law)).join("; ") })}</p>
      <p class="subtle small">
        {t("decidedAt", { at: formats(frame).dateTime(at), table: textOf(frame, table.name) })}
        {atDesk && rules[0] && ` ${t("ruleHeld", { number: table.rules.indexOf(rules[0]) + 1, count: table.rules.length })}`}
      </p>
      {atDesk && (
        <details class="more" open>
          <summary>{t("decisionInputs")}</summary>
          <SummaryList
            frame={frame}
            rows={inputs.map(({ id, name, value, origins }) => ({
              label: textOf(frame, name),
              value: (
                <>
                  {valueText({ frame, file, context }, table.inputs.find((input) => input.id === id)?.value, value)}
                  {origins
                    .filter(({ state, source }) => state !== "verified" || !source)
                    .map(({ path, state }) => (
                      <span key={path} class="subtle small more">
                        {t(path.startsWith("found.") ? "fromOfficial" : state === "declared" ? "fromApplicant" : "fromDisputed")}
                      </span>
                    ))}
                </>
              ),
              source: sourceText(frame, origins, registerName),
            }))}
          />
        </details>
      )}
    </div>
  )
}

/** The registers that vouch for a column, each once. */
function sourceText(frame: Frame, origins: readonly ValueOrigin[], registerName: (type: string) => string): string | undefined {
  const told = origins.flatMap(({ state, source }) =>
    state === "verified" && source
      ? [
          caseWords(frame)("fromRegister", {
            register: registerName(source.register),
            at: formats(frame).dateTime(new Date(source.asOf)),
          }),
        ]
      : [],
  )
  return told.length > 0 ? [...new Set(told)].join("; ") : undefined
}

/** A value of a field as the form writes it; what was reckoned as yes, no, a day or plain text. */
function valueText(
  { frame, file, context }: Pick<DecisionsProps, "frame" | "file" | "context">,
  expression: string | undefined,
  value: unknown,
): string {
  const t = caseWords(frame)
  if (value === null || value === undefined) return t("unknown")
  if (typeof value === "boolean") return t(value ? "yes" : "no")
  const field = expression === undefined ? undefined : file.service.form.fields.get(expression)
  if (field) return printedValue(field, value as Json, context)
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return formats(frame).day(value)
  return typeof value === "object" ? JSON.stringify(value) : String(value)
}

const lawLine = (frame: Frame, { ref, article }: Law): string =>
  article ? caseWords(frame)("lawArticle", { ref, article }) : ref

/** A step as the procedure calls it. */
export const stepName = (frame: Pick<Frame, "lang" | "place">, { name, id }: Pick<Step, "id" | "name">): string =>
  name ? textOf(frame, name) : id

/** An outcome in the words of the procedure, or of the catalogue. */
export function outcomeText(
  frame: Pick<Frame, "lang" | "place">,
  { service }: { readonly service: Pick<CaseFile["service"], "words"> },
  outcome: string,
): string {
  const own = service.words[`outcome-${outcome}`]
  return own ? textOf(frame, own) : (findCaseWord(frame, `flow.${outcome}`) ?? outcome)
}
