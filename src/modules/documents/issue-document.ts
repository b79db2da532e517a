// Issues an official paper: drawn, signed, stored and entered in one deed.
import { append } from "#audit"
import type { Tx } from "#platform/db"
import { newId } from "#platform/ids"
import { signingIdentity } from "./agency-certificate.ts"
import { signDetached } from "./cms.ts"
import type { IssuedDocument, IssueInput } from "./document.ts"
import { drawPaper } from "./draw-paper.ts"
import { signPdf } from "./pdf-signature.ts"
import { insertDocument } from "./store.ts"
import { newVerifyCode } from "./verify-code.ts"

/**
 * Draws the paper as a PDF, signs it with the agency's key when asked (PAdES B-B), stores the file and enters it. An
 * official issues for the own agency, the system for any, a person only the receipt of the own case.
 */
export async function issueDocument(tx: Tx, input: IssueInput): Promise<IssuedDocument> {
  const { agency, agencyName, subject, caseId, kind, template, lang, sign } = input
  const id = newId(tx.now)
  const verifyCode = newVerifyCode()
  const address = `${tx.site.origin}/verify/${verifyCode}`
  const drawn = await drawPaper({ template, agencyName, lang, issuedAt: tx.now, verifyCode, address, sign })
  const pdf = sign ? await signed(tx, drawn, agency, agencyName) : drawn
  const { sha256, bytes } = await tx.site.files.putBytes(pdf)
  const { title, number, holder, date: dated } = template
  const row = { agency, id, subject, caseId, kind, agencyName, title, number, holder, dated, lang, verifyCode, sha256, bytes }
  await insertDocument(tx, { ...row, signed: sign, issuedAt: tx.now })
  const code = template.particulars.dossierCode ?? null
  append(tx, { agency, event: "document-issued", subject, caseId, details: { document: id, kind, code, sha256 } })
  if (sign) append(tx, { agency, event: "document-signed", subject, caseId, details: { document: id, kind, code, key: agency } })
  return { id, verifyCode, sha256, bytes }
}

async function signed(tx: Tx, pdf: Buffer, agency: string, agencyName: string): Promise<Buffer> {
  const identity = await signingIdentity(tx.site, tx.now, agency, agencyName)
  return signPdf(pdf, (covered) => signDetached(covered, identity))
}
