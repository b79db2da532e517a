/** FEEL, the expression language of DMN 1.5: compile once, evaluate often; no clock, no host objects, bounded. */
export { type Compiled, compileFeel } from "./compile.ts"
export { FeelError, type FeelFault } from "./feel-error.ts"
export { LENGTH_MAX } from "./limits.ts"
export { feelDate, feelTime } from "./values.ts"
