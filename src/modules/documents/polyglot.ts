// Finds files that are two things at once: what passes as a picture or a PDF must not also be a page, a script or an archive.

/** A ZIP is found from its end: the end record, then at most 65,535 bytes of comment (APPNOTE 4.3.16). */
const ZIP_END = Buffer.from("PK\x05\x06", "latin1")
const ZIP_END_BYTES = 22
const ZIP_COMMENT_MAX = 65_535
const ZIP_ENTRY = Buffer.from("PK\x01\x02", "latin1")
const OTHER_STARTS = ["Rar!\x1a\x07", "7z\xbc\xaf\x27\x1c", "\x7fELF\x02", "!<arch>\n"].map((magic) =>
  Buffer.from(magic, "latin1"),
)
const MARKUP = /<(?:!doctype\s+html|html[\s>]|script[\s>]|svg\s[^>]{0,300}xmlns|body[\s>]|iframe[\s>]|\?php\b)/i

/** True when the bytes also hold markup that a browser or an interpreter would run, or the directory of an archive. */
export function isAlsoSomethingElse(bytes: Buffer): boolean {
  return hasZipDirectory(bytes) || MARKUP.test(bytes.toString("latin1")) || OTHER_STARTS.some((magic) => bytes.includes(magic))
}

function hasZipDirectory(bytes: Buffer): boolean {
  const from = Math.max(0, bytes.length - ZIP_END_BYTES - ZIP_COMMENT_MAX)
  for (let at = bytes.indexOf(ZIP_END, from); at >= 0; at = bytes.indexOf(ZIP_END, at + 1)) {
    if (at + ZIP_END_BYTES > bytes.length) return false
    const [entries, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 12)]
    if (entries > 0 && size <= at && bytes.subarray(at - size, at - size + 4).equals(ZIP_ENTRY)) return true
  }
  return false
}
