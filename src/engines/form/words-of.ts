// Words of a definition in one language.
import type { Text } from "./definition.ts"

/** The words in `lang`, or in the first language that there is. */
export const textOf = (text: Text, lang: string): string => text[lang] ?? Object.values(text)[0] ?? ""
