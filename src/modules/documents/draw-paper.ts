// Draws a paper as a PDF: A4, tagged, every font and colour embedded (PDF/A-2), with room for a signature.
import PDFDocument from "pdfkit"
import type { Row, Section, Template } from "./document.ts"
import { type PaperWords, paperWords } from "./paper-words.ts"
import { addSignatureField } from "./pdf-signature.ts"
import { drawQr, qrText } from "./qr-code.ts"
import { typeface, type Weight } from "./typeface.ts"

/** Points; margins after Decree 30/2020/NĐ-CP, annex I: left 30 to 35 mm, right 15 to 20, top and bottom 20 to 25. */
const PAGE = { width: 595.28, height: 841.89, left: 85, right: 48, top: 62, bottom: 66 } as const
const WIDTH = PAGE.width - PAGE.left - PAGE.right
const FOOT = PAGE.height - PAGE.bottom
const QR = { x: 24, y: 24, size: 92 } as const
const LABEL_WIDTH = 158
const GAP = 12
const INK = "#1a1a1a"
const SOFT = "#555555"

export interface Paper {
  readonly template: Template
  readonly agencyName: string
  readonly lang: string
  readonly issuedAt: Date
  readonly verifyCode: string
  /** Where anyone verifies it: `https://…/verify/CODE`. */
  readonly address: string
  /** Leaves room for a signature of the agency. */
  readonly sign: boolean
}

/** One paper in the making. */
interface Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly root: PDFKit.PDFStructureElement
  readonly words: PaperWords
}

/** Draws the paper; with `sign`, its signature is still to be filled in (`signPdf`). */
export async function drawPaper(paper: Paper): Promise<Buffer> {
  const sheet = newSheet(paper)
  const { template } = paper
  drawHead(sheet, paper)
  drawTitle(sheet, template)
  drawRows(sheet, template.lines)
  for (const section of template.sections) drawSection(sheet, section)
  drawSigner(sheet, paper)
  sheet.root.end()
  drawFooters(sheet, paper)
  if (paper.sign) addSignatureField(sheet.doc, { name: paper.agencyName, reason: printable(template.title), at: paper.issuedAt })
  return bytesOf(sheet.doc)
}

function newSheet(paper: Paper): Sheet {
  const doc = new PDFDocument({
    size: "A4",
    margins: { left: PAGE.left, right: PAGE.right, top: PAGE.top, bottom: PAGE.bottom },
    pdfVersion: "1.7",
    subset: "PDF/A-2b",
    tagged: true,
    lang: paper.lang,
    displayTitle: true,
    bufferPages: true,
    font: openFont(400),
    info: {
      Title: forMetadata(paper.template.title),
      Author: forMetadata(paper.agencyName),
      Subject: forMetadata(paper.template.number),
      Keywords: forMetadata(paper.address),
      Creator: "Motlan",
      Producer: "Motlan (pdfkit)",
      CreationDate: paper.issuedAt,
    },
  })
  doc.registerFont("text", openFont(400))
  doc.registerFont("strong", openFont(600))
  doc.font("text").fontSize(11).fillColor(INK).lineGap(2)
  const root = doc.struct("Document")
  doc.addStructure(root)
  return { doc, root, words: paperWords(paper.lang) }
}

const fonts = new Map<Weight, string>()

/**
 * A font as the library holds it once opened, shared by all papers of this process: opening it is a third of the work.
 * The library takes it wherever it takes a font's bytes, though its types don't say so.
 */
function openFont(weight: Weight): string {
  const font = fonts.get(weight) ?? opened(typeface(weight))
  fonts.set(weight, font)
  return font
}

function opened(face: Buffer): string {
  const doc = new PDFDocument({ font: face as unknown as string }) as unknown as { _font: { font: string } }
  return doc._font.font
}

/** The library writes these into XML as they are. */
const forMetadata = (text: string): string => printable(text).replace(/[<>&]/g, " ")

/** Text without control and direction marks, composed (NFC), so that what is drawn is what is read. */
const printable = (text: string): string => text.normalize("NFC").replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, " ")

function drawHead({ doc, root, words }: Sheet, paper: Paper): void {
  const { header } = paper.template
  root.add(
    doc.struct("Figure", { alt: `${words.qr}: ${paper.address}` }, () => {
      drawQr(doc, qrText(paper.template, paper.issuedAt, paper.address), QR.x, QR.y, QR.size)
      doc.fill(INK)
    }),
  )
  const left = QR.x + QR.size + 6
  const middle = left + (PAGE.width - PAGE.right - left) * 0.44
  const ends = [column(left, middle - 8, header.agency), column(middle, PAGE.width - PAGE.right, header.state)]
  doc.y = Math.max(...ends, QR.y + QR.size) + 16

  function column(from: number, to: number, lines: readonly string[]): number {
    doc.y = 38
    lines.forEach((line, i) => {
      const last = i === lines.length - 1
      const text = () =>
        doc
          .font(last || from === middle ? "strong" : "text")
          .fontSize(last ? 10.5 : 10)
          .text(printable(line), from, doc.y, { width: to - from, align: "center" })
      root.add(doc.struct("P", {}, () => void text()))
    })
    rule(doc, (from + to) / 2, doc.y + 2, 64)
    return doc.y + 6
  }
}

/** A short line below a letterhead; nothing that is read aloud. */
function rule(doc: PDFKit.PDFDocument, centre: number, y: number, width: number): void {
  doc.markContent("Artifact", { type: "Layout" })
  doc
    .moveTo(centre - width / 2, y)
    .lineTo(centre + width / 2, y)
    .lineWidth(0.7)
    .stroke(INK)
  doc.endMarkedContent()
}

function drawTitle({ doc, root }: Sheet, template: Template): void {
  const put = (tag: string, font: string, size: number, text: string) =>
    root.add(
      doc.struct(
        tag,
        {},
        () => void doc.font(font).fontSize(size).text(printable(text), PAGE.left, doc.y, { width: WIDTH, align: "center" }),
      ),
    )
  put("H1", "strong", 16, template.title)
  doc.y += 2
  put("P", "text", 10.5, template.number)
  doc.y += 14
}

function drawSection(sheet: Sheet, section: Section): void {
  const { doc, root } = sheet
  doc.y += 8
  if (section.heading) {
    const heading = printable(section.heading)
    makeRoom(doc, 48)
    root.add(doc.struct("H2", {}, () => void doc.font("strong").fontSize(12).text(heading, PAGE.left, doc.y, { width: WIDTH })))
    doc.y += 3
  }
  drawRows(sheet, section.lines ?? [])
  for (const paragraph of section.paragraphs ?? []) {
    makeRoom(doc, 28)
    root.add(
      doc.struct(
        "P",
        {},
        () => void doc.font("text").fontSize(11).text(printable(paragraph), PAGE.left, doc.y, { width: WIDTH }),
      ),
    )
    doc.y += 5
  }
}

/** Label and value side by side, as a table of two columns; a row stays on one page. */
function drawRows({ doc, root }: Sheet, rows: readonly Row[]): void {
  if (rows.length === 0) return
  const table = doc.struct("Table")
  root.add(table)
  for (const row of rows) {
    const [label, value] = [printable(row.label), printable(row.value)]
    const valueWidth = WIDTH - LABEL_WIDTH - GAP
    doc.font("text").fontSize(11)
    const labelHeight = doc.heightOfString(label, { width: LABEL_WIDTH })
    const height = Math.max(labelHeight, doc.font("strong").heightOfString(value || " ", { width: valueWidth }))
    makeRoom(doc, height)
    const y = doc.y
    const line = doc.struct("TR")
    table.add(line)
    line.add(doc.struct("TH", {}, () => void doc.font("text").fillColor(SOFT).text(label, PAGE.left, y, { width: LABEL_WIDTH })))
    line.add(
      doc.struct(
        "TD",
        {},
        () =>
          void doc
            .font("strong")
            .fillColor(INK)
            .text(value, PAGE.left + LABEL_WIDTH + GAP, y, { width: valueWidth }),
      ),
    )
    line.end()
    doc.y = Math.max(doc.y, y + height) + 5
  }
  table.end()
}

function makeRoom(doc: PDFKit.PDFDocument, height: number): void {
  if (doc.y + height > FOOT && doc.y > PAGE.top) {
    doc.addPage()
    doc.y = PAGE.top
  }
}

function drawSigner({ doc, root, words }: Sheet, { template, agencyName, sign }: Paper): void {
  makeRoom(doc, 150)
  const width = 240
  const x = PAGE.width - PAGE.right - width
  const put = (font: string, size: number, text: string) =>
    root.add(
      doc.struct(
        "P",
        {},
        () => void doc.font(font).fontSize(size).fillColor(INK).text(printable(text), x, doc.y, { width, align: "center" }),
      ),
    )
  doc.y += 18
  put("text", 11, template.place)
  if (template.signer) put("strong", 11, template.signer.position)
  if (sign) {
    doc.y += 12
    const top = doc.y
    put("text", 9, `${words.signedBy}\n${agencyName}`)
    frame(doc, x + 20, top - 5, width - 40, doc.y - top + 8)
    doc.y += 14
  } else {
    doc.y += 24
  }
  if (template.signer) put("strong", 11, template.signer.name)
}

function frame(doc: PDFKit.PDFDocument, x: number, y: number, width: number, height: number): void {
  doc.markContent("Artifact", { type: "Layout" })
  doc.roundedRect(x, y, width, height, 3).lineWidth(0.8).stroke("#a61b1b")
  doc.endMarkedContent()
}

/** On every page: where to verify the paper, its code, and which page this is. */
function drawFooters({ doc, words }: Sheet, { address, verifyCode }: Paper): void {
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page)
    doc.page.margins.bottom = 0
    const y = PAGE.height - 44
    const place = { width: WIDTH, lineBreak: false, height: 12 } as const
    doc.markContent("Artifact", { type: "Pagination" })
    doc.font("text").fontSize(8).fillColor(SOFT)
    doc.text(`${words.verifyAt} ${address}`, PAGE.left, y, { ...place, link: address })
    doc.text(`${words.code} ${verifyCode}`, PAGE.left, y + 12, place)
    doc.text(words.page(page + 1, count), PAGE.left, y + 12, { ...place, align: "right" })
    doc.endMarkedContent()
  }
}

function bytesOf(doc: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((done, failed) => {
    const parts: Buffer[] = []
    doc.on("data", (part: Buffer) => parts.push(part))
    doc.on("end", () => done(Buffer.concat(parts)))
    doc.on("error", failed)
    doc.end()
  })
}
