// The drawing of a process names outcomes as the procedure does, and not by their ids.
import assert from "node:assert/strict"
import { resolve } from "node:path"
import { test } from "node:test"
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
