// The signature of a PDF (ISO 32000-1, 12.8; PAdES baseline B-B, ETSI EN 319 142-1): its field, its place, its bytes.

/** Room for the signature in bytes; ours takes about 1,500. */
const SIGNATURE_BYTES_MAX = 4_096
const SLOT = "**********"
const HEX = /^[0-9a-fA-F\s]*$/

/** The parts of pdfkit that its types leave out. */
interface Inside {
  _root: { data: { AcroForm: { data: Record<string, unknown> } } }
  page: { dictionary: unknown; annotations: unknown[] }
  ref(data: Record<string, unknown>): { end(): void }
  initForm(): unknown
}

export interface SignatureField {
  readonly name: string
  readonly reason: string
  readonly at: Date
}

/** Adds an unseen signature field to the first page, with room for the signature over everything else. */
export function addSignatureField(doc: PDFKit.PDFDocument, field: SignatureField): void {
  doc.switchToPage(0)
  const inside = doc as unknown as Inside
  const value = inside.ref({
    Type: "Sig",
    Filter: "Adobe.PPKLite",
    SubFilter: "ETSI.CAdES.detached",
    ByteRange: [0, SLOT, SLOT, SLOT],
    Contents: Buffer.alloc(SIGNATURE_BYTES_MAX),
    Name: new String(field.name),
    Reason: new String(field.reason),
    M: field.at,
  })
  value.end()
  const widget = inside.ref({
    Type: "Annot",
    Subtype: "Widget",
    FT: "Sig",
    T: new String("Signature1"),
    Rect: [0, 0, 0, 0],
    F: 132,
    P: inside.page.dictionary,
    V: value,
  })
  widget.end()
  inside.page.annotations.push(widget)
  inside.initForm()
  const form = inside._root.data.AcroForm.data
  delete form.NeedAppearances
  form.SigFlags = 3
  ;(form.Fields as unknown[]).push(widget)
}

/** Fills the room of `addSignatureField`: `sign` gets the bytes that the signature covers and gives the CMS. */
export function signPdf(pdf: Buffer, sign: (covered: Buffer) => Buffer): Buffer {
  const marks = `/ByteRange [0 /${SLOT} /${SLOT} /${SLOT}]`
  const rangeAt = pdf.indexOf(marks)
  const start = pdf.indexOf("/Contents <", rangeAt) + "/Contents ".length
  const end = pdf.indexOf(">", start) + 1
  if (rangeAt < 0 || end - start !== SIGNATURE_BYTES_MAX * 2 + 2) throw new Error("no room for a signature in this PDF")
  const signed = Buffer.from(pdf)
  signed.write(`/ByteRange [0 ${start} ${end} ${pdf.length - end}]`.padEnd(marks.length), rangeAt, "latin1")
  const cms = sign(Buffer.concat([signed.subarray(0, start), signed.subarray(end)]))
  if (cms.length > SIGNATURE_BYTES_MAX) throw new Error(`a signature of ${cms.length} bytes has no room`)
  signed.write(cms.toString("hex"), start + 1, "latin1")
  return signed
}

export interface FoundSignature {
  readonly cms: Buffer
  /** The bytes that it says it covers. */
  readonly covered: Buffer
  /** True when nothing but the signature itself is left out, from the first byte of the file to the last. */
  readonly coversAll: boolean
  /** The time that the file states for it. */
  readonly at: Date | undefined
}

/** The first signature of a PDF; undefined when it has none. "unreadable" when its byte range makes no sense. */
export function findSignature(pdf: Buffer): FoundSignature | "unreadable" | undefined {
  const text = pdf.toString("latin1")
  const found = /\/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]/.exec(text)
  if (!found) return undefined
  const [from, length, next, rest] = found.slice(1).map(Number) as [number, number, number, number]
  const end = next + rest
  if (from !== 0 || next < length || end > pdf.length) return "unreadable"
  const hex = text.slice(length + 1, next - 1)
  if (text[length] !== "<" || text[next - 1] !== ">" || !HEX.test(hex)) return "unreadable"
  const around = text.slice(Math.max(0, found.index - 500), found.index) + text.slice(next, next + 1_000)
  return {
    cms: withoutPadding(Buffer.from(hex.replace(/\s/g, ""), "hex")),
    covered: Buffer.concat([pdf.subarray(0, length), pdf.subarray(next, end)]),
    coversAll: end === pdf.length,
    at: pdfDate(/\/M\s*\(D:(\d{14})Z?\)/.exec(around)?.[1]),
  }
}

/** The room behind the DER is filled with zeros; the DER's own length says where it ends. */
function withoutPadding(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x30 || bytes.length < 6) return bytes
  const first = bytes[1]!
  const size = first < 0x80 ? 0 : first & 0x7f
  if (size > 4) return bytes
  const length = size === 0 ? first : bytes.readUIntBE(2, size)
  return bytes.subarray(0, 2 + size + length)
}

function pdfDate(digits: string | undefined): Date | undefined {
  if (!digits) return undefined
  const [, year, month, day, hour, minute, second] = /^(....)(..)(..)(..)(..)(..)$/.exec(digits)!
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}
