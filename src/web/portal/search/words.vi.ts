// Words of the search page, Vietnamese.
export const vi = {
  title: "Tìm thủ tục",
  titleFor: "Tìm “{q}”",
  pageTitle: "{title}, trang {page} trên {pages}",
  label: "Tên thủ tục hoặc việc cần làm",
  search: "Tìm",
  found: { other: "Tìm thấy {count} thủ tục" },
  atMost: "{count} kết quả gần nhất; gõ thêm chữ để thu hẹp",
  all: { other: "Tất cả {count} thủ tục" },
  inEvent: { other: "{event}: {count} thủ tục" },
  onlineTag: "Làm trên mạng",
  indexOnly: "Chưa có trang hướng dẫn tại đây",
  nothing: "Không tìm thấy thủ tục nào khớp với “{q}”.",
  nothingHint: "Thử ít chữ hơn, hoặc dùng từ thường ngày: “giấy khai sinh”, “mở quán”, “làm lại căn cước”.",
  allLink: "Xem tất cả thủ tục",
} as const
