// Structured logs, one JSON object a line on standard output; no personal data, ever: ids, codes and counts only.
import { pino } from "pino"

export type Log = Pick<pino.Logger, "debug" | "info" | "warn" | "error">

/** Opens the log. Fields that could carry secrets or personal data are cut, should one slip in. */
export function openLog(level: string): pino.Logger {
  return pino({
    level,
    base: null,
    redact: { paths: ["req.headers", "*.cookie", "*.authorization", "*.personNumber"], remove: true },
  })
}
