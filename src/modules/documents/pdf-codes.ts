// Which of the site's codes a PDF names, wherever a program may have put them when saving it anew.
import { pdfText } from "./pdf-streams.ts"
import { readVerifyCode } from "./verify-code.ts"

const CODES_MAX = 5

/** The verification codes that stand in the file's information, metadata or links: `…/verify/7K2M-Q9XV-40RT-HB3D`. */
export function codesInside(pdf: Buffer): string[] {
  const { structure, objects, metadata } = pdfText(pdf)
  // Text strings may be UTF-16: without their zero bytes they read like plain ones.
  const text = `${structure}\n${objects}\n${metadata}`.replaceAll("\0", "")
  const codes = new Set<string>()
  const pattern = /\/verify\/([0-9A-Za-z]{4}(?:-[0-9A-Za-z]{4}){3})/g
  for (const [, typed] of text.matchAll(pattern)) {
    const code = readVerifyCode(typed!)
    if (code) codes.add(code)
    if (codes.size >= CODES_MAX) break
  }
  return [...codes]
}
