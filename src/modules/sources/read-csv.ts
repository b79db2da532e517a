// Reads CSV as RFC 4180 says, with what office programs make of it: a byte order mark, semicolons, bare line feeds.
import { CSV_CELL_LENGTH_MAX } from "./limits.ts"

export class NotCsv extends Error {
  constructor(readonly line: number) {
    super(`line ${line}`)
    this.name = "NotCsv"
  }
}

/**
 * The rows of a text as lists of cells; empty lines are left out. `separator` is one character. Throws NotCsv for a quote that is not
 * closed, for text after a closing quote, and for a cell without end.
 */
export function* readCsv(
  text: string,
  separator: string,
): Generator<{ readonly line: number; readonly cells: readonly string[] }> {
  let at = text.startsWith("\ufeff") ? 1 : 0
  let line = 1
  while (at < text.length) {
    const first = line
    const cells: string[] = []
    for (let isOpen = true; isOpen; ) {
      const cell = text[at] === '"' ? quoted(text, at, line) : plain(text, at, separator)
      if (cell.value.length > CSV_CELL_LENGTH_MAX) throw new NotCsv(line)
      cells.push(cell.value)
      line += cell.lines
      at = cell.end
      isOpen = text[at] === separator
      if (isOpen) at++
    }
    if (text[at] === "\r" && text[at + 1] === "\n") at++
    if (at < text.length && text[at] !== "\n" && text[at] !== "\r") throw new NotCsv(line)
    at++
    line++
    if (cells.length > 1 || cells[0] !== "") yield { line: first, cells }
  }
}

interface Cell {
  readonly value: string
  /** Just after the cell. */
  readonly end: number
  /** Line ends within it. */
  readonly lines: number
}

function plain(text: string, from: number, separator: string): Cell {
  let end = from
  while (end < text.length && text[end] !== separator && text[end] !== "\n" && text[end] !== "\r") end++
  return { value: text.slice(from, end), end, lines: 0 }
}

function quoted(text: string, from: number, line: number): Cell {
  let value = ""
  for (let at = from + 1; ; ) {
    const quote = text.indexOf('"', at)
    if (quote < 0 || value.length > CSV_CELL_LENGTH_MAX) throw new NotCsv(line)
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { value, end: quote + 1, lines: value.split("\n").length - 1 }
    value += '"'
    at = quote + 2
  }
}
