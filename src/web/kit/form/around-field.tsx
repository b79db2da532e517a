// What stands around a field's inputs: label or legend, hint, mistake.
import type { ComponentChildren } from "preact"
import { type Field, textOf } from "#engines/form"
import { type FormFrame, formWords, type Mistake } from "./drawing.ts"

/** The field's name as it is asked. */
export function nameOf(frame: FormFrame, field: Field): string {
  const name = textOf(field.name, frame.lang)
  return field.optional ? formWords(frame)("optional", { name }) : name
}

/** The field's name with whom it is about, for places where the heading isn't near. */
export function fullName(frame: FormFrame, field: Field): string {
  const name = textOf(field.name, frame.lang)
  return field.subject ? `${textOf(field.subject, frame.lang)} – ${name}` : name
}

/** The hint under a label. */
export function Hint({ id, text }: { id: string; text: string | undefined }) {
  return text ? (
    <div data-field="description" id={`${id}-hint`}>
      {text}
    </div>
  ) : null
}

/** The mistake beside the input. */
export function MistakeText({ id, mistake }: { id: string; mistake: Mistake | undefined }) {
  return mistake ? (
    <p class="ds-validation-message" data-field="validation" data-color="danger" id={`${id}-error`}>
      {mistake.text}
    </p>
  ) : null
}

interface Around {
  readonly frame: FormFrame
  readonly field: Field
  readonly id: string
  readonly hint?: string | undefined
  readonly mistake: Mistake | undefined
  readonly children: ComponentChildren
}

/** One input with its label. */
export function Labelled({ frame, field, id, hint, mistake, children }: Around) {
  return (
    <div class="ds-field">
      <label class="ds-label" data-weight="medium" for={id}>
        {nameOf(frame, field)}
      </label>
      <Hint id={id} text={hint} />
      {children}
      <MistakeText id={id} mistake={mistake} />
    </div>
  )
}

/** Several inputs under one legend. */
export function Legended({ frame, field, id, hint, mistake, children }: Around) {
  const described = [hint && `${id}-hint`, mistake && `${id}-error`].filter(Boolean).join(" ") || undefined
  return (
    <fieldset class="ds-fieldset" aria-describedby={described}>
      <legend class="ds-label" data-weight="medium">
        {nameOf(frame, field)}
      </legend>
      <Hint id={id} text={hint} />
      {children}
      <MistakeText id={id} mistake={mistake} />
    </fieldset>
  )
}
