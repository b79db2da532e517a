// Words of filling in a request, English.
import type { Catalogue } from "#platform/words"
import type { vi } from "./words.vi.ts"

export const en: Catalogue<typeof vi> = {
  continue: "Save and continue",
  back: "Back",
  later: "Save and come back later",
  saved: "Saved. You can go on until {until}, on this device or another one.",
  silent: "No answer now from: {registers}",
  carried: "This service has changed since you began",
  carriedText:
    "The version that you began can no longer be handed in. All that you typed is still there; look it over, then submit. What is different:",
  silentText: "You can fill the answers in yourself, or save and come back later: it is asked again with every page.",
  lacking: "Needs your consent: {registers}",
  lackingText: "These data are fetched only if you agree. You can also fill them in yourself and go on.",
  lackingRead: "Read and decide",
  progress: "Step {step} of {steps}",
  check: "Check and submit",
  checkLead: "Read it once more before you submit. What the state already holds is filled in, with its source.",
  checkErrors: "Missing or wrong",
  files: "Files that we have received",
  fileLine: "{name}, {kb} KB",
  fileHash: "SHA-256 fingerprint",
  submit: "Submit",
  goesTo: "Your request goes to: {agency}.",
  done: "Your request is submitted",
  code: "Case code",
  doneDue: "Result due: {due}",
  doneNext: "What happens next",
  doneNext1: "{agency} receives and handles it. You need not go there.",
  doneNext2: "If something is missing you are asked for it once, with the reason.",
  doneNext3: "The signed result will be in My cases.",
  toCase: "Follow the case",
  receipt: "The receipt with the appointment is on the page of the case.",
}
