// A paper as a file: what is handed in already, and a box to choose one.
import { FILE_BYTES_MAX, textOf, type UploadedFile } from "#engines/form"
import { Labelled } from "./around-field.tsx"
import { describedBy, FILE_KINDS, formWords, sizeInWords } from "./drawing.ts"
import type { FieldProps } from "./field.tsx"

const endings: Readonly<Record<string, string>> = {
  pdf: ".pdf,application/pdf",
  jpg: ".jpg,.jpeg,image/jpeg",
  png: ".png,image/png",
}

export function FileBox({ drawing, field, id, mistake }: FieldProps) {
  const { frame, values } = drawing
  const t = formWords(frame)
  const accept = field.accept ?? FILE_KINDS
  const limits = t("file", {
    kinds: accept.join(", ").toUpperCase(),
    size: sizeInWords(field.maxBytes ?? FILE_BYTES_MAX, frame.lang),
  })
  const chosen = values[id]?.state === "declared" ? (values[id]?.value as unknown as UploadedFile) : undefined
  const hint = [field.hint && textOf(field.hint, frame.lang), limits, chosen && t("fileReplace")].filter(Boolean).join(". ")
  return (
    <>
      <Labelled frame={frame} field={field} id={id} hint={hint} mistake={mistake}>
        <input
          class="ds-input"
          type="file"
          id={id}
          name={id}
          accept={accept.map((kind) => endings[kind]).join(",")}
          aria-describedby={describedBy(id, true, mistake)}
          aria-invalid={mistake ? "true" : undefined}
        />
      </Labelled>
      {chosen && (
        <p class="chosen">
          {t("fileChosen", { name: chosen.name, size: sizeInWords(chosen.bytes, frame.lang) })}{" "}
          <button class="ds-button" data-variant="tertiary" data-size="sm" type="submit" name="_do" value={`drop:${id}`}>
            {t("fileDrop")}
          </button>
        </p>
      )}
    </>
  )
}
