/** Structured logs without personal data. */
export { type Log, openLog } from "./log.ts"
