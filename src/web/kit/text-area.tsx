// A box for some sentences, with its hint and what is wrong with them.
import type { ComponentChildren } from "preact"

/** Characters of a reason, an answer, a remark. */
export const SENTENCES_MAX_CHARS = 2_000

interface Props {
  /** Of the input; also its name. */
  readonly id: string
  readonly label: ComponentChildren
  readonly hint: ComponentChildren
  readonly typed: string | undefined
  readonly mistake: string | undefined
}

export function TextArea({ id, label, hint, typed, mistake }: Props) {
  const described = mistake === undefined ? `${id}-hint` : `${id}-hint ${id}-error`
  return (
    <div class="ds-field">
      <label class="ds-label" data-weight="medium" for={id}>
        {label}
      </label>
      <div data-field="description" id={`${id}-hint`}>
        {hint}
      </div>
      <textarea
        class="ds-input"
        id={id}
        name={id}
        rows={4}
        maxLength={SENTENCES_MAX_CHARS}
        aria-describedby={described}
        aria-invalid={mistake === undefined ? undefined : "true"}
      >
        {typed}
      </textarea>
      {mistake !== undefined && (
        <p class="ds-validation-message" data-field="validation" data-color="danger" id={`${id}-error`}>
          {mistake}
        </p>
      )}
    </div>
  )
}
