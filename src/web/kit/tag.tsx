// Tags: a state in one or two words, never by colour alone.
import type { ComponentChildren } from "preact"
import type { Frame } from "#platform/http"
import { kitWords } from "./words.ts"

export type Tone = "accent" | "neutral" | "info" | "success" | "warning" | "danger"

export function Tag({ tone = "neutral", id, children }: { tone?: Tone; id?: string; children: ComponentChildren }) {
  return (
    <span class="ds-tag" data-color={tone} data-size="sm" id={id}>
      {children}
    </span>
  )
}

/** The ten states of a case on the portal, each with its tone. */
const tones = {
  new: "info",
  received: "info",
  refused: "danger",
  "in-process": "accent",
  supplement: "warning",
  payment: "warning",
  withdrawn: "neutral",
  stopped: "neutral",
  settled: "success",
  returned: "success",
} as const satisfies Record<string, Tone>

export type PortalStatus = keyof typeof tones

/** The state of a case in the words that a citizen knows. */
export function StatusTag({ frame, status }: { frame: Pick<Frame, "lang" | "place">; status: PortalStatus }) {
  return <Tag tone={tones[status]}>{kitWords(frame)(`tag_${status}`)}</Tag>
}
