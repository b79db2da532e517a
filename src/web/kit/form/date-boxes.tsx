// A date in three boxes.
import { textOf } from "#engines/form"
import { Legended } from "./around-field.tsx"
import { describedBy, formWords, textIn } from "./drawing.ts"
import type { FieldProps } from "./field.tsx"

const boxes = [
  { part: "day", size: 3, birthday: "bday-day" },
  { part: "month", size: 3, birthday: "bday-month" },
  { part: "year", size: 5, birthday: "bday-year" },
] as const

export function DateBoxes({ drawing, field, id, mistake }: FieldProps) {
  const { frame, raw, context } = drawing
  const t = formWords(frame)
  const example = t("dateExample", { example: exampleFor(context.today) })
  const hint = field.hint ? textOf(field.hint, frame.lang) : field.incomplete ? `${example}. ${t("dateIncomplete")}` : example
  return (
    <Legended frame={frame} field={field} id={id} hint={hint} mistake={mistake}>
      <div class="date">
        {boxes.map(({ part, size, birthday }) => (
          <div class="ds-field" key={part}>
            <label class="ds-label" for={`${id}.${part}`}>
              {t(part)}
            </label>
            <input
              class="ds-input"
              type="text"
              id={`${id}.${part}`}
              name={`${id}.${part}`}
              value={textIn(raw, `${id}.${part}`)}
              size={size}
              inputmode="numeric"
              autocomplete={field.autocomplete === "bday" ? birthday : undefined}
              aria-describedby={describedBy(id, false, mistake)}
              aria-invalid={mistake && (mistake.part ?? part) === part ? "true" : undefined}
            />
          </div>
        ))}
      </div>
    </Legended>
  )
}

/** A day of last year, in the order of the boxes. */
const exampleFor = (today: string): string => `27 3 ${Number(today.slice(0, 4)) - 1}`
