/** Clocks: the real one, and one that stands still. */
export { standingClock, systemClock } from "./clock.ts"
