// Days as texts: real ones, incomplete ones, bounds counted from today. No clock.

/** Is it a day that exists: `2024-02-29`? */
export function isDay(text: string): boolean {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return found !== null && isRealDay(Number(found[1]), Number(found[2]), Number(found[3]))
}

/** Does the proleptic Gregorian calendar have this day, from the year 1000 on? */
export const isRealDay = (year: number, month: number, day: number): boolean =>
  year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Is it a day, a month (`1985-03`) or a year (`1985`)? */
export const isDate = (text: string): boolean => {
  if (text.length === 10) return isDay(text)
  if (text.length === 7) return /^[1-9]\d{3}-(0[1-9]|1[0-2])$/.test(text)
  return /^[1-9]\d{3}$/.test(text)
}

/** A bound as a day: `today-60d` counted from `today`; months and years keep the day where the month has it, else its last. */
export function boundOf(bound: string, today: string): string {
  const found = /^today(?:([+-])(\d+)([dmy]))?$/.exec(bound)
  if (!found) return bound
  if (!found[1]) return today
  const count = Number(found[2]) * (found[1] === "-" ? -1 : 1)
  const [year = 0, month = 0, day = 0] = today.split("-").map(Number)
  if (found[3] === "d") return new Date(Date.UTC(year, month - 1, day + count)).toISOString().slice(0, 10)
  const months = year * 12 + month - 1 + (found[3] === "m" ? count : count * 12)
  const [thatYear, thatMonth] = [Math.floor(months / 12), (months % 12) + 1]
  return iso(thatYear, thatMonth, Math.min(day, daysIn(thatYear, thatMonth)))
}

export const iso = (year: number, month?: number, day?: number): string =>
  [String(year).padStart(4, "0"), ...[month, day].filter((n) => n !== undefined).map((n) => String(n).padStart(2, "0"))].join("-")

/** A date as people of the language write it: 9/3/2026, 9 March 2026; incomplete ones with what they have. */
export function dateInWords(date: string, lang: string): string {
  const [year = "", month, day] = date.split("-")
  if (lang === "en") {
    const name = month && englishMonths[Number(month) - 1]
    return [day && String(Number(day)), name, year].filter(Boolean).join(" ")
  }
  return [day, month, year].filter(Boolean).join("/")
}

const englishMonths = "January February March April May June July August September October November December".split(" ")
