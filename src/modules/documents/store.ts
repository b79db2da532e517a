// The statements of the documents module.
import { sql, type Tx } from "#platform/db"
import type { DocumentKind } from "./document.ts"
import type { UploadType } from "./upload.ts"

export interface DocumentRow {
  readonly agency: string
  readonly id: string
  readonly subject: string
  readonly caseId: string
  readonly kind: DocumentKind
  readonly agencyName: string
  readonly title: string
  readonly number: string
  readonly holder: string
  readonly dated: string
  readonly lang: string
  readonly verifyCode: string
  readonly sha256: string
  readonly bytes: number
  readonly signed: boolean
  readonly issuedAt: Date
  readonly revokedAt: Date | null
}

const LIST_MAX = 200

const documents = sql`
  select d.agency, d.id, d.subject, d.case_id as "caseId", d.kind, d.agency_name as "agencyName", d.title, d.number, d.holder,
    d.dated, d.lang, d.verify_code as "verifyCode", d.sha256, d.bytes, d.signed, d.issued_at as "issuedAt", r.revoked_at as "revokedAt"
  from documents.document d left join documents.revocation r on r.agency = d.agency and r.document_id = d.id`

export async function insertDocument(tx: Tx, d: Omit<DocumentRow, "revokedAt">): Promise<void> {
  await tx.run(sql`
    insert into documents.document (agency, id, subject, case_id, kind, agency_name, title, number, holder, dated, lang,
      verify_code, sha256, bytes, signed, issued_at)
    values (${d.agency}, ${d.id}, ${d.subject}, ${d.caseId}, ${d.kind}, ${d.agencyName}, ${d.title}, ${d.number}, ${d.holder},
      ${d.dated}, ${d.lang}, ${d.verifyCode}, ${d.sha256}, ${d.bytes}, ${d.signed}, ${d.issuedAt})`)
}

export const findDocument = (tx: Tx, id: string): Promise<DocumentRow | undefined> =>
  tx.find(sql`${documents} where d.id = ${id}`)

export const documentsOf = (tx: Tx, subject: string): Promise<DocumentRow[]> =>
  tx.rows(sql`${documents} where d.subject = ${subject} order by d.issued_at desc, d.id desc limit ${LIST_MAX}`)

export const documentsOfCase = (tx: Tx, caseId: string): Promise<DocumentRow[]> =>
  tx.rows(sql`${documents} where d.case_id = ${caseId} order by d.issued_at, d.id limit ${LIST_MAX}`)

/** The paper of a code. Row-level security lets anyone see the one row whose code they can name. */
export const findByCode = (tx: Tx, code: string): Promise<DocumentRow | undefined> =>
  naming(tx, "document_code", code, () => tx.find(sql`${documents} where d.verify_code = ${code}`))

/** The paper whose bytes have this hash. */
export const findByHash = (tx: Tx, sha256: string): Promise<DocumentRow | undefined> =>
  naming(tx, "document_sha256", sha256, () => tx.find(sql`${documents} where d.sha256 = ${sha256}`))

/** Tells row-level security what the asker can name, for one statement only. */
async function naming<T>(tx: Tx, what: "document_code" | "document_sha256", value: string, ask: () => Promise<T>): Promise<T> {
  await tx.run(sql`select set_config(${`motlan.${what}`}, ${value}, true)`)
  const answer = await ask()
  await tx.run(sql`select set_config(${`motlan.${what}`}, '', true)`)
  return answer
}

interface RevocationRow {
  readonly agency: string
  readonly documentId: string
  readonly reason: string
  readonly revokedBy: string
  readonly revokedAt: Date
}

/** False when it was revoked before. */
export async function insertRevocation(tx: Tx, r: RevocationRow): Promise<boolean> {
  const changed = await tx.run(sql`
    insert into documents.revocation (agency, document_id, reason, revoked_by, revoked_at)
    values (${r.agency}, ${r.documentId}, ${r.reason}, ${r.revokedBy}, ${r.revokedAt})
    on conflict (agency, document_id) do nothing`)
  return changed === 1
}

export interface UploadRow {
  readonly subject: string
  readonly id: string
  readonly draftId: string
  readonly field: string
  readonly caseId: string | null
  readonly agency: string | null
  readonly name: string
  readonly type: UploadType
  readonly bytes: number
  readonly sha256: string
  readonly sentSha256: string
  readonly receivedAt: Date
}

const uploads = sql`
  select subject, id, draft_id as "draftId", field, case_id as "caseId", agency, name, type, bytes, sha256,
    sent_sha256 as "sentSha256", received_at as "receivedAt"
  from documents.upload`

export async function insertUpload(tx: Tx, u: Omit<UploadRow, "caseId" | "agency">): Promise<void> {
  await tx.run(sql`
    insert into documents.upload (subject, id, draft_id, field, name, type, bytes, sha256, sent_sha256, received_at)
    values (${u.subject}, ${u.id}, ${u.draftId}, ${u.field}, ${u.name}, ${u.type}, ${u.bytes}, ${u.sha256}, ${u.sentSha256},
      ${u.receivedAt})`)
}

export const findUpload = (tx: Tx, id: string): Promise<UploadRow | undefined> => tx.find(sql`${uploads} where id = ${id}`)

export const uploadsOfDraft = (tx: Tx, draftId: string): Promise<UploadRow[]> =>
  tx.rows(sql`${uploads} where draft_id = ${draftId} order by received_at, id limit ${LIST_MAX}`)

export const uploadsOfCase = (tx: Tx, caseId: string): Promise<UploadRow[]> =>
  tx.rows(sql`${uploads} where case_id = ${caseId} order by received_at, id limit ${LIST_MAX}`)

export const giveUploadsToCase = (tx: Tx, draftId: string, caseId: string, agency: string): Promise<number> =>
  tx.run(sql`update documents.upload set case_id = ${caseId}, agency = ${agency} where draft_id = ${draftId} and case_id is null`)

export const deleteUpload = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from documents.upload where id = ${id} and case_id is null`)
