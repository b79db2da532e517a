// The one list of problem codes with their HTTP statuses. Words: web/kit/problem-words.{vi,en}.ts; reference: docs/problems.md.
import { Problem, type ProblemParams } from "#platform/problem"

export const problems = {
  "not-found": 404,
  "not-signed-in": 401,
  "not-allowed": 403,
  "bad-request": 400,
  "csrf-stale": 403,
  "too-many-requests": 429,
  "body-too-large": 413,
  "unsupported-media-type": 415,
  "internal-fault": 500,
  "not-ready": 503,
} as const satisfies Record<string, number>

export type ProblemCode = keyof typeof problems

/** Makes the problem of a code; throw it. */
export function problem(code: ProblemCode, params?: ProblemParams): Problem {
  return new Problem(code, problems[code], params)
}
