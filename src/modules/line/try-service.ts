// A trial of a service of another site: the same road as every request, with a mark that says what it is.
import { bodyOf } from "./body.ts"
import { PURPOSE_HEADER } from "./handler.ts"
import { TRIAL_BODY_MAX_BYTES } from "./limits.ts"
import type { Line } from "./line.ts"
import { observed } from "./operations.ts"
import { Refusal } from "./refusal.ts"
import { send } from "./send.ts"
import { bytesOf } from "./whole-body.ts"

export interface Trial {
  /** `I/C/M/S` of this site. */
  readonly consumer: string
  /** `I/C/M/S/SERVICE`. */
  readonly service: string
  readonly method: string
  /** Below the service, with its query: `/people?page=2`. */
  readonly path: string
  readonly purpose: string
  /** Names the exchange at both sites: a UUID that was never used. */
  readonly requestId: string
  readonly contentType?: string | undefined
  readonly body: string
  readonly waitMaxMs: number
}

export type TrialOutcome =
  | {
      readonly kind: "answer"
      readonly status: number
      /** Names and values in turn. */
      readonly headers: readonly string[]
      /** Undefined for what is longer than TRIAL_BODY_MAX_BYTES, or no text. */
      readonly text: string | undefined
      readonly bytes: number
      readonly tookMs: number
    }
  /** The road's refusal, with X-Road's code. */
  | { readonly kind: "refused"; readonly code: string; readonly tookMs: number }

/** The mark of a trial; it stands under the seal as every header does. */
export const TRIAL_HEADER = "motlan-trial"

/** Sends one request, marked as a trial. Never throws for what lies beyond this site. */
export async function tryService(line: Line, trial: Trial): Promise<TrialOutcome> {
  const { consumer, service, method, path, purpose, requestId, contentType, waitMaxMs } = trial
  const body = await bodyOf(Buffer.from(trial.body), line.folder)
  const url = `/r1/${service}${path}`
  const headers = ["X-Road-Client", consumer, TRIAL_HEADER, "true", PURPOSE_HEADER, purpose]
  if (contentType !== undefined && body.length > 0) headers.push("Content-Type", contentType)
  const request = { method, url, headers, body, protocol: "rest", from: "here", requestId, waitMaxMs } as const
  const began = performance.now()
  const took = () => Math.round(performance.now() - began)
  try {
    const answer = await observed(line, "Client", request, () => send(line, request))
    try {
      const bytes = answer.body.length
      const content = bytes <= TRIAL_BODY_MAX_BYTES ? await bytesOf(answer.body) : undefined
      const { status, headers: told } = answer
      return { kind: "answer", status, headers: told, text: content && textOf(content), bytes, tookMs: took() }
    } finally {
      answer.body.drop()
    }
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault
    return { kind: "refused", code: `${fault.error.place}.${fault.error.code}`, tookMs: took() }
  }
}

function textOf(content: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content)
  } catch {
    return undefined
  }
}
