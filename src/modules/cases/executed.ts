// What comes of doing a step of the system.
import type { Dossier, StuckReason } from "./dossier.ts"

/**
 * Done, with the outcome (the step's one outcome where none is named) and what it has established; waiting for somebody else, who leaves
 * the job that goes on; to be tried again after so many minutes; or stuck, so that an official is asked.
 */
export type Executed =
  | { readonly dossier: Dossier; readonly outcome?: string }
  | "waiting"
  | { readonly againInMinutes: number }
  | { readonly stuck: StuckReason }
