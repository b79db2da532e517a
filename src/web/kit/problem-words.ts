// The words of a problem in a language; a code of a newer part without words here still says something true.
import type { Problem } from "#platform/problem"
import { fill } from "#platform/words"
import { en } from "./problem-words.en.ts"
import { vi } from "./problem-words.vi.ts"

export interface ProblemWords {
  readonly title: string
  readonly text: string
}

/** Title and text, with the problem's values filled in. */
export function problemWords(lang: string, problem: Pick<Problem, "code" | "params">): ProblemWords {
  const catalogue: Readonly<Record<string, ProblemWords>> = lang === "vi" ? vi : en
  const words = catalogue[problem.code] ?? catalogue["internal-fault"]!
  return { title: fill(words.title, lang, problem.params), text: fill(words.text, lang, problem.params) }
}
