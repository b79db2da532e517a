// What the pages about definitions share: their frame, states as tags, changes and findings as lists, inputs.
import type { ComponentChildren } from "preact"
import { type Change, changeWords, parts, partWords, type VersionEntry } from "#catalogue"
import { type Finding, faultsAmong } from "#country"
import { Alert } from "#kit/alert.tsx"
import { DeskLayout } from "#kit/desk-layout.tsx"
import { ErrorSummary } from "#kit/error-summary.tsx"
import { dayIn, dayMistake } from "#kit/form/day-boxes.tsx"
import { problemWords } from "#kit/problem-words.ts"
import { Table } from "#kit/table.tsx"
import { Tag, type Tone } from "#kit/tag.tsx"
import { Heading, Lead } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Fields, Frame } from "#platform/http"
import type { Problem } from "#platform/problem"
import type { Mistake } from "../delegations/inputs.tsx"
import type { Desk } from "../desk.ts"
import { definitionWords, said } from "./words.ts"

interface DefinitionLayoutProps {
  readonly desk: Desk
  readonly title: string
  readonly lead?: string | undefined
  readonly mistake?: Mistake | undefined
  /** What else is wrong, each with its input. */
  readonly unread?: readonly Mistake[]
  /** There is a form `page` on it, which goes along with a switch of language. */
  readonly hasForm?: boolean
  readonly children: ComponentChildren
}

export function DefinitionLayout({ desk, title, lead, mistake, unread = [], hasForm = false, children }: DefinitionLayoutProps) {
  const { frame, side, post } = desk
  const errors = [...(mistake?.field ? [mistake] : []), ...unread]
  const hasErrors = mistake !== undefined || errors.length > 0
  return (
    <DeskLayout {...{ frame, title, side, post, hasErrors }} {...(hasForm && { form: "page" })}>
      <ErrorSummary frame={frame} errors={errors} />
      {mistake?.field === "" && (
        <Alert tone="danger" role="alert">
          <p>{mistake.text}</p>
        </Alert>
      )}
      <Heading>{title}</Heading>
      {lead && <Lead>{lead}</Lead>}
      {children}
    </DeskLayout>
  )
}

/** The inputs that mistakes are about; a reason's name depends on what was to be done. */
const INPUTS: Readonly<Record<string, string>> = {
  "legal-basis-missing": "legalBasis",
  "replacement-unknown": "replacedBy",
}
const REASONS: Readonly<Record<string, string>> = { retire: "retireWhy", return: "returnWhy", migrate: "reason" }

/** A mistake beside its input, in words that fit where it was made; `doing` is what was to be done, the form's `do`. */
export function mistakeWords(frame: Frame, problem: Problem, doing: string, typed?: Fields): Mistake {
  const t = definitionWords(frame)
  const { title, text } = problemWords(frame.lang, problem)
  if (problem.code === "reason-missing") return { field: REASONS[doing] ?? "why", text: t("whyMissing") }
  if (problem.code === "draft-changed") return { field: "", text: t(doing === "save" ? "savedMeanwhile" : "changedMeanwhile") }
  if (problem.code === "not-found") return { field: "code", text: t("codeMalformed") }
  if (problem.code === "publication-dates" && typed && doing !== "publish") return mistakenDays(frame, typed)
  const field = doing === "publish" ? undefined : INPUTS[problem.code]
  return field ? { field, text } : { field: "", text: `${title}. ${text}` }
}

/** Which of the two days of a proposal can't be, and why. */
function mistakenDays(frame: Frame, typed: Fields): Mistake {
  const t = definitionWords(frame)
  const [from, until] = [dayIn(typed, "validFrom"), dayIn(typed, "validUntil")]
  if (from === "") return { field: "validFrom.day", text: t("dayMissing") }
  const unreal = dayMistake(frame, from)
  if (unreal) return { field: "validFrom.day", text: unreal }
  const text = dayMistake(frame, until) ?? (until !== "" && until < from ? t("dayBeforeFirst") : undefined)
  return text ? { field: "validUntil.day", text } : { field: "validFrom.day", text: t("dayGone") }
}

const tones: Readonly<Record<string, Tone>> = {
  "in-force": "success",
  coming: "info",
  retiring: "warning",
  withdrawn: "danger",
  open: "accent",
  proposed: "warning",
  running: "accent",
  done: "success",
}

/** A retirement that begins later is told apart from a version that does. */
export const stateOf = ({ kind, state }: Pick<VersionEntry, "kind" | "state">): string =>
  kind === "withdrawn" && state === "coming" ? "retiring" : state

export const StateTag = ({ frame, state }: { frame: Frame; state: string }) => (
  <Tag tone={tones[state] ?? "neutral"}>{said(frame, "state", state)}</Tag>
)

/** What differs, part by part, a sentence each. */
export function Changes({ frame, changes }: { frame: Frame; changes: readonly Change[] }) {
  if (changes.length === 0) return <p>{definitionWords(frame)("noDifferences")}</p>
  return (
    <>
      {parts
        .filter((part) => changes.some((change) => change.part === part))
        .map((part) => (
          <section key={part} class="stack">
            <Heading level={3}>{textOf(frame, partWords[part])}</Heading>
            <ul class="list">
              {changes
                .filter((change) => change.part === part)
                .map((change) => changeWords(change, frame.lang))
                .map((words) => (
                  <li key={words}>{words}</li>
                ))}
            </ul>
          </section>
        ))}
    </>
  )
}

/** What the check has to say, with place and mend. */
export function Findings(props: FindingsProps) {
  const t = definitionWords(props.frame)
  const [faults, warnings] = [faultsAmong(props.findings), props.findings.filter(({ severity }) => severity === "warning")]
  return (
    <>
      {faults.length === 0 ? (
        <Alert tone="success">
          <p>{t("noFindings")}</p>
        </Alert>
      ) : (
        <FindingsTable {...props} findings={faults} caption={t("findings", { count: faults.length })} />
      )}
      {warnings.length > 0 && (
        <FindingsTable {...props} findings={warnings} caption={t("warnings", { count: warnings.length })} />
      )}
    </>
  )
}

interface FindingsProps {
  readonly frame: Frame
  readonly findings: readonly Finding[]
  readonly isLinked: boolean
}

function FindingsTable({ frame, findings, isLinked, caption }: FindingsProps & { readonly caption: string }) {
  const t = definitionWords(frame)
  return (
    <Table
      frame={frame}
      caption={caption}
      rows={findings.map((finding, nth) => ({ ...finding, nth }))}
      rowKey={({ nth }) => String(nth)}
      columns={[
        {
          key: "place",
          title: t("place"),
          cell: (finding) => <Place frame={frame} finding={finding} isLinked={isLinked} />,
          nowrap: true,
        },
        { key: "fault", title: t("fault"), cell: ({ words }) => textOf(frame, words), prose: true },
        { key: "mend", title: t("mend"), cell: ({ mend }) => textOf(frame, mend), prose: true },
      ]}
    />
  )
}

/** The file and the line; leads to the file where it stands on the page. */
function Place({ frame, finding, isLinked }: { frame: Frame; finding: Finding; isLinked: boolean }) {
  const file = finding.file.split("/").at(-1)!
  const words = `${file}, ${definitionWords(frame)("atLine", { line: finding.line })}`
  if (!isLinked) return <>{words}</>
  return (
    <a class="ds-link" href={`#file-${file.replace(/\.\w+$/, "")}`}>
      {words}
    </a>
  )
}
