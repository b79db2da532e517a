// `npm run demo -- --url URL`: drives the main job against a running site over HTTP only, and says of each step what it has checked.
import { parseArgs } from "node:util"
import { birthStory } from "./birth-story.ts"
import { Steps } from "./steps.ts"

const { values } = parseArgs({
  options: { url: { type: "string", default: "http://127.0.0.1:8080" }, lang: { type: "string", default: "vi" } },
})

const steps = new Steps()
try {
  await birthStory(values.url.replace(/\/$/, ""), values.lang, steps)
  console.log(`\n${steps.count} steps, all as they should be.`)
} catch (error) {
  console.error(`\nStopped after ${steps.count} steps: ${(error as Error).message}`)
  process.exitCode = 1
}
