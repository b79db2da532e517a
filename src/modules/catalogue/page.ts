// The parts of a service's page as plain data, ready to show.
import type { Law, Paper, Replacement } from "#country"
import type { Definition } from "./published.ts"

/** A code with its words. */
export interface Named {
  readonly id: string
  readonly name: string
}

export interface Cost {
  /** True when every channel is free and no note limits that. */
  readonly free: boolean
  /** In short: "Free", "20,000 ₫ per registration", "Set by regulation". */
  readonly words: string
  /** Per channel, in whole units of `currency`; a channel without an amount is left out. */
  readonly amounts: readonly (Named & { readonly amount: number; readonly words: string })[]
  readonly currency: string
  readonly note?: string
  readonly exempt: readonly string[]
}

export interface Time {
  readonly value: number
  readonly unit: string
  /** In short: "3 working days", "17–27 working days" where channels differ. */
  readonly words: string
  /** Where a channel has its own limit. */
  readonly channels: readonly (Named & { readonly value: number; readonly words: string })[]
  readonly rule?: string
  readonly cutoff?: string
}

export interface PagePaper {
  readonly id: string
  readonly name: string
  readonly kind: Paper["kind"]
  readonly kindWords: string
  readonly originals?: number
  readonly copies?: number
  readonly condition?: string
  readonly form?: string
  /** The state has it: who asks for nothing must say from where. */
  readonly fetched?: {
    /** `register/record` when this site fetches it over the exchange. */
    readonly from?: string
    /** The register or database, its owner and the clause that replaces the paper. */
    readonly words: string
  }
}

export interface Papers {
  readonly list: readonly PagePaper[]
  /** How many the person brings in every case, and how many the state fetches. */
  readonly toBring: number
  readonly fetched: number
}

export interface PageAuthority {
  readonly name: string
  readonly tiers: readonly Named[]
  readonly channels: readonly Named[]
}

export interface PageLevel {
  readonly level: 1 | 2 | 3 | 4
  readonly online: boolean
  readonly name: string
  readonly meaning: string
}

/** The seven parts (cost, time, papers, law, authority, level, minutes) and what stands around them. */
export interface ServicePage {
  readonly code: string
  readonly hash: string
  readonly version: number
  readonly validFrom: string
  readonly name: string
  /** The name in the law, where people use another one. */
  readonly officialName?: string
  readonly summary?: string
  readonly field: string
  readonly cost: Cost
  readonly time: Time
  readonly papers: Papers
  readonly law: readonly (Omit<Law, "name"> & { readonly name?: string })[]
  readonly authority: PageAuthority
  readonly level: PageLevel
  /** How long it takes to fill in, about, in minutes. */
  readonly minutes: number
  readonly steps: readonly string[]
  readonly results: readonly { readonly code?: string; readonly name: string }[]
  readonly requirements: readonly string[]
  readonly audience: readonly Named[]
  readonly lifeEvents: readonly Named[]
  /** The official rows that let data replace papers, in their own words. */
  readonly replacements: readonly Replacement[]
  readonly decision?: string
  readonly note?: string
  readonly source?: Definition["service"]["source"]
}
