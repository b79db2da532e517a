// Headings and texts with a value in them: money, days, times.
import type { ComponentChildren } from "preact"
import type { Frame } from "#platform/http"
import { formats, kitWords } from "./words.ts"

type Tongue = Pick<Frame, "lang" | "place">

/** A heading; `id` makes it a place to link to. */
export function Heading({ level = 1, id, children }: { level?: 1 | 2 | 3; id?: string; children: ComponentChildren }) {
  const Tag = `h${level}` as const
  return <Tag id={id}>{children}</Tag>
}

/** The opening sentence of a page. */
export function Lead({ children }: { children: ComponentChildren }) {
  return <p class="lead read">{children}</p>
}

/** An amount of the country's currency; nothing to pay is said in words. */
export function Money({ frame, amount }: { frame: Tongue; amount: number }) {
  return <span class="num">{amount === 0 ? kitWords(frame)("free") : formats(frame).money(amount)}</span>
}

/** A calendar day ("2026-03-09") or the local day of an instant. */
export function Day({ frame, value, long = false }: { frame: Tongue; value: string | Date; long?: boolean }) {
  const { day, dayLong } = formats(frame)
  return <time dateTime={typeof value === "string" ? value : value.toISOString()}>{(long ? dayLong : day)(value)}</time>
}

/** An instant in the country's time zone, to the minute. */
export function Moment({ frame, value }: { frame: Tongue; value: Date }) {
  return <time dateTime={value.toISOString()}>{formats(frame).dateTime(value)}</time>
}
