// Who has looked at my data, day by day.
import { formContext, listReadings, todayOf } from "#cases"
import { listMyConsents } from "#consents"
import { countryOf } from "#country"
import { instantAt, workingCalendar } from "#engines/calendar"
import { correctedField, listLookups, listMyCorrections } from "#exchange"
import { findDirectory } from "#federation"
import { dayIn, isDay } from "#kit/form/day-boxes.tsx"
import { html } from "#platform/http"
import { isId } from "#platform/ids"
import { routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { partyNames } from "../consents/party-names.ts"
import { MyDataView } from "./view.tsx"

const DAY_MS = 86_400_000

export function myDataPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.myData,
    for: "person",
    handle: (request) =>
      request.tx(async (tx) => {
        const country = countryOf(tx)
        const asked = dayIn(request.query, "day") || todayOf(tx)
        const day = isDay(asked) ? asked : todayOf(tx)
        const calendar = workingCalendar(country.calendar, { timeZone: country.timeZone })
        const [from, until] = [day, dayAfter(day)].map((one) => instantAt(calendar, one, "00:00")) as [Date, Date]
        const [lookups, readings] = await Promise.all([
          listLookups(tx, request.actor.subject, from, until),
          listReadings(tx, from, until),
        ])
        const corrections = (await listMyCorrections(tx)).map((one) => ({ ...one, of: correctedField(tx, one) }))
        const consents = await listMyConsents(tx)
        const names = partyNames(request, country, (await findDirectory(tx))?.directory)
        const message = request.query.get("message") ?? ""
        return html(
          <MyDataView
            {...{
              frame: request,
              country,
              day,
              asked,
              lookups,
              readings,
              corrections,
              consents,
              names,
              context: formContext(tx, request.lang),
            }}
            isElsewhere={isId(message) && !lookups.some((lookup) => lookup.message === message)}
          />,
        )
      }),
  })
}

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

const dayAfter = (day: string): string => isoDay(Date.parse(day) + DAY_MS)
