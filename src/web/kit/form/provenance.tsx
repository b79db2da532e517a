// Where a value comes from, and when: "Từ Bộ Công an, Cơ sở dữ liệu dân cư, hôm nay 09:12, thông điệp 4f1c09d2".
import type { Source } from "#engines/form"
import { formatsOf } from "#platform/words"
import { Icon } from "../icon.tsx"
import { type Drawing, formWords } from "./drawing.ts"

/** Told by the same register with the same message. */
export const isSameSource = (a: Source | undefined, b: Source | undefined): boolean =>
  a?.register === b?.register && a?.asOf === b?.asOf && a?.message === b?.message

type Telling = Pick<Drawing, "frame" | "context" | "registerName" | "lookupHref">

const dayOf = ({ frame }: Telling, at: Date): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: frame.place.timeZone, dateStyle: "short" }).format(at)

/** The end of an id of a message: its beginning is the time, which many share. */
const SHORT_ID_CHARS = 8

/** The line in words. */
export function provenanceText(telling: Telling, source: Source): string {
  const { frame, context, registerName } = telling
  const t = formWords(frame)
  const at = new Date(source.asOf)
  const register = registerName(source.register)
  if (Number.isNaN(at.getTime())) return register
  const formats = formatsOf(frame.lang, frame.place)
  const isToday = dayOf(telling, at) === context.today
  return t("from", { register, when: isToday ? t("today", { time: formats.time(at) }) : formats.dateTime(at) })
}

export function Provenance({ drawing, source }: { drawing: Telling; source: Source }) {
  const { frame, lookupHref } = drawing
  const at = new Date(source.asOf)
  const message = formWords(frame)("message", { id: source.message.slice(-SHORT_ID_CHARS) })
  const href = Number.isNaN(at.getTime()) ? undefined : lookupHref?.(dayOf(drawing, at), source.message)
  return (
    <span class="source">
      <Icon name="shield" />
      <span>
        {provenanceText(drawing, source)},{" "}
        {href ? (
          <a class="ds-link" href={href}>
            {message}
          </a>
        ) : (
          message
        )}
      </span>
    </span>
  )
}
