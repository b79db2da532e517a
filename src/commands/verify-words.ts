// The words of `motlan verify exchange`.
import type { BundleCheck } from "#evidence"

const en = {
  exchange: "{file}: exchange {message}, from the log of {site}\n  the log's key, to be compared with the directory's: {key}",
  sent: "sent, sealed by {who} at {at}: certificate, signature, place in the log and checkpoint hold",
  got: "received, sealed by {who} at {at}: both seals, certificates, place in the log and checkpoint hold",
  refused: "a refusal, noted by {who}: signature, place in the log and checkpoint hold",
  "sent-failed": "sent: DOES NOT HOLD: {why}",
  "got-failed": "received: DOES NOT HOLD: {why}",
  "refused-failed": "a refusal: DOES NOT HOLD: {why}",
  witness: "cosigned by the witness {name} at {at}",
  "no-witness": "no known witness has cosigned this checkpoint",
  timestamp: "timestamped by {by} at {at}",
  "timestamp-untrusted": "timestamped by {by} at {at}, whom no trusted authority has certified",
  holds: "The exchange holds: what was sent and what was received.",
  half: "What is there holds, but it is not a whole exchange: it has no message sent, or none received.",
  fails: "The exchange does not hold.",
  "no-bundle": "{file}: this is not the evidence of an exchange",
  "anchors-named": "Trusted authority: that of {file}.",
  "anchors-of-file":
    "The trusted authorities are those in the file itself: whoever made it chose them. Name the one that you trust with --anchor FILE.",
  failed: {
    certificate: "no certificate of a trusted authority for the key that sealed it, or not at that time",
    batch: "the record is not the one that was sealed",
    signature: "the signature does not hold",
    checkpoint: "the checkpoint of the log, or what a witness has added to it, does not hold",
    log: "the record does not stand where the log is said to have it",
    timestamp: "a timestamp is not of this checkpoint, or not signed as it should be",
    peer: "what the other site sealed does not hold",
    message: "the record belongs to another exchange",
    answer: "the answer is not to this request",
  },
} as const satisfies Words

interface Words extends Readonly<Record<string, string | Readonly<Record<BundleCheck, string>>>> {
  readonly failed: Readonly<Record<BundleCheck, string>>
}

type Same = { readonly [Name in keyof typeof en]: Name extends "failed" ? Readonly<Record<BundleCheck, string>> : string }

const vi: Same = {
  exchange: "{file}: giao dịch {message}, lấy từ nhật ký của {site}\n  khóa của nhật ký, cần so với danh bạ: {key}",
  sent: "đã gửi, {who} đóng dấu lúc {at}: chứng thư, chữ ký, vị trí trong nhật ký và điểm chốt đều đúng",
  got: "đã nhận, {who} đóng dấu lúc {at}: cả hai dấu, chứng thư, vị trí trong nhật ký và điểm chốt đều đúng",
  refused: "một lần từ chối, {who} ghi lại: chữ ký, vị trí trong nhật ký và điểm chốt đều đúng",
  "sent-failed": "đã gửi: KHÔNG ĐÚNG: {why}",
  "got-failed": "đã nhận: KHÔNG ĐÚNG: {why}",
  "refused-failed": "một lần từ chối: KHÔNG ĐÚNG: {why}",
  witness: "nhân chứng {name} đồng ký lúc {at}",
  "no-witness": "chưa có nhân chứng quen biết nào đồng ký điểm chốt này",
  timestamp: "{by} cấp dấu thời gian lúc {at}",
  "timestamp-untrusted": "{by} cấp dấu thời gian lúc {at}, nhưng không được tổ chức tin cậy nào chứng nhận",
  holds: "Giao dịch đúng: cả thông điệp đã gửi và thông điệp đã nhận.",
  half: "Những gì có ở đây đều đúng, nhưng chưa đủ một giao dịch: thiếu thông điệp đã gửi hoặc đã nhận.",
  fails: "Giao dịch không đúng.",
  "no-bundle": "{file}: đây không phải là bằng chứng của một giao dịch",
  "anchors-named": "Tổ chức chứng thực được tin: trong {file}.",
  "anchors-of-file":
    "Tổ chức chứng thực được tin là do chính tệp này nêu, tức do người lập tệp chọn. Hãy chỉ ra tổ chức mà bạn tin bằng --anchor TỆP.",
  failed: {
    certificate: "khóa đóng dấu không có chứng thư của tổ chức được tin, hoặc không có vào lúc đó",
    batch: "bản ghi không phải là bản đã được đóng dấu",
    signature: "chữ ký không đúng",
    checkpoint: "điểm chốt của nhật ký, hoặc phần nhân chứng thêm vào, không đúng",
    log: "bản ghi không nằm ở chỗ được nêu trong nhật ký",
    timestamp: "dấu thời gian không phải của điểm chốt này, hoặc không được ký đúng cách",
    peer: "phần do bên kia đóng dấu không đúng",
    message: "bản ghi thuộc về giao dịch khác",
    answer: "câu trả lời không phải cho yêu cầu này",
  },
}

export const wordsOfVerdicts = { vi, en: en as Same } as const
