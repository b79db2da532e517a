// What an official paper is: what is asked to issue one, and what is told about one.

/** What kind of paper: the result of a case, or one of the one-stop shop's own papers. */
export type DocumentKind = "result" | "receipt" | "supplement-request" | "refusal"

export const documentKinds: readonly DocumentKind[] = ["result", "receipt", "supplement-request", "refusal"]

/** One line of a paper: what it is called, what it says. */
export interface Row {
  readonly label: string
  readonly value: string
}

export interface Section {
  readonly heading?: string
  readonly lines?: readonly Row[]
  readonly paragraphs?: readonly string[]
}

/**
 * What the QR at the top left carries besides the title, the time of issue and the address where the paper is verified
 * (the data that Circular 01/2023/TT-VPCP asks of a printed paper). What is absent leaves its place empty.
 */
export interface Particulars {
  readonly dossierCode?: string
  readonly procedureCode?: string
  /** Identification code of the person or organisation. */
  readonly holderCode?: string
  /** Name of the information system that gives the data; its address when absent. */
  readonly system?: string
  /** On a receipt: when the result is due. */
  readonly appointment?: string
  /** On a result: until when and where it holds. */
  readonly validity?: string
}

/** A paper in the words of its country and language; nothing is added to it but the code, the QR, the page number and the signature. */
export interface Template {
  /** Lines of the letterhead: the agency at the left, the state and its motto at the right. */
  readonly header: { readonly agency: readonly string[]; readonly state: readonly string[] }
  readonly title: string
  /** The number as printed, with its word: `Số: 12/2026/TLKS`. */
  readonly number: string
  /** Place and date as printed above the signature: `Bến Thành, ngày 9 tháng 3 năm 2026`. */
  readonly place: string
  /** The date of the paper where its agency is: `2026-03-09`. */
  readonly date: string
  /** The person or organisation that the paper is about or for. */
  readonly holder: string
  readonly particulars: Particulars
  readonly lines: readonly Row[]
  readonly sections: readonly Section[]
  readonly signer?: { readonly name: string; readonly position: string }
}

export interface IssueInput {
  readonly agency: string
  readonly agencyName: string
  /** Pseudonym of the holder (`tx.site.keys.subjectOf(number)`). */
  readonly subject: string
  readonly caseId: string
  readonly kind: DocumentKind
  readonly template: Template
  readonly lang: string
  /** True: the agency's key signs it (PAdES B-B). */
  readonly sign: boolean
}

/** A paper as it was issued; its bytes are `openDocument(tx, id)`. */
export interface IssuedDocument {
  readonly id: string
  /** 16 characters in groups of four, 80 bits: `7K2M-Q9XV-40RT-HB3D`. */
  readonly verifyCode: string
  readonly sha256: string
  readonly bytes: number
}

export interface ListedDocument extends IssuedDocument {
  readonly agency: string
  readonly agencyName: string
  readonly caseId: string
  readonly kind: DocumentKind
  readonly title: string
  readonly number: string
  readonly date: string
  readonly issuedAt: Date
  readonly revokedAt?: Date
}

/** What stands behind a paper that somebody shows. */
export type Standing = "genuine" | "altered" | "revoked" | "unknown"

/** How the signature inside the shown bytes fares, apart from what the site's own book says. */
export type SignatureStanding =
  | "valid"
  /** There is none. */
  | "none"
  /** The bytes it covers differ from what was signed, or it can't be read. */
  | "broken"
  /** Something stands in the file that it does not cover. */
  | "partial"
  /** Sound, but the certificate was not issued by this site. */
  | "foreign"

export interface Verification {
  readonly standing: Standing
  /** What anyone may know of it; absent when unknown. */
  readonly paper?: {
    readonly kind: DocumentKind
    readonly title: string
    readonly number: string
    readonly agencyName: string
    readonly date: string
    /** Whole only for who holds the genuine bytes; else the first letters. */
    readonly holder: string
    readonly verifyCode: string
    readonly signed: boolean
    readonly revokedAt?: Date
  }
  /** Present when bytes were shown. */
  readonly signature?: { readonly standing: SignatureStanding; readonly signer?: string; readonly at?: Date }
}

/** A file to be sent to a browser: its headers keep it from ever running there. */
export interface OpenedFile {
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly sha256: string
  readonly stream: import("node:stream").Readable
  readonly headers: Readonly<Record<string, string>>
}
