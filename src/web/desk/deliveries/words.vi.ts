// Words of the page of deliveries to other agencies, Vietnamese.
export const vi = {
  title: "Đang chuyển đến cơ quan khác",
  lead: "Những gì hồ sơ của cơ quan bạn cần ghi ở cơ quan khác mà chưa nhận được biên nhận. Hệ thống tự thử lại, nhiều nhất năm phút một lần, trong bảy ngày.",
  none: "Mọi thứ đã đến nơi.",
  list: "Chưa có biên nhận, việc bị dừng trước",
  what: "Việc",
  to: "Đến",
  since: "Từ lúc",
  state: "Tình trạng",
  "kind.write": "Ghi vào {register}",
  "kind.correction": "Đề nghị đính chính trong {register}",
  waiting: "Đang thử lại",
  waitingText: { other: "Đã thử {count} lần; lần tới lúc {at}" },
  stuck: "Đã dừng",
  again: "Thử lại",
  againWhat: "{what}, {to}",
  retried: "Đang thử lại. Biên nhận đến thì hồ sơ tự đi tiếp.",
  case: "Xem hồ sơ",
  "fault.silent": "Cơ quan đó không trả lời trong bảy ngày. Hãy liên hệ với họ, rồi thử lại.",
  "fault.no-right":
    "Cơ quan đó không cho phép việc này: thỏa thuận đã hết hoặc không bao gồm. Hãy báo người quản trị, rồi thử lại.",
  "fault.consent-missing":
    "Thỏa thuận với cơ quan đó dựa trên sự đồng ý của người dân, mà chưa có sự đồng ý nào. Hãy báo người quản trị.",
  "fault.record-likely-duplicate": "Cơ quan đó đã có một bản ghi giống hệt. Hãy kiểm tra với họ trước khi thử lại.",
  "fault.record-exists": "Cơ quan đó đã có bản ghi của người này. Hãy kiểm tra với họ trước khi thử lại.",
  "fault.other": "Cơ quan đó từ chối ghi ({code}). Hãy liên hệ với họ, rồi thử lại.",
} as const
