// Why a case is due when it is: the calendar's arithmetic, line by line.
import type { Due, Line } from "#engines/calendar"
import type { Frame } from "#platform/http"
import { formats, textOf } from "../words.ts"
import { caseWords } from "./words.ts"

type Tongue = Pick<Frame, "lang" | "place">

/** Opens on demand; prints open. */
export function WhyDue({ frame, due }: { frame: Tongue; due: Due }) {
  const t = caseWords(frame)
  return (
    <details class="more">
      <summary>{t("whyDue", { due: formats(frame).dateTime(due.due) })}</summary>
      <ol class="list small">
        {due.arithmetic.map((line) => (
          <li key={JSON.stringify(line)}>{wordsOfLine(frame, line)}</li>
        ))}
      </ol>
    </details>
  )
}

function wordsOfLine(frame: Tongue, line: Line): string {
  const t = caseWords(frame)
  const { day } = formats(frame)
  const { code, ...params } = line
  const shown = Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value === "object") return [name, textOf(frame, value as Readonly<Record<string, string>>)]
      return [name, /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? day(String(value)) : value]
    }),
  )
  const say = t as (key: string, params: Readonly<Record<string, string | number>>) => string
  return say(`line.${code}`, shown as Record<string, string | number>)
}
