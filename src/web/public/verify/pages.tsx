// Verifying a paper, by its code or by its file; open to anyone.
import { receiveShown, VERIFY_BYTES_MAX, verifyByCode, verifyDocument } from "#documents"
import { html, limits, type PageReply, type PageRequest, redirect, type UploadedFile } from "#platform/http"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { AnswerView, type AskError, AskView } from "./view.tsx"

const CODE_CHARS = 16
const megabytesMax = VERIFY_BYTES_MAX / (1024 * 1024)
/** Answers about papers are nobody's to keep or to list. */
const headers = { "x-robots-tag": "noindex", "cache-control": "no-store" }

/** Registers `/verify` and `/verify/CODE`. */
export function verifyPages(web: Web): void {
  web.page({ method: "GET", path: routes.verify, for: "public", handle: async (request) => askedByCode(request) })
  web.page({
    method: "GET",
    path: routes.verifyCode,
    for: "public",
    limit: limits.lookUp,
    handle: async (request) => {
      const seen = await request.tx((tx) => verifyByCode(tx, request.params.code))
      const status = seen.standing === "unknown" ? 404 : 200
      return html(<AnswerView frame={request} seen={seen} by="code" />, { status, headers })
    },
  })
  web.page({
    method: "POST",
    path: routes.verify,
    for: "public",
    limit: limits.upload,
    files: { bytesMax: VERIFY_BYTES_MAX, countMax: 1, take: (_site, file) => receiveShown(file.stream) },
    handle: async (request) => {
      const shown = request.files.find((file) => file.field === "paper")
      if (!shown?.taken) return again(request, "", errorOf(shown))
      const pdf = shown.taken
      const seen = await request.tx((tx) => verifyDocument(tx, pdf))
      return html(<AnswerView frame={request} seen={seen} by="file" />, { headers })
    },
  })
}

/** The page that asks; with a code in its query it goes on to the answer. */
function askedByCode(request: PageRequest<"public">): PageReply {
  const code = request.query.get("code").trim()
  if (!request.query.has("code")) return html(<AskView frame={request} asked={{ code, megabytesMax }} />)
  if (code === "") return again(request, code, "codeEmpty")
  const characters = code.replace(/[^0-9A-Za-z]/g, "")
  return characters.length === CODE_CHARS ? redirect(paths.verifyCode(code)) : again(request, code, "codeWrong")
}

const again = (request: PageRequest<"public", never, unknown>, code: string, error: AskError): PageReply =>
  html(<AskView frame={request} asked={{ code, error, megabytesMax }} />, { status: 422 })

function errorOf(shown: UploadedFile | undefined): AskError {
  if (!shown || shown.refused === "upload-empty") return "fileEmpty"
  if (shown.refused === "upload-too-large" || shown.refused === "file-too-large") return "fileTooLarge"
  return shown.refused === "upload-type-refused" ? "fileWrong" : "fileFailed"
}
