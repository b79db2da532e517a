// Looks through a PDF that somebody sends: whole, in clear, without anything that acts by itself, of bearable length.
import { pdfText } from "./pdf-streams.ts"
import { refuse } from "./refusal.ts"

export const PAGES_MAX = 300
/** What follows the end mark in real files: line ends, at most. */
const END = /%%EOF\s*$/
const END_LOOK_BYTES = 1_024
/** Scripts, programs to start, files inside, forms that load from elsewhere, films. */
const ACTIVE = /\/(JavaScript|JS|Launch|EmbeddedFiles?|XFA|RichMedia|GoToE|GoToR|SubmitForm|ImportData)(?![A-Za-z0-9])/

/** Throws the refusal of a PDF that can't be taken. */
export function inspectPdf(file: Buffer): void {
  const tail = file.toString("latin1", Math.max(0, file.length - END_LOOK_BYTES))
  if (!END.test(tail) || !tail.includes("startxref")) throw refuse("upload-broken")
  const { structure, objects, cut } = pdfText(file)
  const all = `${structure}\n${objects}`
  if (/\/Encrypt(?![A-Za-z0-9])/.test(structure)) throw refuse("upload-encrypted")
  if (ACTIVE.test(all)) throw refuse("upload-active")
  if (pagesOf(all) > PAGES_MAX) throw refuse("upload-too-many-pages", { max: PAGES_MAX })
  if (cut || pagesOf(all) === 0) throw refuse("upload-broken")
}

/** The larger of the pages that stand there and the number that the page tree states. */
function pagesOf(text: string): number {
  const standing = text.match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0
  const stated = [...text.matchAll(/\/Count\s+(\d{1,9})/g)].map(([, count]) => Number(count))
  const isTree = /\/Type\s*\/Pages(?![A-Za-z])/.test(text)
  return isTree ? stated.reduce((most, count) => Math.max(most, count), standing) : standing
}
