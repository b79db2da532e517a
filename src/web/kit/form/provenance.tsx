// Where a value comes from, and when: "Từ Cơ sở dữ liệu dân cư, hôm nay 09:12".
import type { Source } from "#engines/form"
import { formatsOf } from "#platform/words"
import { Icon } from "../icon.tsx"
import { type Drawing, formWords } from "./drawing.ts"

/** Told by the same register at the same time. */
export const isSameSource = (a: Source | undefined, b: Source | undefined): boolean =>
  a?.register === b?.register && a?.asOf === b?.asOf

/** The line in words. */
export function provenanceText(
  { frame, context, registerName }: Pick<Drawing, "frame" | "context" | "registerName">,
  source: Source,
): string {
  const t = formWords(frame)
  const at = new Date(source.asOf)
  const register = registerName(source.register)
  if (Number.isNaN(at.getTime())) return register
  const formats = formatsOf(frame.lang, frame.place)
  const isToday = new Intl.DateTimeFormat("en-CA", { timeZone: frame.place.timeZone }).format(at) === context.today
  return t("from", { register, when: isToday ? t("today", { time: formats.time(at) }) : formats.dateTime(at) })
}

export function Provenance({
  drawing,
  source,
}: {
  drawing: Pick<Drawing, "frame" | "context" | "registerName">
  source: Source
}) {
  return (
    <span class="source">
      <Icon name="shield" />
      {provenanceText(drawing, source)}
    </span>
  )
}
