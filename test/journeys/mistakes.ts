// How mistakes in a form must come back.
import assert from "node:assert/strict"
import type { Visitor } from "./visitor.ts"

/**
 * Each mistake stands beside its field and in the summary, which has the focus and leads to the field; the title says so.
 * `fields` are the ids that the sentences stand at.
 */
export async function expectMistakes(visitor: Visitor, ...fields: readonly string[]): Promise<void> {
  const { page } = visitor
  assert.match(await page.title(), visitor.look.lang === "vi" ? /^Lỗi: / : /^Error: /)
  assert.equal(await page.locator(":focus").getAttribute("class"), "errors", "the summary has the focus")
  for (const field of fields) await expectMistake(visitor, field)
}

async function expectMistake(visitor: Visitor, field: string): Promise<void> {
  const { page } = visitor
  const link = page.locator(`.errors a[href="#${field}"], .errors a[href^="#${field}."]`).first()
  const id = (await link.getAttribute("href"))!.slice(1)
  assert.equal(
    await visitor.text(page.locator(`[id="${field}-error"]`)),
    await visitor.text(link),
    "the same words beside the field",
  )
  await link.click()
  const input = page.locator(`[id="${id}"]`)
  assert.equal(await input.getAttribute("aria-invalid"), "true")
  assert.match((await input.getAttribute("aria-describedby")) ?? "", new RegExp(`(^| )${field}-error( |$)`))
  assert.equal(await page.locator(":focus").getAttribute("id"), id, "the link leads to the field")
}
