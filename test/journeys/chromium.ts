// The browser of the journeys: the system's Chromium, alone with this machine.
import { existsSync } from "node:fs"
import { type Browser, chromium } from "playwright-core"

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]

/** Where Chromium is: MOTLAN_TEST_CHROMIUM or a usual place; undefined when there is none. */
export function findChromium(): string | undefined {
  const named = process.env.MOTLAN_TEST_CHROMIUM
  return named ? named : PLACES.find((place) => existsSync(place))
}

/** Launches it with an empty profile of its own. */
export function openChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error("no Chromium: install one or name it with MOTLAN_TEST_CHROMIUM")
  return chromium.launch({ executablePath, args: FLAGS })
}
