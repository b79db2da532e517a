// What the HTTP border is given by the web above it: who people are, how pages and problems look.
import type { VNode } from "preact"
import type { Db } from "#platform/db"
import type { Problem } from "#platform/problem"
import type { Site } from "#platform/site"
import type { Place } from "#platform/words"
import type { Gauge, Measure } from "./metrics.ts"
import type { Frame, HttpSession } from "./request.ts"

/** A document with the style that it needs; hashes are SHA-256 in base64, of the content of each `<style>`. */
export interface Rendered {
  readonly html: string
  readonly styleHashes: readonly string[]
  /** Name of the sheet that this page tells the browser to keep. */
  readonly keep?: string
}

export interface HttpOptions {
  readonly site: Site
  readonly db: Db
  readonly place: Place
  /** The session of a cookie's token, or undefined for a stale or forged one. */
  readonly sessionOf: (token: string) => Promise<HttpSession | undefined>
  /** Address of the sign-in page that leads back to a local path. */
  readonly signInPath: (comeBackTo: string) => string
  /** Writes a document; `kept` names the sheet that the browser keeps already, or is empty. */
  readonly render: (view: VNode, kept: string) => Rendered
  /** The page of a problem; `reference` is set for the unknown. */
  readonly problemView: (frame: Frame, problem: Problem, reference: string | undefined) => VNode
  readonly problemWords: (lang: string, problem: Problem) => { readonly title: string; readonly text: string }
  readonly gauges?: readonly (Gauge | Measure)[]
  /** Addresses of balancers whose X-Forwarded-For is believed. */
  readonly trustProxy?: readonly string[]
  /** Origins that a form may lead to: the identity provider's. */
  readonly formTargets?: readonly string[]
}
