// Words of problems with steps of a case: questions to other agencies, fees, Vietnamese.
export const ofSteps = {
  "consultation-not-found": {
    title: "Không có câu hỏi này",
    text: "Có thể câu hỏi dành cho cơ quan hoặc vai trò khác.",
  },
  "consultation-closed": {
    title: "Câu hỏi này không còn mở",
    text: "Câu hỏi đã được trả lời, hoặc hồ sơ đã đi tiếp.",
  },
  "payment-not-due": {
    title: "Không có phí phải nộp",
    text: "Hồ sơ này hiện không có khoản phí nào phải nộp.",
  },
  "payment-differs": {
    title: "Phí đã được ghi nhận với số chứng từ khác",
    text: "Xin xem chứng từ đang có trong hồ sơ.",
  },
  "reference-missing": {
    title: "Xin ghi số chứng từ",
    text: "Ghi số biên lai hoặc mã giao dịch của ngân hàng, nhiều nhất 100 ký tự.",
  },
}
