// The fields of one page of a form: what is known, then what is asked. Stands inside a <form> with its own buttons.
import { askedFields, shownFields, textOf } from "#engines/form"
import type { Drawing } from "./drawing.ts"
import { mistakeOf } from "./error-text.ts"
import { FieldInputs } from "./field.tsx"
import { KnownValues, RegisterSays } from "./known-values.tsx"

/** Draws a page's fields. The form around it is multipart when `asksFiles` says so. */
export function FormFields({ drawing }: { drawing: Drawing }) {
  const { frame, form, page, values, context } = drawing
  const asked = askedFields(form, page, values, context)
  return (
    <div class="stack fields">
      {/* The first button of a form is the one that Enter presses: it must not be one of those inside the page. */}
      <button class="ds-sr-only" type="submit" tabIndex={-1} aria-hidden="true" />
      {page.intro && <p>{textOf(page.intro, frame.lang)}</p>}
      <KnownValues drawing={drawing} fields={shownFields(form, page, values, context)} />
      {asked.map((field) => (
        <div class="asked" key={field.id}>
          <FieldInputs drawing={drawing} field={field} id={field.id} mistake={mistakeOf(drawing, field.id)} />
          <RegisterSays drawing={drawing} field={field} />
        </div>
      ))}
      <input type="hidden" name="_asked" value={asked.map((field) => field.id).join(" ")} />
    </div>
  )
}

/** Does the page ask for a file? */
export const asksFiles = ({ form, page, values, context }: Pick<Drawing, "form" | "page" | "values" | "context">): boolean =>
  askedFields(form, page, values, context).some(
    (field) => field.type === "file" || field.fields?.some((inner) => inner.type === "file"),
  )
