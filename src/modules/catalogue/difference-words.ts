// The words of differences between versions, in the languages of the program.
import { type Text, textIn } from "#country"
import type { Change, Part } from "./difference.ts"

const words = {
  name: { vi: "Tên thủ tục: “{before}” → “{after}”", en: "Name of the service: “{before}” → “{after}”" },
  level: { vi: "Mức trực tuyến: {before} → {after}", en: "Level online: {before} → {after}" },
  "channel-added": { vi: "Thêm cách nộp: {channel}", en: "A new way to hand in: {channel}" },
  "channel-gone": { vi: "Không còn cách nộp: {channel}", en: "No longer handed in by: {channel}" },
  guidance: { vi: "Trình tự công bố cho người dân đã đổi", en: "The steps told to people have changed" },
  requirements: { vi: "Yêu cầu, điều kiện đã đổi", en: "The requirements have changed" },
  authority: { vi: "Cơ quan giải quyết đã đổi", en: "The agency that decides has changed" },
  audience: { vi: "Đối tượng thực hiện đã đổi", en: "Who may ask for it has changed" },
  writes: { vi: "Nội dung ghi vào sổ đăng ký đã đổi", en: "What is written to registers has changed" },
  minutes: { vi: "Số phút để điền: {before} → {after}", en: "Minutes to fill in: {before} → {after}" },
  "service-otherwise": { vi: "Nội dung công bố khác đã đổi", en: "Something else that is published has changed" },
  "step-added": {
    vi: "Bước {number}: thêm “{step}”, {hours} giờ làm việc",
    en: "Step {number}: “{step}” is new, {hours} working hours",
  },
  "step-gone": { vi: "Bước {number} cũ: bỏ “{step}”", en: "Old step {number}: “{step}” is no longer there" },
  "step-name": {
    vi: "Bước {number}: đổi tên từ “{before}” thành “{step}”",
    en: "Step {number}: renamed from “{before}” to “{step}”",
  },
  "step-id": {
    vi: "Bước {number} ({step}): đổi mã từ “{before}” thành “{after}”",
    en: "Step {number} ({step}): its id is renamed from “{before}” to “{after}”",
  },
  "step-hours": {
    vi: "Bước {number} ({step}): giờ làm việc {before} → {after}",
    en: "Step {number} ({step}): working hours {before} → {after}",
  },
  "step-role": {
    vi: "Bước {number} ({step}): người làm {before} → {after}",
    en: "Step {number} ({step}): done by {before} → {after}",
  },
  "step-unit": { vi: "Bước {number} ({step}): đơn vị {before} → {after}", en: "Step {number} ({step}): unit {before} → {after}" },
  "step-eyes": {
    vi: "Bước {number} ({step}): quy định người thứ hai đã đổi",
    en: "Step {number} ({step}): who may not do it has changed",
  },
  "step-checks": {
    vi: "Bước {number} ({step}): nội dung phải kiểm tra đã đổi",
    en: "Step {number} ({step}): what is checked has changed",
  },
  "step-forms": {
    vi: "Bước {number} ({step}): mẫu giấy lập ra đã đổi",
    en: "Step {number} ({step}): the forms made have changed",
  },
  "step-closes": {
    vi: "Bước {number} ({step}): thời gian chờ {before} → {after}",
    en: "Step {number} ({step}): waits {before} → {after}",
  },
  "step-way": {
    vi: "Bước {number} ({step}): kết quả “{outcome}” dẫn đến {before} → {after}",
    en: "Step {number} ({step}): the outcome “{outcome}” leads to {before} → {after}",
  },
  "step-way-gone": {
    vi: "Bước {number} ({step}): bỏ kết quả “{outcome}”",
    en: "Step {number} ({step}): the outcome “{outcome}” is gone",
  },
  "steps-otherwise": { vi: "Quy trình nội bộ có thay đổi khác", en: "The internal process has changed otherwise" },
  "field-asked": { vi: "Hỏi thêm “{field}”", en: "“{field}” is asked now" },
  "field-fetched": { vi: "Lấy thêm “{field}” từ sổ đăng ký", en: "“{field}” is fetched from a register now" },
  "field-gone": { vi: "Không còn hỏi “{field}”", en: "“{field}” is no longer asked" },
  "field-unfetched": { vi: "Không còn lấy “{field}”", en: "“{field}” is no longer fetched" },
  "field-now-fetched": {
    vi: "“{field}”: không hỏi nữa, lấy từ sổ đăng ký",
    en: "“{field}” is no longer asked: a register tells it",
  },
  "field-now-asked": { vi: "“{field}”: trước lấy từ sổ, nay hỏi người dân", en: "“{field}” was fetched and is asked now" },
  "field-name": { vi: "Tên trường “{before}” → “{field}”", en: "Name of the field “{before}” → “{field}”" },
  "field-type": { vi: "“{field}”: kiểu {before} → {after}", en: "“{field}”: kind {before} → {after}" },
  "field-optional": { vi: "“{field}”: không bắt buộc nữa", en: "“{field}” may stay empty now" },
  "field-needed": { vi: "“{field}”: nay bắt buộc", en: "“{field}” has to be filled in now" },
  "field-when": { vi: "“{field}”: điều kiện {before} → {after}", en: "“{field}”: condition {before} → {after}" },
  "field-options": { vi: "“{field}”: các lựa chọn đã đổi", en: "“{field}”: the choices have changed" },
  "form-otherwise": { vi: "Biểu mẫu có thay đổi khác", en: "The form has changed otherwise" },
  "table-added": { vi: "Thêm bảng quyết định “{table}”", en: "The decision table “{table}” is new" },
  "table-gone": { vi: "Bỏ bảng quyết định “{table}”", en: "The decision table “{table}” is gone" },
  "rule-added": { vi: "Bảng “{table}”: thêm quy tắc “{rule}”", en: "Table “{table}”: the rule “{rule}” is new" },
  "rule-changed": { vi: "Bảng “{table}”: quy tắc “{rule}” đã đổi", en: "Table “{table}”: the rule “{rule}” has changed" },
  "rule-gone": { vi: "Bảng “{table}”: bỏ quy tắc “{rule}”", en: "Table “{table}”: the rule “{rule}” is gone" },
  "rules-otherwise": { vi: "Bảng quyết định có thay đổi khác", en: "The decision tables have changed otherwise" },
  "paper-added": { vi: "Thêm giấy tờ phải nộp: {paper}", en: "A paper more to bring: {paper}" },
  "paper-fetched": { vi: "Nhà nước tự lấy thêm: {paper}", en: "The state fetches in addition: {paper}" },
  "paper-gone": { vi: "Không còn cần: {paper}", en: "No longer needed: {paper}" },
  "paper-now-fetched": {
    vi: "Không phải nộp nữa, nhà nước tự lấy: {paper}",
    en: "No longer brought, the state fetches it: {paper}",
  },
  "paper-kind": { vi: "Cách nộp đã đổi: {paper}", en: "How it is given has changed: {paper}" },
  "paper-changed": { vi: "Quy định về giấy tờ đã đổi: {paper}", en: "The rules for it have changed: {paper}" },
  "papers-otherwise": { vi: "Thành phần hồ sơ có thay đổi khác", en: "The papers have changed otherwise" },
  limit: {
    vi: "Thời hạn: {before} {beforeUnit} → {after} {afterUnit}",
    en: "Limit: {before} {beforeUnit} → {after} {afterUnit}",
  },
  "limit-value": { vi: "Thời hạn: {before} → {after} {unit}", en: "Limit: {before} → {after} {unit}" },
  cutoff: { vi: "Giờ nhận trong ngày: {before} → {after}", en: "Latest hour of the day: {before} → {after}" },
  "limit-otherwise": { vi: "Quy định về thời hạn đã đổi", en: "The rules of the limit have changed" },
  fee: { vi: "Phí ({channel}): {before} → {after} {currency}", en: "Fee ({channel}): {before} → {after} {currency}" },
  discounts: { vi: "Mức giảm phí đã đổi", en: "The discounts have changed" },
  "fee-note": { vi: "Ghi chú về phí nay là: {after}", en: "The note on the fee now says: {after}" },
  "fee-otherwise": { vi: "Quy định về phí đã đổi", en: "The rules of the fee have changed" },
  "law-added": { vi: "Thêm căn cứ pháp lý: {ref}", en: "Legal basis added: {ref}" },
  "law-gone": { vi: "Bỏ căn cứ pháp lý: {ref}", en: "Legal basis removed: {ref}" },
  "law-otherwise": { vi: "Cách ghi căn cứ pháp lý đã đổi", en: "How the legal basis is written has changed" },
  "result-otherwise": { vi: "Giấy kết quả đã đổi", en: "The result has changed" },
  "unit.working-day": { vi: "ngày làm việc", en: "working days" },
  "unit.working-hour": { vi: "giờ làm việc", en: "working hours" },
  "unit.hour": { vi: "giờ", en: "hours" },
  "unit.day": { vi: "ngày", en: "days" },
  "unit.month": { vi: "tháng", en: "months" },
  "unit.unspecified": { vi: "(không rõ đơn vị)", en: "(no unit)" },
} as const satisfies Record<string, Text>

export type DifferenceCode = keyof typeof words

export const partWords: Readonly<Record<Part, Text>> = {
  service: { vi: "Nội dung công bố", en: "What is published" },
  steps: { vi: "Quy trình nội bộ", en: "Internal process" },
  form: { vi: "Biểu mẫu", en: "Form" },
  rules: { vi: "Bảng quyết định", en: "Decision tables" },
  papers: { vi: "Thành phần hồ sơ", en: "Papers" },
  limit: { vi: "Thời hạn", en: "Limit" },
  fee: { vi: "Phí, lệ phí", en: "Fee" },
  law: { vi: "Căn cứ pháp lý", en: "Law" },
  result: { vi: "Kết quả", en: "Result" },
}

/** A change as a sentence; in the first language of the program where `lang` is none of its own. */
export function changeWords({ code, params }: Change, lang: string): string {
  const said = (param: string | number | Text | undefined): string => {
    if (typeof param === "object") return textIn(param, lang)
    if (typeof param === "string" && Object.hasOwn(words, param) && param.startsWith("unit."))
      return textIn(words[param as DifferenceCode], lang)
    return param === undefined ? "" : String(param)
  }
  return textIn(words[code], lang).replace(/\{(\w+)\}/g, (_, key: string) => said(params[key]))
}
