// The style: what a page carries, what it leaves out, and colours that can be read.
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { contrastOf, scaleOf } from "./colors.ts"
import { openSheet, selectCss, tokensOf } from "./select.ts"
import { isOurs, openStyle } from "./style.ts"
import { seeds } from "./theme.ts"

const sheet = openSheet(`
  @layer base { .a { color: var(--x) } .b { color: red } }
  :root { --x: var(--y); --y: blue; --z: unread }
  .a[data-kind="big"], .c { margin: 0 }
  .a:is(.d, .e) p { padding: 1px }
  .a:has(> img) { gap: 2px }
  .a:not(.gone) { top: 0 }
  details[open] > p { left: 0 }
  @media (min-width: 40em) { .b { color: green } .a { width: 1px } }
  @keyframes turn { to { rotate: 1turn } }
  @keyframes rest { to { opacity: 0 } }
  .a { animation: turn 1s }
`)
const isView = (file: string) => file.endsWith(".tsx") && !file.endsWith(".test.tsx")
const cssFor = (html: string) => selectCss(sheet, tokensOf(html, sheet))

test("a page carries the rules whose classes it has, and no others", () => {
  const css = cssFor(`<p class="a x">text</p>`)
  assert.match(css, /@layer base\{\.a\{color:var\(--x\)\}\}/)
  assert.match(css, /@media \(min-width: 40em\)\{\.a\{width:1px\}\}/)
  assert.doesNotMatch(css, /\.b|red|green/)
})

test("of a list of selectors only those that apply remain", () => {
  assert.match(cssFor(`<p class="a" data-kind="big"></p>`), /\.a\[data-kind="big"\]\{margin:0\}/)
  assert.doesNotMatch(cssFor(`<p class="a" data-kind="small"></p>`), /margin/)
  assert.match(cssFor(`<p class="c"></p>`), /(^|\})\.c\{margin:0\}/)
})

test("alternatives need one of theirs, :not needs nothing, what opens later is kept", () => {
  assert.match(cssFor(`<div class="a"><p class="e"></p></div>`), /padding/)
  assert.doesNotMatch(cssFor(`<div class="a"><p></p></div>`), /padding|gap/)
  assert.match(cssFor(`<div class="a"><img></div>`), /gap/)
  assert.match(cssFor(`<div class="a"></div>`), /top:0/)
  assert.match(cssFor(`<details><p></p></details>`), /left:0/)
})

test("custom properties are kept when something reads them, keyframes when something moves", () => {
  const css = cssFor(`<p class="a"></p>`)
  assert.match(css, /--x:var\(--y\);--y:blue/)
  assert.doesNotMatch(css, /unread|rest/)
  assert.match(css, /@keyframes turn/)
})

test("an attribute's value may hold anything", () => {
  assert.match(cssFor(`<input value="a > b" class="a" disabled>`), /color/)
})

test("the policy's hash is that of the style inside the page", () => {
  const { html, styleHashes } = openStyle().dress(`<head><style>portal</style></head><p class="lead">x</p>`, "")
  const inside = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!
  assert.deepEqual(styleHashes, [createHash("sha256").update(inside).digest("base64")])
  assert.match(inside, /\.lead/)
  assert.doesNotMatch(inside, /\.tasks/)
})

test("a browser that has the sheet gets its address instead, of the portal and of the desk", () => {
  const first = openStyle().dress(`<style>portal</style>`, "")
  const again = openStyle().dress(`<style>portal</style>`, first.keep)
  assert.match(again.html, /^<link rel="stylesheet" href="\/assets\/portal\.[0-9a-f]{10}\.css">$/)
  assert.deepEqual(again.styleHashes, [])
  const desk = openStyle().dress(`<style>desk</style>`, first.keep)
  assert.equal(desk.styleHashes.length, 1)
  assert.deepEqual(desk.keep.split(".").length, 2)
  assert.equal(openStyle().dress(`<style>portal</style>`, "0000000000").styleHashes.length, 1)
})

test("every part of the design system that a view names is in the whole sheet", () => {
  const root = join(import.meta.dirname, "../..")
  const views = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(isView)
  const named = views.flatMap((file) => readFileSync(join(root, file), "utf8").match(/\bds-[a-z-]+/g) ?? [])
  assert.deepEqual(
    [...new Set(named)].filter((name) => !isOurs(`.${name}`)),
    [],
  )
})

test("no view writes a style attribute, which the policy would refuse", () => {
  const root = join(import.meta.dirname, "../..")
  const views = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(isView)
  assert.deepEqual(
    views.filter((file) => /\sstyle=/.test(readFileSync(join(root, file), "utf8"))),
    [],
  )
})

test("text, signs and filled surfaces keep their contrast in the light and in the dark", () => {
  for (const scheme of ["light", "dark"] as const) {
    for (const [name, seed] of Object.entries(seeds)) {
      const c = scaleOf(seed, scheme)
      const at = (a: string, b: string) => contrastOf(c[a]!, c[b]!)
      for (const surface of ["background-default", "background-tinted", "surface-default", "surface-tinted"]) {
        assert.ok(at("text-default", surface) >= 7, `${name} ${scheme} text on ${surface}`)
        assert.ok(at("text-subtle", surface) >= 4.5, `${name} ${scheme} subtle text on ${surface}`)
      }
      assert.ok(at("border-default", "background-default") >= 3, `${name} ${scheme} border`)
      assert.ok(at("base-contrast-default", "base-default") >= 4.5, `${name} ${scheme} filled`)
    }
  }
})
