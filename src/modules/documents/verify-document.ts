// Tells whether a paper that somebody shows is genuine.
import { createHash } from "node:crypto"
import type { Tx } from "#platform/db"
import { authorityCertificate } from "./agency-certificate.ts"
import { checkDetached } from "./cms.ts"
import type { SignatureStanding, Verification } from "./document.ts"
import { codesInside } from "./pdf-codes.ts"
import { findSignature } from "./pdf-signature.ts"
import { type DocumentRow, findByCode, findByHash } from "./store.ts"
import { readVerifyCode } from "./verify-code.ts"

/** Papers of the site stay far below; what is longer was not issued here. */
export const VERIFY_BYTES_MAX = 10 * 1024 * 1024

/**
 * Looks at the bytes of a PDF. Genuine: byte for byte as issued, and its signature checks out by itself. Altered: it
 * names a paper of this site but the bytes or the signature differ. Revoked: genuine once, taken back since.
 */
export async function verifyDocument(tx: Tx, bytes: Uint8Array): Promise<Verification> {
  const pdf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (pdf.length > VERIFY_BYTES_MAX || pdf.indexOf("%PDF-") !== 0) return { standing: "unknown" }
  const signature = await checkSignature(tx, pdf)
  const same = await findByHash(tx, createHash("sha256").update(pdf).digest("hex"))
  if (same) {
    const sound = !same.signed || signature.standing === "valid"
    const standing = same.revokedAt ? "revoked" : sound ? "genuine" : "altered"
    return { standing, paper: shown(same, standing === "genuine"), signature }
  }
  for (const code of codesInside(pdf)) {
    const named = await findByCode(tx, code)
    if (named) return { standing: "altered", paper: shown(named, false), signature }
  }
  return { standing: "unknown", signature }
}

/** Looks a paper up by the code printed on it; spaces, dashes and case do not matter. Says nothing about any bytes. */
export async function verifyByCode(tx: Tx, code: string): Promise<Verification> {
  const read = readVerifyCode(code)
  const found = read === undefined ? undefined : await findByCode(tx, read)
  if (!found) return { standing: "unknown" }
  return { standing: found.revokedAt ? "revoked" : "genuine", paper: shown(found, false) }
}

function shown(row: DocumentRow, whole: boolean): NonNullable<Verification["paper"]> {
  const { kind, title, number, agencyName, dated, verifyCode, signed, revokedAt } = row
  const holder = whole ? row.holder : masked(row.holder)
  return { kind, title, number, agencyName, date: dated, holder, verifyCode, signed, ...(revokedAt ? { revokedAt } : {}) }
}

/** The first letter of each word: enough to compare with a paper in the hand, too little to learn a name. */
const masked = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => `${[...word][0]}•••`)
    .join(" ")

async function checkSignature(tx: Tx, pdf: Buffer): Promise<{ standing: SignatureStanding; signer?: string; at?: Date }> {
  const found = findSignature(pdf)
  if (found === undefined) return { standing: "none" }
  if (found === "unreadable") return { standing: "broken" }
  const authority = await authorityCertificate(tx.site, tx.now)
  const checked = checkDetached(found.cms, found.covered, authority, found.at ?? tx.now)
  const standing = checked.standing === "valid" && !found.coversAll ? "partial" : checked.standing
  return { ...checked, standing, ...(found.at ? { at: found.at } : {}) }
}
