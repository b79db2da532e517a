// One typeface out of its subsets: the package ships Latin and Vietnamese glyphs apart, a paper needs them in one font so that words extract whole.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { inflateSync } from "node:zlib"

/** 400 for text, 600 for what stands out. */
export type Weight = 400 | 600

const SUBSETS = ["latin", "latin-ext", "vietnamese"] as const
/** OpenType: composite glyph flags. */
const ARGS_ARE_WORDS = 0x0001
const HAS_SCALE = 0x0008
const MORE_COMPONENTS = 0x0020
const HAS_XY_SCALE = 0x0040
const HAS_TWO_BY_TWO = 0x0080

type Tables = Map<string, Buffer>
const faces = new Map<Weight, Buffer>()

/** Be Vietnam Pro in one weight as a TrueType font (OFL 1.1), merged once per process. */
export function typeface(weight: Weight): Buffer {
  const face = faces.get(weight) ?? mergeFonts(SUBSETS.map((subset) => tablesOfWoff(readFileSync(pathOf(subset, weight)))))
  faces.set(weight, face)
  return face
}

const pathOf = (subset: string, weight: Weight): string =>
  createRequire(import.meta.url).resolve(`@fontsource/be-vietnam-pro/files/be-vietnam-pro-${subset}-${weight}-normal.woff`)

/** The tables of a WOFF 1.0 file (W3C), decompressed. */
function tablesOfWoff(woff: Buffer): Tables {
  if (woff.toString("latin1", 0, 4) !== "wOFF") throw new Error("not a WOFF 1.0 font")
  const tables: Tables = new Map()
  for (let i = 0; i < woff.readUInt16BE(12); i++) {
    const entry = 44 + i * 20
    const [offset, packed, length] = [woff.readUInt32BE(entry + 4), woff.readUInt32BE(entry + 8), woff.readUInt32BE(entry + 12)]
    const data = woff.subarray(offset, offset + packed)
    tables.set(woff.toString("latin1", entry, entry + 4), packed < length ? inflateSync(data) : Buffer.from(data))
  }
  return tables
}

interface Merged {
  readonly glyphs: Buffer[]
  /** Advance width and left side bearing of each glyph. */
  readonly metrics: Buffer[]
  readonly glyphOf: Map<number, number>
}

/** Puts the glyphs of all fonts one after another; where two map a character, the first keeps it. */
function mergeFonts(fonts: readonly Tables[]): Buffer {
  const merged: Merged = { glyphs: [], metrics: [], glyphOf: new Map() }
  for (const font of fonts) appendFont(merged, font)
  const first = fonts[0]!
  const count = merged.glyphs.length
  const { glyf, loca } = glyphTables(merged.glyphs)
  const head = Buffer.from(first.get("head")!)
  head.writeInt16BE(1, 50)
  const hhea = Buffer.from(first.get("hhea")!)
  hhea.writeUInt16BE(count, 34)
  const post = Buffer.from(first.get("post")!.subarray(0, 32))
  post.writeUInt32BE(0x00030000, 0)
  return sfnt(
    new Map([
      ["OS/2", first.get("OS/2")!],
      ["cmap", characterMap(merged.glyphOf)],
      ["glyf", glyf],
      ["head", head],
      ["hhea", hhea],
      ["hmtx", Buffer.concat(merged.metrics)],
      ["loca", loca],
      ["maxp", largestMaxp(fonts, count)],
      ["name", first.get("name")!],
      ["post", post],
    ]),
  )
}

function appendFont(merged: Merged, font: Tables): void {
  const base = merged.glyphs.length
  const count = font.get("maxp")!.readUInt16BE(4)
  const [glyf, loca, hmtx] = [font.get("glyf")!, font.get("loca")!, font.get("hmtx")!]
  const long = font.get("head")!.readInt16BE(50) === 1
  const at = (i: number) => (long ? loca.readUInt32BE(i * 4) : loca.readUInt16BE(i * 2) * 2)
  const wide = font.get("hhea")!.readUInt16BE(34)
  for (let i = 0; i < count; i++) {
    merged.glyphs.push(moveComponents(Buffer.from(glyf.subarray(at(i), at(i + 1))), base))
    const metric = Buffer.alloc(4)
    metric.writeUInt16BE(hmtx.readUInt16BE(Math.min(i, wide - 1) * 4), 0)
    metric.writeInt16BE(i < wide ? hmtx.readInt16BE(i * 4 + 2) : hmtx.readInt16BE(wide * 4 + (i - wide) * 2), 2)
    merged.metrics.push(metric)
  }
  for (const [character, glyph] of charactersOf(font.get("cmap")!)) {
    if (!merged.glyphOf.has(character)) merged.glyphOf.set(character, glyph + base)
  }
}

/** A composite glyph names its parts by number: they move with their font. */
function moveComponents(glyph: Buffer, base: number): Buffer {
  if (glyph.length < 10 || glyph.readInt16BE(0) >= 0) return glyph
  let at = 10
  for (let more = true; more; ) {
    const flags = glyph.readUInt16BE(at)
    glyph.writeUInt16BE(glyph.readUInt16BE(at + 2) + base, at + 2)
    at += 4 + (flags & ARGS_ARE_WORDS ? 4 : 2)
    if (flags & HAS_SCALE) at += 2
    else if (flags & HAS_XY_SCALE) at += 4
    else if (flags & HAS_TWO_BY_TWO) at += 8
    more = (flags & MORE_COMPONENTS) !== 0
  }
  return glyph
}

/** The characters of a Unicode cmap of format 4 (basic plane), the only one that the subsets carry. */
function* charactersOf(cmap: Buffer): Generator<[number, number]> {
  const tables = Array.from({ length: cmap.readUInt16BE(2) }, (_, i) => cmap.readUInt32BE(4 + i * 8 + 4))
  const at = tables.find((offset) => cmap.readUInt16BE(offset) === 4)
  if (at === undefined) throw new Error("no cmap of format 4")
  const segments = cmap.readUInt16BE(at + 6) / 2
  for (let s = 0; s < segments; s++) {
    const end = cmap.readUInt16BE(at + 14 + s * 2)
    const start = cmap.readUInt16BE(at + 16 + segments * 2 + s * 2)
    const delta = cmap.readInt16BE(at + 16 + segments * 4 + s * 2)
    const rangeAt = at + 16 + segments * 6 + s * 2
    const range = cmap.readUInt16BE(rangeAt)
    for (let c = start; c <= end && c !== 0xffff; c++) {
      const raw = range === 0 ? c : cmap.readUInt16BE(rangeAt + range + (c - start) * 2)
      if (raw !== 0) yield [c, (raw + delta) & 0xffff]
    }
  }
}

function glyphTables(glyphs: readonly Buffer[]): { glyf: Buffer; loca: Buffer } {
  const loca = Buffer.alloc((glyphs.length + 1) * 4)
  const parts: Buffer[] = []
  let offset = 0
  glyphs.forEach((glyph, i) => {
    const padded = padTo4(glyph)
    parts.push(padded)
    offset += padded.length
    loca.writeUInt32BE(offset, (i + 1) * 4)
  })
  return { glyf: Buffer.concat(parts), loca }
}

/** A cmap of format 12, one group per run of characters whose glyphs follow one another. */
function characterMap(glyphOf: ReadonlyMap<number, number>): Buffer {
  const groups: { start: number; end: number; glyph: number }[] = []
  for (const [character, glyph] of [...glyphOf].sort((a, b) => a[0] - b[0])) {
    const last = groups.at(-1)
    if (last && character === last.end + 1 && glyph === last.glyph + character - last.start) last.end = character
    else groups.push({ start: character, end: character, glyph })
  }
  const map = Buffer.alloc(12 + 16 + groups.length * 12)
  map.writeUInt16BE(1, 2)
  map.writeUInt16BE(3, 4)
  map.writeUInt16BE(10, 6)
  map.writeUInt32BE(12, 8)
  map.writeUInt16BE(12, 12)
  map.writeUInt32BE(16 + groups.length * 12, 16)
  map.writeUInt32BE(groups.length, 24)
  groups.forEach((group, i) => {
    map.writeUInt32BE(group.start, 28 + i * 12)
    map.writeUInt32BE(group.end, 32 + i * 12)
    map.writeUInt32BE(group.glyph, 36 + i * 12)
  })
  return map
}

/** maxp: the number of glyphs, and of every other limit the largest of the fonts. */
function largestMaxp(fonts: readonly Tables[], count: number): Buffer {
  const maxp = Buffer.from(fonts[0]!.get("maxp")!)
  maxp.writeUInt16BE(count, 4)
  for (let at = 6; at < 32; at += 2) {
    maxp.writeUInt16BE(Math.max(...fonts.map((font) => font.get("maxp")!.readUInt16BE(at))), at)
  }
  return maxp
}

/** The tables as one TrueType file. */
function sfnt(tables: Tables): Buffer {
  const directory = Buffer.alloc(12 + tables.size * 16)
  const power = 2 ** Math.floor(Math.log2(tables.size))
  directory.writeUInt32BE(0x00010000, 0)
  directory.writeUInt16BE(tables.size, 4)
  directory.writeUInt16BE(power * 16, 6)
  directory.writeUInt16BE(Math.log2(power), 8)
  directory.writeUInt16BE((tables.size - power) * 16, 10)
  const parts: Buffer[] = [directory]
  let offset = directory.length
  ;[...tables].forEach(([tag, data], i) => {
    const entry = 12 + i * 16
    const padded = padTo4(data)
    directory.write(tag, entry, "latin1")
    directory.writeUInt32BE(checksum(padded), entry + 4)
    directory.writeUInt32BE(offset, entry + 8)
    directory.writeUInt32BE(data.length, entry + 12)
    parts.push(padded)
    offset += padded.length
  })
  return Buffer.concat(parts)
}

const padTo4 = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])

function checksum(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0
  return sum
}
