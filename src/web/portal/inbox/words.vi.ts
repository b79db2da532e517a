// Words of the inbox, Vietnamese. Keys with `notice.` are the sentences of messages, by their code.
export const vi = {
  title: "Hộp thư",
  unread: { other: "{count} thư chưa đọc" },
  allRead: "Đánh dấu tất cả là đã đọc",
  new: "Mới",
  open: "Xem hồ sơ {code}",
  openPlain: "Xem",
  older: "Thư cũ hơn",
  empty: "Chưa có thư nào. Khi hồ sơ của bạn có thay đổi, thư báo sẽ nằm ở đây.",
  "notice.case-submitted": "Hồ sơ {code} đã được nộp. Phiếu tiếp nhận và hẹn trả kết quả nằm trong hồ sơ.",
  "notice.case-stopped": "Hồ sơ {code} dừng giải quyết vì quá thời hạn bổ sung.",
  "notice.case-withdrawn": "Bạn đã rút hồ sơ {code}.",
  "notice.case-refused": "Hồ sơ {code} không được tiếp nhận. Lý do ghi trong hồ sơ.",
  "notice.payment-asked": "Hồ sơ {code} chờ bạn nộp phí.",
  "notice.supplement-asked": "Hồ sơ {code} cần bổ sung. Hạn giải quyết tạm dừng cho đến khi bạn trả lời.",
  "notice.result-ready": "Hồ sơ {code} đã có kết quả. Bạn có thể tải giấy tờ đã ký số.",
  "notice.case-news": "Hồ sơ {code} có diễn biến mới.",
  "notice.correction-accepted": "Cơ quan quản lý dữ liệu đã sửa thông tin mà bạn cho là sai trong hồ sơ {code}.",
  "notice.correction-refused":
    "Cơ quan quản lý dữ liệu không sửa thông tin mà bạn cho là sai trong hồ sơ {code}. Lý do ghi ở trang “Ai đã xem dữ liệu của tôi”.",
  "notice.register-event": "Một cơ sở dữ liệu của Nhà nước vừa ghi hoặc thay đổi thông tin về bạn.",
  "notice.other": "Bạn có một thông báo mới.",
} as const
