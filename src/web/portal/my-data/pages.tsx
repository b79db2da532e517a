// Who has looked at my data, day by day.
import { listReadings, todayOf } from "#cases"
import { countryOf } from "#country"
import { instantAt, workingCalendar } from "#engines/calendar"
import { listLookups } from "#exchange"
import { html } from "#platform/http"
import { routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
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
        const asked = request.query.get("day")
        const day = isDay(asked) ? asked : todayOf(tx)
        const from = instantAt(workingCalendar(country.calendar, { timeZone: country.timeZone }), day, "00:00")
        const until = new Date(from.getTime() + DAY_MS)
        const lookups = await listLookups(tx, request.actor.subject, from, until)
        const readings = await listReadings(tx, from, until)
        return html(<MyDataView frame={request} country={country} day={day} lookups={lookups} readings={readings} />)
      }),
  })
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
