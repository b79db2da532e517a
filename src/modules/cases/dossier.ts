// What a case, its tasks and its timeline look like to those who may see them.
import type { FormValues, Json, Source } from "#engines/form"
import type { ProcessState } from "#engines/process"

/** Portal status codes 1 to 10; their words and moves are the country's (`dossierStatuses`). Here they have names. */
export const status = {
  filed: 1,
  received: 2,
  refused: 3,
  inProcess: 4,
  supplement: 5,
  payment: 6,
  withdrawn: 7,
  stopped: 8,
  settled: 9,
  returned: 10,
} as const
export type Status = (typeof status)[keyof typeof status]

/** The clock stood still from `from` to `to` (RFC 3339); without `to` it still does. */
export interface Pause {
  readonly from: string
  readonly to?: string
}

/** What the process has established about a case beside the applicant's answers. */
export interface Facts {
  /** What the system gave, by field: the personal number. */
  readonly assigned?: Readonly<Record<string, string>>
  readonly decidedOn?: string
  readonly signer?: { readonly name: string; readonly position: string }
  readonly resultNumber?: string
  readonly duplicateCleared?: boolean
  /** What steps have asked registers, by the name of the query; `record` is null where the register has none. */
  readonly found?: Readonly<Record<string, Found>>
  /** Steps of the system that an official answered in its stead, with why. */
  readonly byHand?: readonly { readonly step: string; readonly outcome: string; readonly reason: string; readonly name: string }[]
  /** Why the case was refused, in the official's words. */
  readonly refusal?: string
  /** Why the case went back to be examined again: what the official wrote, and who that was. For the desk alone. */
  readonly remark?: { readonly text: string; readonly name: string }
}

/** A register's answer to a step. */
export interface Found {
  readonly record: Readonly<Record<string, Json>> | null
  /** Said by the register, or found out by an official because it was silent. */
  readonly state: "verified" | "declared"
  /** Where it came from; of a record that there is not, register and message alone. */
  readonly source: Source
}

export interface Dossier {
  readonly agency: string
  readonly id: string
  readonly code: string
  readonly subject: string
  readonly applicant: string
  readonly service: string
  /** Hash of the published definition that this case follows to its end. */
  readonly definition: string
  readonly status: Status
  readonly moneyState: "none" | "due" | "paid" | "refunded"
  readonly deliveryState: "pending" | "ready" | "delivered"
  readonly syncState: "local" | "waiting" | "synced" | "failed"
  readonly process: ProcessState
  readonly values: FormValues
  readonly revision: number
  readonly lang: string
  readonly submittedAt: Date
  readonly dueAt: Date
  /** Version of the working calendar under which `dueAt` was computed; null for cases from before versions were kept. */
  readonly calendar: string | null
  readonly suspensions: readonly Pause[]
  readonly facts: Facts
  readonly closedAt: Date | null
}

export interface Task {
  readonly id: string
  readonly agency: string
  readonly caseId: string
  readonly step: string
  readonly kind: string
  readonly role: string
  /** The unit whose officials may take it; null for any official of the role. */
  readonly unit: string | null
  readonly openedAt: Date
  readonly dueAt: Date | null
  readonly claimedBy: string | null
  readonly claimedName: string | null
  readonly doneAt: Date | null
  readonly outcome: string | null
  /** Why a step of the system waits for an official; null for tasks that are officials' anyhow. */
  readonly why: StuckReason | null
}

/** Why the system can't do a step by itself. */
export type StuckReason =
  | "register-silent"
  | "register-refused"
  | "key-unknown"
  | "no-table"
  | "no-rule"
  | "decision-fault"
  | "no-agency"
  | "agency-elsewhere"
  | "failed"

/** One thing to complete: a field of the form, or a paper, with the reason. */
export interface SupplementItem {
  readonly field: string
  readonly reason: string
}

export interface Supplement {
  readonly id: string
  readonly caseId: string
  readonly items: readonly SupplementItem[]
  readonly askedAt: Date
  readonly askedName: string
  readonly answerUntil: Date | null
  readonly answeredAt: Date | null
}

/** One line of the timeline: a code whose words the web has, who did it, and when. */
export interface TimelineEvent {
  readonly seq: number
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
  readonly actor: string
  readonly at: Date
}
