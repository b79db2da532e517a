// The few words that a paper has besides those of its template, per language.

export interface PaperWords {
  readonly verifyAt: string
  readonly code: string
  readonly signedBy: string
  readonly qr: string
  readonly page: (page: number, pages: number) => string
}

const words: Readonly<Record<string, PaperWords>> = {
  vi: {
    verifyAt: "Kiểm tra tại",
    code: "mã",
    signedBy: "Đã ký số bởi",
    qr: "Mã QR để kiểm tra giấy này",
    page: (page, pages) => `Trang ${page}/${pages}`,
  },
  en: {
    verifyAt: "Verify at",
    code: "code",
    signedBy: "Digitally signed by",
    qr: "QR code to verify this paper",
    page: (page, pages) => `Page ${page} of ${pages}`,
  },
}

/** The words of a language; English where the product has none. */
export const paperWords = (lang: string): PaperWords => words[lang] ?? words.en!
