// Lan has no mouse and no scripts: Tab, Space, Enter and the arrows bring her from the home page to a submitted case.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { BIRTH } from "./birth-words.ts"
import { openStage, type Stage } from "./stage.ts"
import { Visitor } from "./visitor.ts"

const STEPS_MAX = 90
let stage: Stage
let lan: Visitor

before(async () => {
  stage = await openStage()
  lan = await Visitor.arrive(stage, { lang: "vi", width: 390, scripts: false })
})
after(async () => {
  await lan?.leave()
  await stage?.close()
})

const focused = () => lan.page.locator(":focus")

/** Presses Tab until the focus is on what `selector` names; every stop on the way shows that it has the focus. */
async function tabTo(selector: string): Promise<void> {
  for (let step = 0; step < STEPS_MAX; step++) {
    await lan.page.keyboard.press("Tab")
    await isSeen()
    if ((await lan.page.locator(`${selector}:focus`).count()) > 0) return
  }
  assert.fail(`Tab does not lead to ${selector}`)
}

/** The element with the focus stands out, is in the window, and is not covered. */
async function isSeen(): Promise<void> {
  const [text, outline, box] = await lan.page.evaluate<[string, string, string]>(`(() => {
    const e = document.activeElement
    if (e === document.body) return ["", "", ""]
    const of = (e) => { const s = getComputedStyle(e); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 || s.boxShadow !== "none" }
    const r = e.getBoundingClientRect()
    const isIn = r.width > 0 && r.bottom > 0 && r.top < innerHeight
    return [e.outerHTML.slice(0, 120), of(e) ? "" : "no ring", isIn ? "" : "out of sight"]
  })()`)
  assert.deepEqual([outline, box], ["", ""], text)
}

/** A key that leads to another page. */
async function key(name: "Enter" | "Space"): Promise<void> {
  const arrived = lan.page.waitForEvent("load")
  await lan.page.keyboard.press(name)
  await arrived
}

test("scripts are off", async () => {
  await lan.page.goto("data:text/html,<p id=p>off</p><script>p.textContent = 'on'</script>")
  assert.equal(await lan.text("p"), "off")
})

test("the first stop is the way past the navigation", async () => {
  await lan.go("/")
  await lan.page.keyboard.press("Tab")
  assert.equal(await lan.text(focused()), "Chuyển đến nội dung chính")
  await isSeen()
  await lan.page.keyboard.press("Enter")
  assert.equal(await focused().getAttribute("id"), "main")
  await lan.page.keyboard.press("Tab")
  assert.equal(await focused().getAttribute("id"), "q", "the next stop is in the main part")
})

test("from the search to the draft", async () => {
  await lan.page.keyboard.type("khai sinh")
  await key("Enter")
  await tabTo(`a[href="/services/${BIRTH}"]`)
  await key("Enter")
  await tabTo(`form[action="/start/${BIRTH}"] button`)
  await key("Space")
  await tabTo("button[value=lan]")
  await key("Enter")
  await tabTo(`form[action="/start/${BIRTH}"] button`)
  await key("Enter")
  assert.match(lan.path, /\/parents$/)
})

test("through the pages; Enter in a field saves the page and changes neither language nor answers", async () => {
  for (const page of ["birth", "name"]) {
    await tabTo("main .btns button:not([name])")
    await key("Enter")
    assert.match(lan.path, new RegExp(`/${page}$`))
  }
  await tabTo('[name="child.familyName"]')
  await lan.page.keyboard.type("Phạm")
  await tabTo('[name="child.givenName"]')
  await lan.page.keyboard.type("Khôi")
  await key("Enter")
  assert.match(lan.path, /\/declare$/)
  assert.equal(await lan.page.locator("html").getAttribute("lang"), "vi")
  await tabTo("[name=truth]")
  await lan.page.keyboard.press("Space")
  await tabTo("main .btns button:not([name])")
  await key("Space")
  assert.match(lan.path, /\/check$/)
})

test("the language changes by keyboard, too, with what was typed", async () => {
  await lan.go(lan.path.replace("check", "declare"))
  await lan.page.keyboard.press("Tab")
  await tabTo("header .langs button[lang=en]")
  await key("Enter")
  assert.equal(await lan.text("h1"), "Contact and declaration")
  assert.ok(await lan.page.locator("[name=truth]").isChecked())
  await tabTo("header .langs button[lang=vi]")
  await key("Space")
  await lan.go(lan.path.replace("declare", "check").split("?")[0]!)
})

test("to the submitted case", async () => {
  await tabTo('main form[action$="/check"] button')
  await key("Enter")
  assert.match(lan.path, /\/done$/)
  assert.match(await lan.text("main .code"), /^[A-Z]\d{2}\.\d{3}-\d{6}-\d{4,}$/)
})

test("from an error to its field", async () => {
  await lan.go("/verify")
  await tabTo("main form button")
  await key("Enter")
  assert.equal(await focused().getAttribute("class"), "errors")
  await tabTo('.errors a[href="#code"]')
  await lan.page.keyboard.press("Enter")
  assert.equal(await focused().getAttribute("id"), "code")
  await isSeen()
})
