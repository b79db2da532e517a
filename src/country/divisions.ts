// divisions/*.json: administrative divisions by generation in compact rows, and which became which.
import Type, { type Static } from "typebox"
import { Closed, Day, exact, Id } from "./text.ts"

/**
 * One generation: per tier, rows of [code, code of the division above or null, name in each of `languages`].
 * A language that the source lacks is left out of `languages`; the first one stands in for it.
 */
export const DivisionsFile = Closed({
  from: Type.Optional(Day),
  until: Type.Optional(Day),
  source: Type.String(),
  languages: Type.Array(Type.String(), { minItems: 1 }),
  rows: Type.Record(Id, Type.Array(Type.Array(Type.Union([Type.String(), Type.Null()]), { minItems: 3, maxItems: 9 })), exact),
})
export type DivisionsFile = Static<typeof DivisionsFile>

/** What became of each division on `on`: rows of [old code, new code, "full" | "partial" | "?" where the source is silent] per tier. */
export const SuccessionFile = Closed({
  on: Day,
  source: Type.String(),
  rows: Type.Record(Id, Type.Array(Type.Tuple([Type.String(), Type.String(), Type.Enum(["full", "partial", "?"])])), exact),
})
export type SuccessionFile = Static<typeof SuccessionFile>

export interface Division {
  readonly code: string
  readonly tier: string
  readonly generation: string
  readonly parent: string | null
  readonly name: Readonly<Record<string, string>>
}
