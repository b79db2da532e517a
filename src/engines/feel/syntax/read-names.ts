// KnownNames in a text: those that are known, those that are not, and those that it declares.
import type { Ast } from "./ast.ts"
import { type Found, findName, type KnownNames } from "./names.ts"
import type { Parsing } from "./parsing.ts"

/** Words that end a name which nobody declared, and begin none. */
const reserved: ReadonlySet<string> = new Set(
  "for in return if then else some every satisfies or and between instance function null true false ?".split(" "),
)

/** Functions with a word in their names that has a meaning of its own. */
const ownWords = /(?:date\s+and\s+time|years\s+and\s+months\s+duration)(?=\s*\()/y

/** Takes words that nobody declared, one at least if `needed`: they make one name. */
export function otherWords({ source }: Parsing, from: number, needed: boolean): void {
  let found = !needed
  for (
    let word = source.word();
    word !== "" && (!reserved.has(word) || (needed && word === "function" && source.at === from));
    word = source.word()
  ) {
    source.goTo(source.at + word.length)
    found = true
  }
  if (!found) source.fail()
}

/** A name; undefined where a word with a meaning of its own stands. */
export function readName(parsing: Parsing): Ast | undefined {
  const { source } = parsing
  const from = source.at
  if (source.isWord("?")) return undefined
  const found = known(parsing, parsing.scope)
  const own = source.taken(ownWords)
  if (own === undefined || (found && found.end > source.end)) {
    if (!found && reserved.has(source.word())) return undefined
    if (found) source.goTo(found.end)
    otherWords(parsing, from, !found)
  }
  const name = source.words(from, source.end)
  return parsing.node(from, { kind: "name", name }, [], found?.inside)
}

/** `.name` after a value. */
export function readPath(parsing: Parsing, from: number, of: Ast): Ast {
  const { source } = parsing
  const at = source.at
  const found = known(parsing, parsing.insideOf(of))
  if (found) source.goTo(found.end)
  otherWords(parsing, at, !found)
  return parsing.node(from, { kind: "path", of, name: source.words(at, source.end) }, [of], found?.inside)
}

const known = ({ source }: Parsing, among: readonly KnownNames[]): Found | undefined => findName(source, source.at, among)

/** Takes a name that is declared here; `stop` is the word that ends it. Undefined where none begins. */
export function declaredName({ source }: Parsing, stop?: string): string | undefined {
  const from = source.at
  let word = source.nameWord(from, true)
  if (!word) return undefined
  let end = from
  for (; word && (end === from || word.text !== stop); word = source.nameWord(end, false)) end = word.to
  source.goTo(end)
  return source.words(from, end)
}

/** The name of an argument, `name:`, taken with its colon; undefined, and nothing taken, where there is none. */
export function argumentName(parsing: Parsing): string | undefined {
  const { source } = parsing
  const { end, at } = source
  const name = declaredName(parsing)
  if (name !== undefined && source.take(":")) return name
  source.back(end, at)
  return undefined
}
