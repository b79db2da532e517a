// What is wrong with a file of a site that is no part of the pack: the same shape as the findings of a pack.

/** Where, which code, what is wrong, and how to mend it, in the languages of the program. */
export interface FileFinding {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly code: string
  readonly words: Readonly<Record<string, string>>
  readonly mend: Readonly<Record<string, string>>
}

/** Thrown when files can't be; `findings` say where and how to mend them. */
export class FileFaults extends Error {
  constructor(readonly findings: readonly FileFinding[]) {
    super(findings.map((f) => `${f.file}:${f.line}:${f.column} ${f.code}: ${f.words.en} ${f.mend.en}`).join("\n"))
    this.name = new.target.name
  }
}
