// The fields of one page of a form: what is known, then what is asked. Stands inside a <form> with its own buttons.
import { askedFields, type Field, shownFields, textOf } from "#engines/form"
import type { Drawing } from "./drawing.ts"
import { mistakeOf } from "./error-text.ts"
import { FieldInputs } from "./field.tsx"
import { KnownValues, RegisterSays } from "./known-values.tsx"

/** Draws a page's fields. The form around it is multipart when `asksFiles` says so. */
export function FormFields({ drawing }: { drawing: Drawing }) {
  const { frame, form, page, values, context } = drawing
  const asked = askedFields(form, page, values, context)
  // What is worked out from this page's own answers can't be known yet: it is told when the answers are checked.
  const isTold = (field: Field) => field.type !== "computed" || asked.length === 0
  const shown = new Set(shownFields(form, page, values, context).filter(isTold))
  const parts = partsOf(page.fields.filter((field) => shown.has(field) || asked.includes(field)))
  return (
    <div class="stack fields">
      {/* The first button of a form is the one that Enter presses: it must not be one of those inside the page. */}
      <button class="ds-sr-only" type="submit" tabIndex={-1} aria-hidden="true" />
      {page.intro && <p>{textOf(page.intro, frame.lang)}</p>}
      {parts.map(({ subject, fields }) => {
        const inside = (
          <PartFields
            drawing={drawing}
            known={fields.filter((one) => shown.has(one))}
            asked={fields.filter((one) => !shown.has(one))}
          />
        )
        return subject && parts.length > 1 ? (
          <fieldset class="ds-fieldset stack subject" key={fields[0]!.id}>
            <legend class="ds-label" data-size="lg">
              {textOf(subject, frame.lang)}
            </legend>
            {inside}
          </fieldset>
        ) : (
          inside
        )
      })}
      <input type="hidden" name="_asked" value={asked.map((field) => field.id).join(" ")} />
    </div>
  )
}

/** Neighbours about the same subject stand together. */
function partsOf(fields: readonly Field[]) {
  const parts: { readonly subject: Field["subject"]; readonly fields: Field[] }[] = []
  for (const field of fields) {
    const part = parts.at(-1)
    if (part && part.subject === field.subject) part.fields.push(field)
    else parts.push({ subject: field.subject, fields: [field] })
  }
  return parts
}

function PartFields({ drawing, known, asked }: { drawing: Drawing; known: readonly Field[]; asked: readonly Field[] }) {
  return (
    <>
      <KnownValues drawing={drawing} fields={known} />
      {asked.map((field) => (
        <div class="asked" key={field.id}>
          <FieldInputs drawing={drawing} field={field} id={field.id} mistake={mistakeOf(drawing, field.id)} />
          <RegisterSays drawing={drawing} field={field} />
        </div>
      ))}
    </>
  )
}

/** Does the page ask for a file? */
export const asksFiles = ({ form, page, values, context }: Pick<Drawing, "form" | "page" | "values" | "context">): boolean =>
  askedFields(form, page, values, context).some(
    (field) => field.type === "file" || field.fields?.some((inner) => inner.type === "file"),
  )
