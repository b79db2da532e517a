// What the registers told: shown with its source, not asked; each with a way to say that it is wrong.
import { type Field, printedValue, type Source, submission, textOf } from "#engines/form"
import { fullName } from "./around-field.tsx"
import { type Drawing, formWords } from "./drawing.ts"
import { isSameSource, Provenance } from "./provenance.tsx"

/** Facts of one source stand together under one line that names it. */
export function KnownValues({ drawing, fields }: { drawing: Drawing; fields: readonly Field[] }) {
  const runs: { readonly source: Source | undefined; readonly fields: Field[] }[] = []
  for (const field of fields) {
    const source = drawing.values[field.id]?.source
    const run = runs.at(-1)
    if (run && isSameSource(run.source, source)) run.fields.push(field)
    else runs.push({ source, fields: [field] })
  }
  return (
    <>
      {runs.map(({ source, fields: known }) => (
        <div class="told" key={known[0]!.id}>
          {source && <Provenance drawing={drawing} source={source} />}
          <dl class="summary">
            {known.map((field) => (
              <KnownValue key={field.id} drawing={drawing} field={field} />
            ))}
          </dl>
        </div>
      ))}
    </>
  )
}

function KnownValue({ drawing, field }: { drawing: Drawing; field: Field }) {
  const { frame, context, values } = drawing
  const t = formWords(frame)
  const answer = values[field.id]
  const name = textOf(field.name, frame.lang)
  const canDispute = answer?.state === "verified" && field.type !== "register-value"
  const shown = field.type === "computed" ? computedText(drawing, field) : printedValue(field, answer?.value, context)
  return (
    <div id={field.id}>
      <dt>{name}</dt>
      <dd>{field.type === "file" ? t("held") : <Lines text={shown} />}</dd>
      {canDispute && (
        <dd class="change">
          <button class="ds-button" data-variant="tertiary" data-size="sm" type="submit" name="_do" value={`dispute:${field.id}`}>
            {t("wrong")}
            <span class="ds-sr-only">: {fullName(frame, field)}</span>
          </button>
        </dd>
      )}
    </div>
  )
}

/** What is worked out from the answers stands nowhere among them. */
function computedText({ form, values, context }: Drawing, field: Field): string {
  const value = submission(form, values, context)[field.id]?.value
  return printedValue(field, value, context)
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
        <span class="ds-sr-only">: {fullName(frame, field)}</span>
      </button>
    </p>
  )
}
