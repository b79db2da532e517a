// All built-in functions by name (DMN 1.5, 10.3.4).
import type { FeelFunction } from "../values/function.ts"
import { contextFunctions } from "./contexts.ts"
import { conversionFunctions } from "./conversions.ts"
import { listFunctions } from "./lists.ts"
import { numberFunctions } from "./numbers.ts"
import { patternFunctions } from "./patterns.ts"
import { rangeFunctions } from "./ranges.ts"
import { statisticFunctions } from "./statistics.ts"
import { stringFunctions } from "./strings.ts"
import { temporalFunctions } from "./temporals.ts"

export const builtins: ReadonlyMap<string, FeelFunction> = new Map([
  ...conversionFunctions,
  ...stringFunctions,
  ...patternFunctions,
  ...numberFunctions,
  ...listFunctions,
  ...statisticFunctions,
  ...contextFunctions,
  ...temporalFunctions,
  ...rangeFunctions,
])

/** Those that ask the clock. */
export const clockFunctions: ReadonlySet<string> = new Set(["today", "now"])
