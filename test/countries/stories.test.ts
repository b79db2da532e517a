// The stories that each service brings along (tests.yaml), acted out against its form, its process and the calendar.
import assert from "node:assert/strict"
import { resolve } from "node:path"
import { test } from "node:test"
import { actStory, loadCountry, textIn } from "#country"
import { compileForm, type Vocabulary } from "#engines/form"
import { compileProcess } from "#engines/process"

for (const pack of ["../../countries/viet-nam", "arvelia"]) {
  const country = loadCountry(resolve(import.meta.dirname, pack))
  for (const { definition, form, process, stories } of country.services.values())
    for (const story of stories)
      test(`${country.id}, ${definition.code}: ${textIn(story.story, "en")}`, () => {
        const acted = {
          service: definition,
          form: compileForm(form, country.vocabulary.elements as Vocabulary),
          process: compileProcess(process),
        }
        assert.deepEqual(actStory(country, acted, story), [])
      })
}
