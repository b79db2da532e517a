// Somebody at a browser: opens pages, fills and presses as they are named on the page, and looks at what is shown.
import assert from "node:assert/strict"
import { mkdirSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import type { BrowserContext, CDPSession, Locator, Page } from "playwright-core"
import type { Stage } from "./stage.ts"

/** How somebody looks at the site. */
export interface Look {
  readonly lang: "vi" | "en"
  /** Width of the window in CSS pixels. */
  readonly width: number
  readonly scripts: boolean
}

const HEIGHT = 844
const NARROWEST = 320
/** Everything once; of what is looked at again, the rules that another colour or width can break. */
const everyRule = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "target-size": { enabled: true } },
}
const colourRules = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } }
const sizeRules = { runOnly: { type: "rule", values: ["target-size", "scrollable-region-focusable", "skip-link", "region"] } }
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
const screens = process.env.MOTLAN_TEST_SCREENS ? join(import.meta.dirname, "../screens") : undefined

export class Visitor {
  /** What the browser complained of: script errors, breaches of the page's policy. */
  readonly complaints: string[] = []
  /** Every address that was asked for. */
  readonly asked: string[] = []

  private constructor(
    readonly stage: Stage,
    readonly look: Look,
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly wire: CDPSession,
  ) {}

  /** A new browser window with an empty profile, in its language. */
  static async arrive(stage: Stage, look: Look): Promise<Visitor> {
    const context = await (await stage.browser()).newContext({ viewport: { width: look.width, height: HEIGHT } })
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    const visitor = new Visitor(stage, look, context, page, await context.newCDPSession(page))
    context.on("request", (request) => void visitor.asked.push(request.url()))
    page.on("pageerror", (error) => void visitor.complaints.push(error.message))
    page.on("console", (message) => {
      const isNews = ["error", "warning"].includes(message.type()) && !/status of 4\d\d/.test(message.text())
      if (isNews) visitor.complaints.push(message.text())
    })
    await visitor.scripts(look.scripts)
    await context.addCookies([{ name: "lang", value: look.lang, url: stage.origin }])
    return visitor
  }

  /** Ends the visit: nothing may have been asked of another origin, and nothing complained of. */
  async leave(): Promise<void> {
    await this.context.close()
    const foreign = this.asked.filter((url) => !url.startsWith(`${this.stage.origin}/`) && !/^(data|blob|about):/.test(url))
    assert.deepEqual(foreign, [], "requests to other origins")
    assert.deepEqual(this.complaints, [], "complaints of the browser")
  }

  get path(): string {
    const { pathname, search } = new URL(this.page.url())
    return pathname + search
  }

  /** The words in the visitor's language. */
  say(vi: string, en: string): string {
    return this.look.lang === "vi" ? vi : en
  }

  /** Opens an address of the site and gives the status. */
  async go(path: string): Promise<number> {
    const answer = await this.page.goto(this.stage.origin + path)
    return answer?.status() ?? 0
  }

  /** Signs in as somebody of the cast and comes to `to`. */
  async signIn(login: string, to: string): Promise<void> {
    await this.go(`/sign-in?return=${encodeURIComponent(to)}`)
    await this.presses(this.page.locator(`button[name=login][value=${login}]`))
  }

  /** Presses the button of that name and gives the status of the page that follows. */
  press(name: string | RegExp): Promise<number> {
    return this.presses(this.page.getByRole("button", { name }).first())
  }

  /** Follows the link of that name and gives the status of the page that follows. */
  follow(name: string | RegExp): Promise<number> {
    return this.presses(this.page.getByRole("link", { name }).first())
  }

  async presses(what: Locator): Promise<number> {
    const answered = this.page.waitForResponse((r) => r.request().isNavigationRequest() && (r.status() < 300 || r.status() > 399))
    await what.click()
    const answer = await answered
    await this.page.waitForLoadState()
    return answer.status()
  }

  /** Types into the input of that name. */
  async type(name: string, text: string): Promise<void> {
    await this.page.locator(`[name="${name}"]`).fill(text)
  }

  /** What is written in the page's main part, or in an element; spaces collapsed. */
  async text(within: string | Locator = "main"): Promise<string> {
    const element = typeof within === "string" ? this.page.locator(within) : within
    return ((await element.first().textContent()) ?? "").replace(/\s+/g, " ").trim()
  }

  /** Looks at the page whole: accessible in light and dark, not wider than the window, in its language, with one heading. */
  async inspect(name: string, { narrow = false } = {}): Promise<void> {
    assert.equal(await this.page.locator("html").getAttribute("lang"), this.look.lang, name)
    assert.equal(await this.page.locator("h1").count(), 1, `one h1 on ${name}`)
    await this.wire.send("Emulation.setScriptExecutionDisabled", { value: false })
    await this.page.evaluate(axe)
    for (const [colorScheme, rules] of [
      ["light", everyRule],
      ["dark", colourRules],
    ] as const) {
      await this.page.emulateMedia({ colorScheme })
      assert.deepEqual(
        await this.findings(rules),
        [],
        `axe on ${name} in ${this.look.lang}, ${colorScheme}, ${this.look.width} px`,
      )
      await this.picture(`${name}-${colorScheme}`)
    }
    await this.page.emulateMedia({ colorScheme: "light" })
    await this.fits(this.look.width, name)
    if (narrow) await this.inspectNarrow(name)
    await this.scripts(this.look.scripts)
  }

  /** At 320 px, and there with text twice as large. */
  private async inspectNarrow(name: string): Promise<void> {
    await this.page.setViewportSize({ width: NARROWEST, height: HEIGHT })
    assert.deepEqual(await this.findings(sizeRules), [], `axe on ${name} at ${NARROWEST} px`)
    await this.fits(NARROWEST, name)
    await this.page.evaluate("document.documentElement.style.fontSize = '200%'")
    await this.fits(NARROWEST, `${name} with large text`)
    await this.picture(`${name}-320-large`)
    await this.page.evaluate("document.documentElement.style.fontSize = ''")
    await this.page.setViewportSize({ width: this.look.width, height: HEIGHT })
  }

  private async fits(width: number, name: string): Promise<void> {
    const wide = await this.page.evaluate<string>(`(() => {
      const w = document.documentElement.scrollWidth
      if (w <= ${width}) return ""
      const out = [...document.querySelectorAll("main *, header *, nav *")].filter((e) => e.getBoundingClientRect().right > ${width})
      return w + " px: " + out.slice(-3).map((e) => e.outerHTML.slice(0, 120)).join(" | ")
    })()`)
    assert.equal(wide, "", `${name} is wider than ${width} px`)
  }

  /** What axe finds, once colours that change slowly have changed. */
  private async findings(rules: object): Promise<string[]> {
    return this.page.evaluate<string[]>(`(async () => {
      for (let frame = 0; frame < 2; frame++) {
        await new Promise(requestAnimationFrame)
        for (const animation of document.getAnimations()) animation.finish()
      }
      const done = await axe.run(${JSON.stringify(rules)})
      return done.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html.slice(0, 200)).join(" | "))
    })()`)
  }

  /** A script may run now or not; the page's own have run, or not, when it came. */
  private async scripts(run: boolean): Promise<void> {
    await this.wire.send("Emulation.setScriptExecutionDisabled", { value: !run })
  }

  private async picture(name: string): Promise<void> {
    if (!screens) return
    mkdirSync(screens, { recursive: true })
    await this.page.screenshot({ path: join(screens, `${name}-${this.look.lang}-${this.look.width}.png`), fullPage: true })
  }
}
