// Days of the country's calendar as moments in time.

const MINUTE_MS = 60_000

/** The moment at which `day` (2026-03-09) begins in `timeZone` (an IANA name); null without a day. */
export function startOfDay(day: string | undefined, timeZone: string): Date | null {
  if (day === undefined) return null
  const asUtc = Date.parse(`${day}T00:00:00Z`)
  const guess = asUtc - offsetMs(asUtc, timeZone)
  return new Date(asUtc - offsetMs(guess, timeZone))
}

/** The next day; validity includes its last day, while a row of the database ends where the next day begins. */
export function dayAfter<Day extends string | undefined>(day: Day): Day {
  if (day === undefined) return day
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10) as Day
}

/** How far the zone's clocks are ahead of UTC at a moment. */
function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value)
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"))
  return local - Math.floor(at / MINUTE_MS) * MINUTE_MS
}
