// The QR code of a paper (ISO/IEC 18004): its text, and its modules drawn as one vector path.
import QRCode from "qrcode"
import type { Template } from "./document.ts"

/** Longest text in the QR: it stays readable at 30 mm with medium error correction. */
const TEXT_BYTES_MAX = 600
const FIELD_MAX = 120
/** Empty modules around the code. */
const QUIET = 4

/** The particulars of a paper, one a line in the order of Circular 01/2023/TT-VPCP, the address to verify it last. */
export function qrText(template: Template, issuedAt: Date, address: string): string {
  const p = template.particulars
  const time = `${issuedAt.toISOString().slice(0, 19)}Z`
  const fields = [
    p.dossierCode,
    p.procedureCode,
    p.holderCode,
    template.title,
    p.system ?? new URL(address).host,
    time,
    p.appointment ?? p.validity,
    template.number,
  ]
  const text = [...fields.map((field) => (field ?? "").replace(/\s+/g, " ").slice(0, FIELD_MAX)), address].join("\n")
  return Buffer.byteLength(text) <= TEXT_BYTES_MAX ? text : address
}

/** What draws a rectangle, as pdfkit does. */
export interface Pen {
  rect(x: number, y: number, width: number, height: number): unknown
}

/** Puts the dark modules into the pen's path, runs of a row joined; `size` in points includes the quiet zone. */
export function drawQr(pen: Pen, text: string, x: number, y: number, size: number): void {
  const { modules } = QRCode.create([{ data: Buffer.from(text, "utf8"), mode: "byte" }], { errorCorrectionLevel: "M" })
  const module = size / (modules.size + 2 * QUIET)
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      const start = column
      while (column < modules.size && modules.get(row, column)) column++
      if (column > start) pen.rect(x + (start + QUIET) * module, y + (row + QUIET) * module, (column - start) * module, module)
    }
  }
}
