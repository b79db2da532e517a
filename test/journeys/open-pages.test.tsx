// The open pages and every component in a real browser: accessible, within their weights, whole on narrow screens, without scripts.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { after, before, describe, test } from "node:test"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { publishCountry } from "#catalogue"
import { openPages } from "#web/portal/open-pages.ts"
import { type OpenedWeb, openWeb } from "#web/server.ts"
import { galleryPages } from "../web/gallery.tsx"
import { openWorld, type World } from "../world.ts"
import { openChromium } from "./chromium.ts"

const FIRST_RESPONSE_MAX_BYTES = 14_336
const FIRST_VISIT_MAX_BYTES = 45_000
const FIRST_VISIT_MAX_REQUESTS = 6
const NEXT_PAGE_MAX_BYTES = 8_192
const pages = [
  "/",
  "/search?q=khai+sinh",
  "/search?event=birth",
  "/search?q=zzzzqqq",
  "/services/1.001193",
  "/services/1.013225",
  "/nowhere",
]
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

let world: World
let web: OpenedWeb
let browser: Browser
let address: string

before(async () => {
  world = await openWorld()
  await world.tx({ kind: "system", name: "test" }, publishCountry)
  web = await openWeb(world.site, world.db, { sessionOf: async () => undefined, areas: [openPages, galleryPages] })
  address = await web.listen(0, "127.0.0.1")
  browser = await openChromium()
})
after(async () => {
  await browser?.close()
  await web?.close()
  await world?.close()
})

/** Opens a page in a browser of its own and gives what it said and fetched. */
async function visit(
  path: string,
  options: BrowserContextOptions,
  look: (page: Page, seen: Seen) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options)
  try {
    const page = await context.newPage()
    const seen: Seen = { complaints: [], fetched: [] }
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !/404 \(Not Found\)/.test(message.text()))
        seen.complaints.push(message.text())
    })
    page.on("pageerror", (error) => void seen.complaints.push(error.message))
    const wire = await context.newCDPSession(page)
    await wire.send("Network.enable")
    const urls = new Map<string, string>()
    wire.on("Network.responseReceived", ({ requestId, response }) => void urls.set(requestId, response.url))
    wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const url = urls.get(requestId) ?? ""
      if (url.startsWith("http") && encodedDataLength > 0) seen.fetched.push({ url, bytes: encodedDataLength })
    })
    await page.goto(address + path, { waitUntil: "networkidle" })
    await look(page, seen)
  } finally {
    await context.close()
  }
}

interface Seen {
  readonly complaints: string[]
  readonly fetched: { url: string; bytes: number }[]
}

async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    return (await axe.run()).violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)
  })
}

const widthOf = (page: Page): Promise<number> => page.evaluate("document.documentElement.scrollWidth")

describe("axe finds nothing", () => {
  const looks = [
    { lang: "vi", colorScheme: "light", widths: [320, 1_280] },
    { lang: "en", colorScheme: "dark", widths: [320, 1_280] },
    { lang: "vi", colorScheme: "dark", widths: [390] },
    { lang: "en", colorScheme: "light", widths: [390] },
  ] as const
  for (const path of [...pages, "/gallery", "/gallery/desk"])
    for (const { lang, colorScheme, widths } of looks)
      test(`${path} in ${lang}, ${colorScheme}, at ${widths.join(" and ")} px`, async () => {
        const url = `${path}${path.includes("?") ? "&" : "?"}lang=${lang}`
        await visit(url, { colorScheme, bypassCSP: true, viewport: { width: widths[0], height: 800 } }, async (page) => {
          for (const width of widths) {
            await page.setViewportSize({ width, height: 800 })
            assert.deepEqual(await findings(page), [], `at ${width} px`)
            assert.ok((await widthOf(page)) <= width, `wider than ${width} px`)
          }
        })
      })
})

describe("weights", () => {
  for (const path of pages)
    test(`${path} is within its weights, and its second visit is light`, async () => {
      await visit(path, { viewport: { width: 390, height: 800 } }, async (page, { fetched, complaints }) => {
        const first = fetched.find((f) => !f.url.includes("/assets/"))!
        const all = fetched.reduce((sum, f) => sum + f.bytes, 0)
        assert.ok(first.bytes <= FIRST_RESPONSE_MAX_BYTES, `first response of ${first.bytes} B`)
        assert.ok(all <= FIRST_VISIT_MAX_BYTES, `first visit of ${all} B`)
        assert.ok(fetched.length <= FIRST_VISIT_MAX_REQUESTS, `${fetched.length} requests`)
        assert.ok(fetched.every((f) => f.url.startsWith(address)))
        fetched.length = 0
        await page.goto(`${address}/search`, { waitUntil: "networkidle" })
        assert.deepEqual(
          fetched.map((f) => f.url),
          [`${address}/search`],
        )
        assert.ok(fetched[0]!.bytes <= NEXT_PAGE_MAX_BYTES, `next page of ${fetched[0]!.bytes} B`)
        assert.deepEqual(complaints, [])
      })
    })
})

test("nothing of the policy is broken, with scripts on", async () => {
  for (const path of ["/gallery", "/gallery/desk"])
    await visit(path, {}, async (_, { complaints }) => assert.deepEqual(complaints, [], path))
})

test("the page does not move while its type arrives", async () => {
  await visit("/services/1.001193", { viewport: { width: 390, height: 800 } }, async (page) => {
    const moved = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          let sum = 0
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value
          }).observe({ type: "layout-shift", buffered: true })
          setTimeout(() => done(sum), 300)
        }),
    )
    assert.ok(moved <= 0.01, `moved by ${moved}`)
  })
})

test("at 320 px with text twice as large nothing runs out of the page", async () => {
  for (const path of ["/", "/services/1.001193", "/gallery", "/gallery/desk"])
    await visit(path, { viewport: { width: 320, height: 800 }, bypassCSP: true }, async (page) => {
      await page.addStyleTag({ content: "html{font-size:200%}" })
      assert.ok((await widthOf(page)) <= 320, `${path}: ${await widthOf(page)} px`)
    })
})

test("Lan finds the birth service by typing without marks, with scripts off", async () => {
  await visit("/", { javaScriptEnabled: false, viewport: { width: 390, height: 800 } }, async (page) => {
    await page.fill("#q", "khai sinh")
    await page.press("#q", "Enter")
    await page.click("text=Đăng ký khai sinh")
    assert.equal(await page.textContent("h1"), "Đăng ký khai sinh")
    assert.equal(await page.locator("form[action='/start/1.001193'] input[name=csrf]").count(), 1)
    await page.click("text=English")
    assert.equal(await page.textContent("h1"), "Register a birth")
  })
})

test("the keys of the desk move along the rows and reach the search box", async () => {
  await visit("/gallery/desk", {}, async (page) => {
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    assert.equal(await page.locator("tr[data-at]").count(), 1)
    assert.equal(await page.evaluate("document.querySelector('tr[data-at]').rowIndex"), 2)
    await page.keyboard.press("/")
    assert.equal(await page.evaluate("document.activeElement.id"), "desk-q")
    await page.keyboard.type("jk")
    assert.equal(await page.inputValue("#desk-q"), "jk")
  })
})
