/** Official papers that anyone can verify, and the files that people send: issued, signed, checked, opened by those who may. */

export type {
  DocumentKind,
  IssuedDocument,
  IssueInput,
  ListedDocument,
  OpenedFile,
  Particulars,
  Row,
  Section,
  SignatureStanding,
  Standing,
  Template,
  Verification,
} from "./document.ts"
export { issueDocument } from "./issue-document.ts"
export { listCaseDocuments, listDocuments } from "./list-documents.ts"
export { openDocument } from "./open-document.ts"
export { receiveShown, receiveUpload, setScanner } from "./receive-upload.ts"
export { revokeDocument } from "./revoke-document.ts"
export type { ReceivedFile, Scanner, SentFile, UploadPlace, UploadReceipt, UploadType } from "./upload.ts"
export { uploadTypes } from "./upload.ts"
export { handOverUploads, listCaseUploads, listUploads, openUpload, recordUpload, removeUpload, storeUpload } from "./uploads.ts"
export { VERIFY_BYTES_MAX, verifyByCode, verifyDocument } from "./verify-document.ts"
