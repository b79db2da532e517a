/** Words by language, and numbers, dates and money as each language writes them. */
export { type Catalogue, type Catalogues, type Entry, fill, type PluralForms, type Words, wordsOf } from "./catalogue.ts"
export { type Formats, formatsOf, type Place } from "./formats.ts"
