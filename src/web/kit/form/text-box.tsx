// One box for text, a name, a number, a sum or a time; a larger one for text of several lines.
import { type Field, textOf } from "#engines/form"
import { Labelled } from "./around-field.tsx"
import { describedBy, formWords, textIn } from "./drawing.ts"
import type { FieldProps } from "./field.tsx"

/** How phones and browsers should treat the box. */
function keyboardOf(field: Field) {
  if (field.type === "number" || field.type === "money")
    return { inputmode: (field.decimals ?? 0) > 0 ? "decimal" : "numeric" } as const
  if (field.type === "personal-name") return { spellcheck: false, autocapitalize: "words" } as const
  if (field.format === "email") return { type: "email", inputmode: "email", spellcheck: false } as const
  if (field.format === "phone") return { type: "tel", inputmode: "tel" } as const
  if (field.format === "personal-number") return { inputmode: "numeric", spellcheck: false } as const
  return {}
}

/** Short answers have short boxes. */
function widthOf(field: Field): number | undefined {
  if (field.type === "time") return 7
  if (field.type === "number") return 12
  if (field.type === "money") return 18
  if (field.maxLength !== undefined && field.maxLength <= 30) return field.maxLength + 2
  return undefined
}

export function TextBox({ drawing, field, id, mistake }: FieldProps) {
  const { frame, raw } = drawing
  const t = formWords(frame)
  const hint = field.hint ? textOf(field.hint, frame.lang) : field.type === "time" ? t("timeExample") : undefined
  const unit = field.unit
    ? textOf(field.unit, frame.lang)
    : field.type === "money"
      ? field.currency === "VND"
        ? "₫"
        : field.currency
      : undefined
  const box = (
    <input
      class="ds-input"
      type="text"
      id={id}
      name={id}
      value={textIn(raw, id)}
      size={widthOf(field)}
      autocomplete={field.autocomplete}
      aria-describedby={describedBy(id, hint !== undefined, mistake)}
      aria-invalid={mistake ? "true" : undefined}
      {...keyboardOf(field)}
    />
  )
  return (
    <Labelled frame={frame} field={field} id={id} hint={hint} mistake={mistake}>
      {unit ? (
        <div class="ds-field-affixes">
          {box}
          <span class="ds-field-affix" aria-hidden="true">
            {unit}
          </span>
        </div>
      ) : (
        box
      )}
    </Labelled>
  )
}

export function LongTextBox({ drawing, field, id, mistake }: FieldProps) {
  const hint = field.hint && textOf(field.hint, drawing.frame.lang)
  return (
    <Labelled frame={drawing.frame} field={field} id={id} hint={hint} mistake={mistake}>
      <textarea
        class="ds-input"
        rows={5}
        id={id}
        name={id}
        aria-describedby={describedBy(id, hint !== undefined, mistake)}
        aria-invalid={mistake ? "true" : undefined}
      >
        {textIn(drawing.raw, id)}
      </textarea>
    </Labelled>
  )
}
