// `npm run demo -- --url URL`: drives the main job against a running site over HTTP only, and says of each step what it has checked.
// With `--federation` against the four sites of `npm run federation`, and then looks for the evidence on both sides.
import { parseArgs } from "node:util"
import { birthStory } from "./birth-story.ts"
import { evidenceSteps, placesIn } from "./federation/evidence-story.ts"
import { Steps } from "./steps.ts"

const { values } = parseArgs({
  options: {
    url: { type: "string" },
    lang: { type: "string", default: "vi" },
    federation: { type: "boolean", default: false },
    data: { type: "string", default: "data/federation" },
  },
})

const bare = (url: string) => url.replace(/\/$/, "")

const steps = new Steps()
try {
  const url = values.url ?? "http://127.0.0.1:8080"
  const one = { commune: bare(url), hospital: bare(url) }
  const known = values.federation ? placesIn(values.data) : one
  const places = { ...known, ...(values.url && { commune: bare(values.url) }) }
  const told = await birthStory(places, values.lang, steps)
  if (values.federation) await evidenceSteps(values.data, told, steps)
  console.log(`\n${steps.count} steps, all as they should be.`)
} catch (error) {
  console.error(`\nStopped after ${steps.count} steps: ${(error as Error).message}`)
  process.exitCode = 1
}
