// The drawing of a process names outcomes as the procedure does, and not by their ids.
import assert from "node:assert/strict"
import { resolve } from "node:path"
import { test } from "node:test"
import { parse } from "node-html-parser"
import { renderToString } from "preact-render-to-string"
import { loadCountry, textIn } from "#country"
import { compileProcess } from "#engines/process"
import { ProcessPicture } from "./process-picture.tsx"

const { services, languages, locales, timeZone, currency } = loadCountry(
  resolve(import.meta.dirname, "../../../../countries/viet-nam"),
)
const { process, words } = services.get("1.004873")!
const service = { process: compileProcess(process), words }

for (const lang of ["vi", "en"])
  test(`the certificate's drawing says in ${lang} where each outcome leads, in the procedure's own words and those of every process`, () => {
    const place = { name: { vi: "Một cửa" }, languages, locales, timeZone, currency: currency.code }
    const html = renderToString(<ProcessPicture frame={{ lang, place }} service={service} description="" at={["decide"]} />)
    const [svg = "", told = ""] = html.split("</svg>")
    for (const outcome of ["clear", "examine", "verify", "confirmed", "married"]) {
      assert.ok(told.includes(textIn(words[`outcome-${outcome}`]!, lang)), `${outcome} is told in words`)
      assert.ok(!new RegExp(`>${outcome}<`).test(svg), `${outcome} stands raw in the drawing`)
    }
    assert.ok(told.includes(lang === "vi" ? "nhận" : "accept"), "an outcome of every process")
  })

for (const lang of ["vi", "en"])
  test(`in the drawing of a birth's registration no name lies on a line, in ${lang}`, () => {
    const { process: steps, words: own } = services.get("1.001193")!
    const births = { process: compileProcess(steps), words: own }
    const place = { name: { vi: "Một cửa" }, languages, locales, timeZone, currency: currency.code }
    const svg = parse(renderToString(<ProcessPicture frame={{ lang, place }} service={births} description="" />))
    const lines = svg.querySelectorAll("path.f").flatMap((path) => {
      const points = [...path.getAttribute("d")!.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(
        ([, x, y]) => [Number(x), Number(y)] as const,
      )
      return points.slice(1).map((to, i) => [points[i]!, to] as const)
    })
    const spans = svg.querySelectorAll("text.l tspan")
    assert.ok(lines.length > 40 && spans.length > 12)
    for (const span of spans) {
      const [x, y] = [Number(span.getAttribute("x")), Number(span.getAttribute("y"))]
      const width = span.text.length * 5
      const left = x - { start: 0, middle: width / 2, end: width }[span.parentNode!.getAttribute("text-anchor") as "start"]
      for (const [from, to] of lines)
        assert.ok(
          Math.max(from[0], to[0]) < left ||
            Math.min(from[0], to[0]) > left + width ||
            Math.max(from[1], to[1]) < y - 9 ||
            Math.min(from[1], to[1]) > y + 3,
          `“${span.text}” at ${x}, ${y} lies on the line from ${from.join()} to ${to.join()}`,
        )
    }
  })
