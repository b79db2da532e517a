// Words of problems with definitions and plans of migration, Vietnamese.
export const ofDefinitions = {
  "definition-faulty": {
    title: "Định nghĩa còn chỗ phải sửa",
    text: "Kiểm tra đã tìm thấy lỗi; xem danh sách ở trang của bản nháp và sửa trước.",
  },
  "draft-too-large": {
    title: "Bản nháp quá lớn",
    text: "Các tệp của một thủ tục không được vượt quá 256 kB. Hãy rút gọn hoặc tách thủ tục.",
  },
  "publication-dates": {
    title: "Ngày hiệu lực không dùng được",
    text: "Ngày bắt đầu không được ở trong quá khứ, ngày kết thúc không được trước ngày bắt đầu.",
  },
  "legal-basis-missing": {
    title: "Thiếu căn cứ pháp lý",
    text: "Hãy ghi văn bản quy định việc này, với số và ngày.",
  },
  "replacement-unknown": {
    title: "Không có thủ tục thay thế này",
    text: "Hãy ghi mã của một thủ tục khác đang có hiệu lực.",
  },
  "second-person-needed": {
    title: "Cần người thứ hai",
    text: "Người soạn hoặc người trình không được tự công bố. Hãy nhờ một người quản lý danh mục khác.",
  },
  "step-map-incomplete": {
    title: "Bảng chuyển bước chưa đúng",
    text: "Mỗi bước cũ phải dẫn đến một bước có trong phiên bản mới, cùng loại người thực hiện.",
  },
  "migration-needless": {
    title: "Không có gì để chuyển",
    text: "Hai phiên bản giống nhau, hoặc một trong hai không chạy được ở đây.",
  },
  "migration-decided": {
    title: "Kế hoạch này đã được quyết định",
    text: "Một người khác đã duyệt hoặc hủy. Hãy tải lại trang.",
  },
} as const
