// Health for machines: alive, ready (the database answers), and measures for Prometheus.
import { sql } from "#platform/db"
import { bytes, type Http } from "#platform/http"
import { problem } from "#problems"
import { routes } from "../../paths.ts"
import type { Web } from "../../web.ts"

const TEXT = "text/plain; charset=utf-8"
const METRICS_TEXT = "text/plain; version=0.0.4; charset=utf-8"
const PING_MAX_MS = 2_000

export function healthRoutes(http: Http, web: Pick<Web, "db" | "site">): void {
  http.raw({ path: routes.healthz, handle: async () => bytes("ok\n", TEXT) })
  http.raw({
    path: routes.readyz,
    handle: async () => {
      const ready = await within(
        PING_MAX_MS,
        web.db.tx({ kind: "public" }, (tx) => tx.get<{ one: number }>(sql`select 1 as one`)),
      )
      return ready ? bytes("ready\n", TEXT) : bytes("the database does not answer\n", TEXT, { status: 503 })
    },
  })
  http.raw({
    path: routes.metrics,
    handle: async ({ remoteAddress, headers }) => {
      if (!isNear(remoteAddress) || headers["x-forwarded-for"] !== undefined) throw problem("not-found")
      return bytes(await http.metrics.text(), METRICS_TEXT)
    },
  })
}

/** True when it succeeds in time; the reason of a failure is for the log, not for the balancer. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((done) => {
    timer = setTimeout(() => done(false), ms)
  })
  const answered = work.then(
    () => true,
    () => false,
  )
  return Promise.race([answered, late]).finally(() => clearTimeout(timer))
}

/** Measures are for this machine and its private network (RFC 1918, RFC 4193), never for what came through a proxy. */
const isNear = (address: string): boolean =>
  /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^::1$|^f[cd]/i.test(address)
