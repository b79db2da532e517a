// The words of what stands in the way of publishing a definition that is otherwise well formed.
import type { FindingEntry } from "./finding-words.ts"

export const publicationWords = {
  "part-missing": {
    words: {
      vi: "Thiếu một trong bảy bộ phận của thủ tục: {vi}.",
      en: "One of the seven parts of a procedure is missing: {en}.",
    },
    mend: { vi: "Thêm “{key}:”.", en: "Add “{key}:”." },
  },
  "fee-against-note": {
    words: {
      vi: "Ghi miễn phí, nhưng ghi chú nói {amount}.",
      en: "It is called free, but the note speaks of {amount}.",
    },
    mend: { vi: "Ghi số tiền vào “amounts”, hoặc sửa ghi chú.", en: "Write the amount under “amounts”, or mend the note." },
  },
  "discount-expired": {
    words: { vi: "Mức giảm phí đã hết hạn ngày {until}.", en: "The discount ended on {until}." },
    mend: { vi: "Bỏ mức giảm này, hoặc ghi văn bản gia hạn.", en: "Take it out, or give the text that prolongs it." },
  },
  "discount-no-discount": {
    words: {
      vi: "Mức giảm cho kênh “{name}” không thấp hơn phí.",
      en: "The discount for the channel “{name}” is not below the fee.",
    },
    mend: { vi: "Ghi số tiền thấp hơn phí.", en: "Write an amount below the fee." },
  },
  "law-not-in-force": {
    words: { vi: "Căn cứ {ref} có hiệu lực {when}.", en: "The legal basis {ref} is in force {when}." },
    mend: {
      vi: "Ghi văn bản đang có hiệu lực, hoặc sửa ngày của văn bản.",
      en: "Name the text that is in force, or mend its days.",
    },
  },
  "fee-law-not-in-force": {
    words: {
      vi: "Phí thu theo {ref}, văn bản này có hiệu lực {when}.",
      en: "The fee is taken under {ref}, which is in force {when}.",
    },
    mend: {
      vi: "Ghi mức phí theo văn bản đang có hiệu lực.",
      en: "Write the fee as the text in force has it.",
    },
  },
  "words-missing": {
    words: { vi: "Không có lời cho “{key}” của bước {step}.", en: "There are no words for “{key}” of the step {step}." },
    mend: { vi: "Thêm “{key}: { vi: ..., en: ... }” vào words.yaml.", en: "Add “{key}: { vi: ..., en: ... }” to words.yaml." },
  },
  "one-pair-of-eyes": {
    words: {
      vi: "Người thẩm tra cũng có thể ký ở bước {step}.",
      en: "Who examined may also sign at the step {step}.",
    },
    mend: { vi: "Thêm “not: [{asker}]”.", en: "Add “not: [{asker}]”." },
  },
  "paper-held-by-register": {
    words: {
      vi: "Bắt nộp giấy “{name}” mà sổ “{from}” đã có.",
      en: "The paper “{name}” is asked for although “{from}” holds it.",
    },
    mend: { vi: "Đổi thành “kind: evidence”.", en: "Make it “kind: evidence”." },
  },
  "condition-wrong": {
    words: { vi: "Điều kiện của giấy “{name}” sai ở “{near}”.", en: "The condition of the paper “{name}” is wrong at “{near}”." },
    mend: { vi: "Dùng các trường của biểu mẫu trong FEEL đúng.", en: "Write FEEL over the fields of the form." },
  },
  "channel-limit-too-short": {
    words: {
      vi: "Thời hạn của kênh “{name}” là {limit} giờ làm việc, các bước cần {hours} giờ.",
      en: "The limit of the channel “{name}” is {limit} working hours, the steps take {hours}.",
    },
    mend: { vi: "Giảm định mức của các bước, hoặc sửa thời hạn.", en: "Shorten the norms of the steps, or mend the limit." },
  },
  "story-failed": {
    words: {
      vi: "Chuyện thử “{name}” cho {got} thay vì {wanted} ({what}).",
      en: "The test “{name}” gives {got} instead of {wanted} ({what}).",
    },
    mend: { vi: "Sửa định nghĩa, hoặc điều mà chuyện thử chờ đợi.", en: "Mend the definition, or what the test expects." },
  },
  "story-missing": {
    words: {
      vi: "Thủ tục nộp trực tuyến không có chuyện thử nào.",
      en: "A service that is handed in online has no test of its own.",
    },
    mend: { vi: "Viết tests.yaml với ít nhất một chuyện thử.", en: "Write tests.yaml with at least one test." },
  },
} as const satisfies Record<string, FindingEntry>
