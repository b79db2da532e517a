// A date in three boxes.
import { textOf } from "#engines/form"
import { Legended } from "./around-field.tsx"
import { DayBoxes, exampleDay } from "./day-boxes.tsx"
import { describedBy, formWords, textIn } from "./drawing.ts"
import type { FieldProps } from "./field.tsx"

export function DateBoxes({ drawing, field, id, mistake }: FieldProps) {
  const { frame, raw, context } = drawing
  const t = formWords(frame)
  const example = t("dateExample", { example: exampleDay(Number(context.today.slice(0, 4))) })
  const hint = field.hint ? textOf(field.hint, frame.lang) : field.incomplete ? `${example}. ${t("dateIncomplete")}` : example
  return (
    <Legended frame={frame} field={field} id={id} hint={hint} mistake={mistake}>
      <DayBoxes
        frame={frame}
        id={id}
        typed={(part) => textIn(raw, `${id}.${part}`)}
        isWrong={(part) => mistake !== undefined && (mistake.part ?? part) === part}
        describedBy={describedBy(id, false, mistake)}
        isBirthday={field.autocomplete === "bday"}
      />
    </Legended>
  )
}
