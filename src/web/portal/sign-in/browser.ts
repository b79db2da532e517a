// For tests: a browser without JavaScript. It keeps cookies, follows redirects on this site, and reads forms.
import assert from "node:assert/strict"
import type { Http } from "#platform/http"

export interface Page {
  readonly status: number
  /** Path and query where it ended. */
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, unknown>>
}

interface Cookie {
  readonly value: string
  readonly path: string
}

export class Browser {
  readonly cookies = new Map<string, Cookie>()

  constructor(
    private readonly http: Pick<Http, "inject">,
    private readonly origin: string,
  ) {}

  /** One request, no redirect followed. */
  async ask(method: "GET" | "POST", url: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    const path = url.startsWith(this.origin) ? url.slice(this.origin.length) : url
    const sent = [...this.cookies]
      .filter(([, c]) => path.split("?")[0]!.startsWith(c.path))
      .map(([name, c]) => `${name}=${c.value}`)
    const answer = await this.http.inject({
      method,
      url: path,
      headers: {
        host: new URL(this.origin).host,
        accept: "text/html",
        cookie: sent.join("; "),
        ...(method === "POST" ? { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" } : {}),
      },
      ...(method === "POST" ? { payload: new URLSearchParams(fields).toString() } : {}),
    })
    for (const line of [answer.headers["set-cookie"] ?? []].flat()) this.keep(String(line))
    return { status: answer.statusCode, url: path, body: answer.body, headers: answer.headers }
  }

  /** A request, and on along redirects as long as they stay on this site. */
  async go(url: string, method: "GET" | "POST" = "GET", fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    let page = await this.ask(method, url, fields)
    for (let hops = 0; hops < 10 && page.status >= 300 && page.status < 400; hops++) {
      const to = new URL(String(page.headers.location), this.origin + page.url)
      if (to.origin !== this.origin) return { ...page, url: to.href }
      page = await this.ask("GET", to.pathname + to.search)
    }
    return page
  }

  /** Submits the posted form of a page whose action is `action`, or `of` when a button sends it elsewhere, with its hidden fields. */
  submit(page: Page, action: string, fields: Readonly<Record<string, string>> = {}, of = action): Promise<Page> {
    const form = [...page.body.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].find(
      (f) => f[1] === of,
    )
    assert.ok(form, `no form to ${of}`)
    const hidden = [...form[2]!.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map((m) => [m[1]!, m[2]!])
    return this.go(action, "POST", { ...Object.fromEntries(hidden), ...fields })
  }

  private keep(line: string): void {
    const [pair = "", ...attributes] = line.split(/;\s*/)
    const [name = "", value = ""] = pair.split(/=(.*)/s)
    const attribute = (key: string) => attributes.find((a) => a.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1)
    const isGone =
      value === "" || attribute("max-age") === "0" || new Date(attribute("expires") ?? 8.64e15).getTime() < Date.now()
    if (isGone) this.cookies.delete(name)
    else this.cookies.set(name, { value, path: attribute("path") ?? "/" })
  }
}
