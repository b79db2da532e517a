// Numbers, dates and money as a language writes them, in the country's time zone and currency.

/** Where the site is: what words and formats need to know of the country. */
export interface Place {
  /** The portal's name in each language. */
  readonly name: Readonly<Record<string, string>>
  /** Languages of the site; the first is the default. */
  readonly languages: readonly string[]
  /** The locale that writes numbers and dates of a language: "en-GB"; the language itself when left out. */
  readonly locales?: Readonly<Record<string, string>>
  /** IANA name: "Asia/Ho_Chi_Minh". */
  readonly timeZone: string
  /** ISO 4217: "VND". */
  readonly currency: string
}

export interface Formats {
  number(value: number, digits?: number): string
  /** A share from 0 to 1 as per cent. */
  share(value: number, digits?: number): string
  /** An amount in whole units of the country's currency. */
  money(amount: number): string
  /** A calendar day "2026-03-09", or the local day of an instant. */
  day(value: string | Date): string
  dayLong(value: string | Date): string
  time(value: Date): string
  dateTime(value: Date): string
  /** "Tiếng Việt", "English": a language by its own name. */
  language(code: string): string
}

const opened = new Map<string, Formats>()

/** Formats of a language at a place; kept, because opening `Intl` objects is dear. */
export function formatsOf(lang: string, place: Pick<Place, "timeZone" | "currency" | "locales">): Formats {
  const locale = place.locales?.[lang] ?? lang
  const key = `${locale} ${place.timeZone} ${place.currency}`
  const formats = opened.get(key) ?? openFormats(locale, place.timeZone, place.currency)
  opened.set(key, formats)
  return formats
}

function openFormats(locale: string, timeZone: string, currency: string): Formats {
  const money = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    trailingZeroDisplay: "stripIfInteger",
  })
  const short = { day: "2-digit", month: "2-digit", year: "numeric" } as const
  const long = { day: "numeric", month: "long", year: "numeric", weekday: "long" } as const
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const
  const dayIn = (options: Intl.DateTimeFormatOptions) => {
    const instants = new Intl.DateTimeFormat(locale, { ...options, timeZone })
    const calendar = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" })
    return (value: string | Date) =>
      typeof value === "string" ? calendar.format(new Date(`${value}T00:00:00Z`)) : instants.format(value)
  }
  const time = new Intl.DateTimeFormat(locale, { ...clock, timeZone })
  const day = dayIn(short)
  const digitsOf = (digits: number) => ({ maximumFractionDigits: digits })
  return {
    number: (value, digits = 2) => new Intl.NumberFormat(locale, digitsOf(digits)).format(value),
    share: (value, digits = 1) => new Intl.NumberFormat(locale, { style: "percent", ...digitsOf(digits) }).format(value),
    money: (amount) => money.format(amount),
    day,
    dayLong: dayIn(long),
    time: (value) => time.format(value),
    dateTime: (value) => `${time.format(value)}, ${day(value)}`,
    language: (code) => capital(new Intl.DisplayNames(code, { type: "language", fallback: "code" }).of(code) ?? code, code),
  }
}

const capital = (text: string, lang: string): string => text.charAt(0).toLocaleUpperCase(lang) + text.slice(1)
