// The three boxes of a day: their inputs, and the day that was typed into them. Legend, hint and mistake stand around.
import { isDay as isDayOfCalendar } from "#engines/calendar"
import type { Fields } from "#platform/http"
import { type FormFrame, formWords } from "./drawing.ts"

const boxes = [
  { part: "day", size: 3, birthday: "bday-day" },
  { part: "month", size: 3, birthday: "bday-month" },
  { part: "year", size: 5, birthday: "bday-year" },
] as const
export type DayPart = (typeof boxes)[number]["part"]

interface DayBoxesProps {
  readonly frame: FormFrame
  /** The boxes are called `id.day`, `id.month`, `id.year`. */
  readonly id: string
  readonly typed: (part: DayPart) => string
  readonly isWrong: (part: DayPart) => boolean
  readonly describedBy: string | undefined
  readonly isBirthday?: boolean
}

export function DayBoxes({ frame, id, typed, isWrong, describedBy, isBirthday = false }: DayBoxesProps) {
  const t = formWords(frame)
  return (
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
            value={typed(part)}
            size={size}
            inputmode="numeric"
            autocomplete={isBirthday ? birthday : undefined}
            aria-describedby={describedBy}
            aria-invalid={isWrong(part) ? "true" : undefined}
          />
        </div>
      ))}
    </div>
  )
}

/**
 * The day of the boxes `name.day`, `name.month`, `name.year`, or of an address that has it whole: `2026-03-09`; empty when nothing is typed.
 * What is no day stays as typed, so that whoever reads it refuses it.
 */
export function dayIn(fields: Pick<Fields, "get">, name: string): string {
  const [day, month, year] = boxes.map(({ part }) => fields.get(`${name}.${part}`).trim()) as [string, string, string]
  if (`${day}${month}${year}` === "") return fields.get(name)
  return `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
}

/** A real day of the years 1000 to 2999: the 31st of February is none. */
export const isDay = (text: string): boolean => /^[12]/.test(text) && isDayOfCalendar(text)

/** What is said beside a day, as `dayIn` gives it, that is none; nothing where none was typed. */
export const dayMistake = (frame: FormFrame, day = ""): string | undefined =>
  day === "" || isDay(day) ? undefined : formWords(frame)("dayUnreal")

/** What stands in a box for a day as `dayIn` gives it. */
export function boxOf(day: string, part: DayPart): string {
  const [year = "", month = "", ...rest] = day.split("-")
  return { year, month, day: rest.join("-") }[part].replace(/^0+/, "")
}

/** A day of last year, in the order of the boxes. */
export const exampleDay = (year: number): string => `27 3 ${year - 1}`
