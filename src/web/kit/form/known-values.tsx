// What the registers told: shown with its source, not asked; each with a way to say that it is wrong.
import { type Field, printedValue, textOf } from "#engines/form"
import { type Drawing, formWords } from "./drawing.ts"
import { Provenance } from "./provenance.tsx"

export function KnownValues({ drawing, fields }: { drawing: Drawing; fields: readonly Field[] }) {
  if (fields.length === 0) return null
  return (
    <dl class="summary">
      {fields.map((field) => (
        <KnownValue key={field.id} drawing={drawing} field={field} />
      ))}
    </dl>
  )
}

function KnownValue({ drawing, field }: { drawing: Drawing; field: Field }) {
  const { frame, context, values } = drawing
  const t = formWords(frame)
  const answer = values[field.id]
  const name = textOf(field.name, frame.lang)
  const isPaper = field.type === "file"
  const canDispute = answer?.state === "verified" && field.type !== "register-value"
  return (
    <div id={field.id}>
      <dt>{name}</dt>
      <dd>
        {isPaper ? t("held") : <Lines text={printedValue(field, answer?.value, context)} />}
        {answer?.source && <Provenance drawing={drawing} source={answer.source} />}
      </dd>
      {canDispute && (
        <dd class="change">
          <button class="ds-button" data-variant="tertiary" data-size="sm" type="submit" name="_do" value={`dispute:${field.id}`}>
            {t("wrong")}
            <span class="ds-sr-only">: {name}</span>
          </button>
        </dd>
      )}
    </div>
  )
}

/** A text with its line breaks. */
export function Lines({ text }: { text: string }) {
  return (
    <>
      {text.split("\n").map((line, index) => (
        <>
          {index > 0 && <br />}
          {line}
        </>
      ))}
    </>
  )
}

/** Under a disputed value's inputs: what the register says, and the way back to it. */
export function RegisterSays({ drawing, field }: { drawing: Drawing; field: Field }) {
  const { frame, context, values } = drawing
  const t = formWords(frame)
  const answer = values[field.id]
  if (answer?.state !== "disputed") return null
  return (
    <p class="chosen">
      {t("registerSays", { text: field.type === "file" ? t("held") : printedValue(field, answer.registered, context) })}
      {answer.source && <Provenance drawing={drawing} source={answer.source} />}
      <button class="ds-button" data-variant="tertiary" data-size="sm" type="submit" name="_do" value={`restore:${field.id}`}>
        {t("restore")}
        <span class="ds-sr-only">: {textOf(field.name, frame.lang)}</span>
      </button>
    </p>
  )
}
