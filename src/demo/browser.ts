// A browser without a screen and without JavaScript: cookies, links, forms. The demo drives the site with it, over HTTP only.
import { type HTMLElement, parse } from "node-html-parser"

const REDIRECTS_MAX = 12
const ANSWER_MAX_MS = 20_000

/** What a form is filled with: text by input name, or a file. */
export type Filling = Readonly<
  Record<string, string | readonly string[] | { readonly name: string; readonly type: string; readonly bytes: Uint8Array }>
>

export class Browser {
  private readonly cookies = new Map<string, string>()
  url: URL
  status = 0
  body = Buffer.alloc(0)
  page: HTMLElement = parse("")
  headers = new Headers()

  constructor(readonly origin: string) {
    this.url = new URL(origin)
  }

  /** Opens an address of the site and follows where it leads. */
  open(path: string): Promise<this> {
    return this.send(new URL(path, this.url), "GET")
  }

  /** Follows the link whose text or address holds `words`. */
  follow(words: string): Promise<this> {
    const link = this.page.querySelectorAll("a").find((a) => a.text.includes(words) || a.getAttribute("href")?.includes(words))
    if (!link) throw new Error(`no link "${words}" on ${this.url.pathname}`)
    return this.open(link.getAttribute("href")!)
  }

  /** True when the page has a form whose action holds `action`. */
  hasForm(action: string): boolean {
    return this.page.querySelectorAll("form").some((form) => (form.getAttribute("action") ?? this.url.pathname).includes(action))
  }

  /**
   * Fills the form whose action holds `action` and sends it, as a browser would: fields keep their values unless filled; `press` names the
   * button (name=value) that is pressed.
   */
  submit(action: string, filling: Filling = {}, press?: string): Promise<this> {
    const forms = this.page
      .querySelectorAll("form")
      .filter((f) => (f.getAttribute("action") ?? this.url.pathname).includes(action))
    const form = (press && forms.find((f) => buttonOf(f, press))) || forms[0]
    if (!form) throw new Error(`no form "${action}" on ${this.url.pathname}: ${this.heading()}`)
    const fields = fieldsOf(form)
    if (press) fields.push(pressed(form, press))
    const target = new URL(form.getAttribute("action") ?? this.url.href, this.url)
    return this.send(target, (form.getAttribute("method") ?? "GET").toUpperCase(), form, merged(fields, filling))
  }

  /** Sends files through the one form of the page that takes them. */
  submitFiles(files: Filling): Promise<this> {
    const form = this.page.querySelectorAll("form").find((f) => f.querySelector("input[type=file]"))
    if (!form) throw new Error(`no form for files on ${this.url.pathname}`)
    return this.send(new URL(form.getAttribute("action") ?? this.url.href, this.url), "POST", form, merged(fieldsOf(form), files))
  }

  /** The page's main heading. */
  heading(): string {
    return this.page.querySelector("h1")?.text.trim() ?? ""
  }

  /** The page's text, spaces collapsed. */
  text(): string {
    return (this.page.querySelector("main") ?? this.page).structuredText.replace(/\s+/g, " ")
  }

  private async send(url: URL, method: string, form?: HTMLElement, fields: readonly Field[] = []): Promise<this> {
    let request = requestOf(url, method, form, fields)
    for (let hop = 0; hop < REDIRECTS_MAX; hop++) {
      const { url: at, init } = request
      const headers = {
        ...init.headers,
        cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join("; "),
        origin: this.origin,
        accept: "text/html",
      }
      const answer = await fetch(at, { ...init, headers, redirect: "manual", signal: AbortSignal.timeout(ANSWER_MAX_MS) })
      this.keepCookies(answer)
      const to = answer.headers.get("location")
      if (answer.status >= 300 && answer.status < 400 && to) {
        request = { url: new URL(to, at), init: { method: "GET", headers: {} } }
        continue
      }
      this.url = at
      this.status = answer.status
      this.headers = answer.headers
      this.body = Buffer.from(await answer.arrayBuffer())
      this.page = parse(this.headers.get("content-type")?.includes("html") ? this.body.toString("utf8") : "")
      return this
    }
    throw new Error(`too many redirects from ${url}`)
  }

  private keepCookies(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";")
      const at = pair.indexOf("=")
      const name = pair.slice(0, at).trim()
      const isGone = attributes.some((a) => /max-age=0|expires=thu, 01 jan 1970/i.test(a.trim()))
      if (isGone) this.cookies.delete(name)
      else this.cookies.set(name, pair.slice(at + 1).trim())
    }
  }
}

type Field = readonly [name: string, value: Exclude<Filling[string], readonly string[]>]

/** The fields that a browser would send: named, enabled, ticked when to be ticked; buttons left out. */
function fieldsOf(form: HTMLElement): Field[] {
  const fields: Field[] = []
  for (const input of form.querySelectorAll("input, textarea, select")) {
    const name = input.getAttribute("name")
    if (!name || input.hasAttribute("disabled")) continue
    const type = input.getAttribute("type") ?? "text"
    if (input.tagName === "SELECT") fields.push([name, chosenIn(input)])
    else if (input.tagName === "TEXTAREA") fields.push([name, input.text])
    else if (type === "checkbox" || type === "radio") {
      if (input.hasAttribute("checked")) fields.push([name, input.getAttribute("value") ?? "on"])
    } else if (!["submit", "button", "file", "image"].includes(type)) fields.push([name, input.getAttribute("value") ?? ""])
  }
  return fields
}

const chosenIn = (select: HTMLElement): string => {
  const options = select.querySelectorAll("option")
  return (options.find((o) => o.hasAttribute("selected")) ?? options[0])?.getAttribute("value") ?? ""
}

function pressed(form: HTMLElement, press: string): Field {
  const [name = "", value = ""] = press.split("=")
  if (!buttonOf(form, press)) throw new Error(`no button ${press}`)
  return [name, value]
}

function buttonOf(form: HTMLElement, press: string): HTMLElement | undefined {
  const [name = "", value = ""] = press.split("=")
  return form
    .querySelectorAll("button, input[type=submit]")
    .find((b) => b.getAttribute("name") === name && (b.getAttribute("value") ?? "") === value)
}

const merged = (fields: readonly Field[], filling: Filling): Field[] => [
  ...fields.filter(([name]) => !(name in filling)),
  ...Object.entries(filling).flatMap(([name, value]): Field[] =>
    Array.isArray(value) ? (value as readonly string[]).map((one): Field => [name, one]) : [[name, value as Field[1]]],
  ),
]

function requestOf(
  url: URL,
  method: string,
  form: HTMLElement | undefined,
  fields: readonly Field[],
): { url: URL; init: { method: string; headers: Record<string, string>; body?: FormData | URLSearchParams } } {
  if (method === "GET") {
    const at = new URL(url)
    for (const [name, value] of fields) if (typeof value === "string") at.searchParams.set(name, value)
    return { url: at, init: { method, headers: {} } }
  }
  if (form?.getAttribute("enctype") !== "multipart/form-data") {
    const body = new URLSearchParams(fields.filter((f): f is [string, string] => typeof f[1] === "string"))
    return { url, init: { method, headers: {}, body } }
  }
  const body = new FormData()
  for (const [name, value] of fields) {
    if (typeof value === "string") body.append(name, value)
    else body.append(name, new Blob([value.bytes as BlobPart], { type: value.type }), value.name)
  }
  return { url, init: { method, headers: {}, body } }
}
