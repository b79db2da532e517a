// How a mistake in a form must come back.
import assert from "node:assert/strict"
import type { Visitor } from "./visitor.ts"

/** A mistake stands beside its field and in the summary, which has the focus and leads to the field; the title says so. */
export async function expectMistake(visitor: Visitor, field: string): Promise<void> {
  const { page } = visitor
  assert.match(await page.title(), visitor.look.lang === "vi" ? /^Lỗi: / : /^Error: /)
  assert.equal(await page.locator(":focus").getAttribute("class"), "errors", "the summary has the focus")
  const link = page.locator(`.errors a[href="#${field}"], .errors a[href^="#${field}."]`).first()
  const words = await visitor.text(link)
  const id = (await link.getAttribute("href"))!.slice(1)
  const beside = page.locator(`[id="${field}-error"]`)
  assert.equal(await visitor.text(beside), words, "the same words beside the field")
  await link.click()
  const input = page.locator(`[id="${id}"]`)
  assert.equal(await input.getAttribute("aria-invalid"), "true")
  assert.match((await input.getAttribute("aria-describedby")) ?? "", new RegExp(`(^| )${field}-error( |$)`))
  assert.equal(await page.locator(":focus").getAttribute("id"), id, "the link leads to the field")
}
