// A person or an organisation by number; the name is asked only where no register told it.
import { textOf } from "#engines/form"
import { Legended } from "./around-field.tsx"
import { describedBy, formWords, textIn } from "./drawing.ts"
import type { FieldProps } from "./field.tsx"
import { Provenance } from "./provenance.tsx"

export function NumberedBoxes({ drawing, field, id, mistake }: FieldProps) {
  const { frame, raw, values } = drawing
  const t = formWords(frame)
  const answer = values[id]
  const given = answer?.value as { number?: string; name?: string } | undefined
  const toldBy = answer?.source && given?.number === textIn(raw, `${id}.number`) ? answer.source : undefined
  const asksName = !toldBy && (given !== undefined || textIn(raw, `${id}.name`) !== "")
  return (
    <Legended frame={frame} field={field} id={id} hint={field.hint && textOf(field.hint, frame.lang)} mistake={mistake}>
      <div class="ds-field">
        <label class="ds-label" for={`${id}.number`}>
          {t(field.type === "person" ? "number" : "organisationNumber")}
        </label>
        <input
          class="ds-input"
          type="text"
          id={`${id}.number`}
          name={`${id}.number`}
          value={textIn(raw, `${id}.number`)}
          size={18}
          inputmode={field.type === "person" ? "numeric" : undefined}
          spellcheck={false}
          aria-describedby={describedBy(id, false, mistake)}
          aria-invalid={mistake && mistake.part !== "name" ? "true" : undefined}
        />
      </div>
      {toldBy && (
        <p>
          {given?.name} <Provenance drawing={drawing} source={toldBy} />
        </p>
      )}
      {asksName && (
        <div class="ds-field">
          <label class="ds-label" for={`${id}.name`}>
            {t("holder")}
          </label>
          <div data-field="description" id={`${id}.name-hint`}>
            {t("holderHint")}
          </div>
          <input
            class="ds-input"
            type="text"
            id={`${id}.name`}
            name={`${id}.name`}
            value={textIn(raw, `${id}.name`)}
            spellcheck={false}
            aria-describedby={`${id}.name-hint`}
            aria-invalid={mistake?.part === "name" ? "true" : undefined}
          />
        </div>
      )}
    </Legended>
  )
}
