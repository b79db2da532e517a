// Named formats of texts: two that hold everywhere, and those that the country brings.
import type { FieldErrorCode } from "../field-errors.ts"
import type { FormContext } from "../values.ts"
import { type Mistake, right, wrong } from "./element.ts"

const everywhere: Readonly<Record<string, (text: string) => boolean>> = {
  email: (text) => text.length <= 254 && /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(text),
  phone: (text) => /^\+?[0-9][0-9 .()-]{6,20}$/.test(text),
}

const codes: Readonly<Record<string, FieldErrorCode>> = {
  email: "format-email",
  phone: "format-phone",
  "personal-number": "format-personal-number",
  "organisation-number": "format-organisation-number",
}

/** Nothing when `text` is of the format, or when nobody here knows the format. */
export function formatMistake(format: string, text: string, context: FormContext): readonly Mistake[] {
  const holds = isOfFormat(format, text, context)
  return holds ? right : wrong(codes[format] ?? "format", { format })
}

/** The country's own rule first, then the one that holds everywhere. */
export function isOfFormat(format: string, text: string, context: FormContext): boolean {
  const own = context.formats && Object.hasOwn(context.formats, format) ? context.formats[format] : undefined
  const rule = own ?? (Object.hasOwn(everywhere, format) ? everywhere[format] : undefined)
  return rule ? rule(text) : true
}
