// Why a file is refused: one code each, all in the list of problems.
import type { Problem } from "#platform/problem"
import { problem } from "#problems"

/** The codes of uploads, as they stand in the list of problems. */
export type RefusalCode = Extract<Parameters<typeof problem>[0], `upload-${string}`>

/** Makes the problem of a refused file; throw it. */
export const refuse = (code: RefusalCode, params?: Readonly<Record<string, string | number>>): Problem => problem(code, params)
