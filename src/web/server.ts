// Wires the areas of the web to the HTTP border and listens.
import { h, type VNode } from "preact"
import { renderToString } from "preact-render-to-string"
import { countryOf } from "#country"
import { findSession } from "#identity"
import type { Db } from "#platform/db"
import { type Gauge, type HttpOptions, type HttpSession, type Measure, openHttp } from "#platform/http"
import type { Site } from "#platform/site"
import type { Place } from "#platform/words"
import { areas } from "./areas.ts"
import { ProblemPage } from "./kit/problem-page.tsx"
import { problemWords } from "./kit/problem-words.ts"
import { openStyle } from "./kit/style/style.ts"
import { siteName } from "./kit/words.ts"
import { paths } from "./paths.ts"
import { formTargets } from "./portal/sign-in/routes.ts"
import { assetRoutes } from "./public/assets/routes.ts"
import { healthRoutes } from "./public/health/routes.ts"
import type { Web } from "./web.ts"

export interface WebOptions {
  /** Readings for /metrics beside the server's own: pool use, jobs, the line. */
  readonly gauges?: readonly (Gauge | Measure)[]
  /** Addresses of balancers whose X-Forwarded-For is believed. */
  readonly trustProxy?: readonly string[]
  /** Origins that a form may lead to; the identity provider's when left out. */
  readonly formTargets?: readonly string[]
  /** Languages, the first is the default; the country's when left out. */
  readonly languages?: readonly string[]
  /** Where the site is; from the country pack when left out. */
  readonly place?: Place
  /** Finds the session of a token; `#identity` when left out. */
  readonly sessionOf?: (token: string) => Promise<HttpSession | undefined>
  /** What registers pages; all areas when left out. */
  readonly areas?: readonly ((web: Web) => void | Promise<void>)[]
}

export interface OpenedWeb {
  /** Listens and gives the address: `http://127.0.0.1:8080`. */
  listen(port: number, host: string): Promise<string>
  close(): Promise<void>
  /** Answers a request without a socket, for tests and benchmarks. */
  readonly inject: Awaited<ReturnType<typeof openHttp>>["inject"]
}

/** Opens the web of a site; nothing listens until `listen`. */
export async function openWeb(site: Site, db: Db, options: WebOptions = {}): Promise<OpenedWeb> {
  const style = openStyle()
  const http = await openHttp({
    site,
    db,
    place: { ...(options.place ?? placeOf(site)), ...(options.languages ? { languages: options.languages } : {}) },
    sessionOf: options.sessionOf ?? sessionsOf(db),
    signInPath: paths.signIn,
    render: (view, kept) => style.dress(`<!doctype html>${renderToString(view)}`, kept),
    problemView: (frame, problem, reference) => h(ProblemPage, { frame, problem, reference }) as VNode,
    problemWords,
    gauges: options.gauges ?? [],
    trustProxy: options.trustProxy ?? [],
    formTargets: options.formTargets ?? formTargets(site),
  } satisfies HttpOptions)
  const web: Web = { site, db, page: http.page, api: http.api, mount: http.mount }
  assetRoutes(http, style.assets)
  healthRoutes(http, web)
  for (const area of options.areas ?? areas) await area(web)
  return { listen: http.listen, close: http.close, inject: http.inject }
}

function placeOf(site: Site): Place {
  const country = countryOf({ site })
  const { languages, locales, timeZone, currency } = country
  return { name: siteName, languages, locales, timeZone, currency: currency.code }
}

const system = { kind: "system", name: "sessions" } as const

function sessionsOf(db: Db): (token: string) => Promise<HttpSession | undefined> {
  return async (token) => {
    const found = await db.tx(system, (tx) => findSession(tx, token))
    if (!found) return undefined
    const { id, key, subject, authTime, posts } = found.session
    return { id, key, subject, authTime, posts, actor: found.actor }
  }
}
