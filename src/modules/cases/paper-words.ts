// Labels of the one-stop shop's papers (Circular 03/2025/TT-VPCP, annex I), per language.

const vi = {
  code: "Mã hồ sơ",
  applicant: "Người nộp",
  service: "Nội dung yêu cầu giải quyết",
  papers: "Thành phần hồ sơ",
  sets: "Số lượng hồ sơ",
  limit: "Thời hạn giải quyết",
  received: "Thời gian nhận hồ sơ",
  due: "Thời gian trả kết quả",
  place: "Nơi nhận kết quả",
  online: "Trực tuyến, tại kho kết quả của người nộp",
  toComplete: "Nội dung cần bổ sung, hoàn thiện",
  answerUntil: "Trả lời trước",
  reason: "Lý do",
  contact: "Liên hệ",
  fee: "Lệ phí",
  feeDue: "{fee}, nộp tại nơi tiếp nhận",
  fetched: "cơ quan tự khai thác",
  sent: "đã gửi kèm",
  "working-day": "{value} ngày làm việc",
  "working-hour": "{value} giờ làm việc",
  hour: "{value} giờ",
  day: "{value} ngày",
  month: "{value} tháng",
  unspecified: "trong ngày làm việc",
  dated: "{place}, ngày {day} tháng {month} năm {year}",
} as const

const en: Record<keyof typeof vi, string> = {
  code: "Case code",
  applicant: "Applicant",
  service: "Request",
  papers: "Papers",
  sets: "Sets",
  limit: "Time limit",
  received: "Received",
  due: "Result due",
  place: "Result returned",
  online: "Online, in the applicant's store of results",
  toComplete: "To be completed",
  answerUntil: "Answer before",
  reason: "Reason",
  contact: "Contact",
  fee: "Fee",
  feeDue: "{fee}, to be paid at the counter",
  fetched: "fetched by the agency itself",
  sent: "sent",
  "working-day": "{value} working day(s)",
  "working-hour": "{value} working hour(s)",
  hour: "{value} hour(s)",
  day: "{value} day(s)",
  month: "{value} month(s)",
  unspecified: "within the working day",
  dated: "{place}, {day}/{month}/{year}",
}

export type PaperWord = keyof typeof vi

/** The words of a language; English where the product has none. */
export function paperWord(lang: string, key: PaperWord, params: Readonly<Record<string, string | number>> = {}): string {
  const words: Record<PaperWord, string> = lang === "vi" ? vi : en
  return words[key].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ""))
}
