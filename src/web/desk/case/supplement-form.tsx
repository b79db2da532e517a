// Asking the applicant for a supplement: every answer that is theirs to give, each with room for the reason.
import { type CaseFile, supplementFields } from "#cases"
import type { Field, FormContext } from "#engines/form"
import { Button } from "#kit/button.tsx"
import { textOf } from "#kit/words.ts"
import type { Fields } from "#platform/http"
import { type Desk, deskWords } from "../desk.ts"
import { marks, Wrong } from "./mistake.tsx"
import type { TaskState } from "./task-panel.tsx"

const REASONS = "reasons"

interface SupplementFormProps {
  readonly desk: Desk
  readonly file: CaseFile
  readonly context: FormContext
  readonly outcome: string
  /** With what was typed when the last deed failed. */
  readonly state: Pick<TaskState, "typed" | "mistake">
}

export function SupplementForm({ desk, file, context, outcome, state }: SupplementFormProps) {
  const { frame } = desk
  const t = deskWords(frame)
  return (
    <details class="more" open={state.typed?.get("outcome") === outcome || isBegun(state.typed)}>
      <summary>{t("supplementItems")}</summary>
      <div class="stack">
        <p class="subtle">{t("supplementHint")}</p>
        <datalist id={REASONS}>
          {reasonsOf(file).map((words) => (
            <option key={textOf(frame, words)} value={textOf(frame, words)} />
          ))}
        </datalist>
        {supplementFields(file, context).map((field) => (
          <Item key={field.id} desk={desk} field={field} state={state} />
        ))}
        <Button kind="secondary" name="outcome" value={outcome}>
          {t("askSupplement")}
        </Button>
      </div>
    </details>
  )
}

/** Something is ticked, or a reason for something is typed. */
const isBegun = (typed: Fields | undefined): boolean =>
  typed !== undefined &&
  Object.entries(typed.raw).some(([name, text]) => name === "item" || (name.startsWith("reason.") && text !== ""))

/** Reasons that the service brings along; others can be typed. */
const reasonsOf = ({ service }: CaseFile) =>
  Object.entries(service.words)
    .filter(([key]) => key.startsWith("reason-"))
    .map(([, words]) => words)

function Item({ desk: { frame }, field, state }: Pick<SupplementFormProps, "desk" | "state"> & { field: Field }) {
  const { typed, mistake } = state
  const t = deskWords(frame)
  const name = textOf(frame, field.name)
  const label = field.subject ? `${textOf(frame, field.subject)} – ${name}` : name
  return (
    <div class="stack tight">
      <div class="ds-field">
        <input
          class="ds-input"
          type="checkbox"
          id={`item-${field.id}`}
          name="item"
          value={field.id}
          checked={typed?.all("item").includes(field.id)}
          {...marks(`item-${field.id}`, mistake)}
        />
        <label class="ds-label" for={`item-${field.id}`}>
          {label}
        </label>
        <Wrong id={`item-${field.id}`} mistake={mistake} />
      </div>
      <div class="ds-field">
        <label class="ds-label unseen" for={`why-${field.id}`}>
          {t("itemReason", { label })}
        </label>
        <input
          class="ds-input"
          id={`why-${field.id}`}
          name={`reason.${field.id}`}
          list={REASONS}
          maxLength={2000}
          placeholder={t("reason")}
          value={typed?.get(`reason.${field.id}`)}
          {...marks(`why-${field.id}`, mistake)}
        />
        <Wrong id={`why-${field.id}`} mistake={mistake} />
      </div>
    </div>
  )
}
