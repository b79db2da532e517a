// A repeating group: its entries one below the other, with buttons that work without JavaScript.
import { textOf } from "#engines/form"
import { Hint, MistakeText, nameOf } from "./around-field.tsx"
import { formWords, textIn } from "./drawing.ts"
import { mistakeOf } from "./error-text.ts"
import { FieldInputs, type FieldProps } from "./field.tsx"

export function Entries({ drawing, field, id, mistake }: FieldProps) {
  const { frame, raw } = drawing
  const t = formWords(frame)
  const name = textOf(field.name, frame.lang)
  const given = Number(textIn(raw, `${id}.count`)) || 0
  const count = Math.max(given, field.optional || field.min === "0" ? 0 : 1)
  return (
    <fieldset class="ds-fieldset entries" id={id} tabIndex={-1} aria-describedby={mistake && `${id}-error`}>
      <legend class="ds-label" data-weight="medium">
        {nameOf(frame, field)}
      </legend>
      <Hint id={id} text={field.hint && textOf(field.hint, frame.lang)} />
      <MistakeText id={id} mistake={mistake} />
      <input type="hidden" name={`${id}.count`} value={String(count)} />
      {Array.from({ length: count }, (_one, index) => (
        <fieldset class="ds-fieldset entry" key={index}>
          <legend class="ds-label" data-weight="medium">
            {t("entry", { name, number: index + 1 })}
          </legend>
          {(field.fields ?? []).map((one) => {
            const inner = `${id}.${index}.${one.id}`
            return <FieldInputs key={inner} drawing={drawing} field={one} id={inner} mistake={mistakeOf(drawing, inner)} />
          })}
          <button
            class="ds-button"
            data-variant="tertiary"
            data-size="sm"
            type="submit"
            name="_do"
            value={`remove:${id}:${index}`}
          >
            {t("remove", { number: index + 1 })}
          </button>
        </fieldset>
      ))}
      <button class="ds-button" data-variant="secondary" type="submit" name="_do" value={`add:${id}`}>
        {t("add", { name })}
      </button>
    </fieldset>
  )
}
