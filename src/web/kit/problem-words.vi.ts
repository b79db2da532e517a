// Words of every problem code, Vietnamese: what happened, and what to do now.
import type { ProblemCode } from "#problems"

export const vi: Readonly<Record<ProblemCode, { readonly title: string; readonly text: string }>> = {
  "not-found": {
    title: "Không tìm thấy trang này",
    text: "Địa chỉ có thể đã đổi hoặc gõ thiếu. Xin kiểm tra lại, hoặc tìm thủ tục từ trang chủ.",
  },
  "not-signed-in": {
    title: "Cần đăng nhập",
    text: "Phiên làm việc đã hết hoặc chưa bắt đầu. Xin đăng nhập rồi làm lại; điều đã lưu vẫn còn.",
  },
  "not-allowed": {
    title: "Không có quyền làm việc này",
    text: "Trang này dành cho người có phận sự khác. Nếu cho là nhầm, xin hỏi người quản trị của cơ quan.",
  },
  "bad-request": {
    title: "Yêu cầu không đọc được",
    text: "Nội dung gửi đến bị hỏng hoặc sai khuôn dạng. Không có gì bị thay đổi. Xin thử lại.",
  },
  "wrong-method": {
    title: "Trang này không nhận cách gửi đó",
    text: "Không có gì bị thay đổi. Xin mở lại trang từ đầu.",
  },
  "csrf-stale": {
    title: "Trang đã mở quá lâu",
    text: "Để bảo vệ quý vị, biểu mẫu này không còn nhận nữa. Không có gì bị thay đổi. Xin quay lại, tải lại trang rồi gửi lần nữa.",
  },
  "too-many-requests": {
    title: "Quá nhiều yêu cầu",
    text: "Xin đợi {seconds} giây rồi thử lại.",
  },
  "body-too-large": {
    title: "Nội dung gửi quá lớn",
    text: "Một ô hoặc cả biểu mẫu vượt quá cỡ cho phép. Không có gì bị thay đổi. Xin rút gọn rồi gửi lại.",
  },
  "unsupported-media-type": {
    title: "Kiểu nội dung này không được nhận",
    text: "Xin gửi bằng biểu mẫu của trang, hoặc đúng kiểu mà tài liệu giao diện đã nêu.",
  },
  "files-too-many": {
    title: "Quá nhiều tệp",
    text: "Xin bỏ bớt tệp rồi gửi lại.",
  },
  "file-too-large": {
    title: "Tệp quá lớn",
    text: "Xin chọn tệp nhỏ hơn, hoặc chụp lại với độ phân giải thấp hơn.",
  },
  "internal-fault": {
    title: "Có sự cố ở phía chúng tôi",
    text: "Việc quý vị vừa làm chưa được ghi nhận. Xin thử lại sau ít phút.",
  },
  "not-ready": {
    title: "Cổng đang khởi động hoặc bảo trì",
    text: "Xin thử lại sau ít phút. Điều đã lưu vẫn còn.",
  },
  "sign-in-stale": {
    title: "Lần đăng nhập này đã hết hạn",
    text: "Xin đăng nhập lại từ đầu, trong cùng một trình duyệt.",
  },
  "sign-in-refused": {
    title: "Đăng nhập không thành",
    text: "Hệ thống định danh không xác nhận được. Xin thử lại.",
  },
  "sign-in-unavailable": {
    title: "Chưa đăng nhập được lúc này",
    text: "Hệ thống định danh không trả lời. Xin thử lại sau ít phút.",
  },
  "identity-changed": {
    title: "Tài khoản này thuộc về người khác",
    text: "Hệ thống định danh nêu một người khác với lần trước. Xin liên hệ nơi hỗ trợ.",
  },
  "fresh-sign-in-needed": {
    title: "Xin xác nhận lại danh tính",
    text: "Việc này cần một lần đăng nhập trong vòng {minutesMax} phút gần đây.",
  },
  "delegation-beyond-own": {
    title: "Không thể uỷ quyền điều mình không có",
    text: "Chỉ có thể giao vị trí do chính mình giữ.",
  },
  "delegation-dates": {
    title: "Thời gian uỷ quyền chưa hợp lệ",
    text: "Ngày cuối phải sau ngày đầu và không quá {daysMax} ngày.",
  },
  "delegation-reason": {
    title: "Xin nêu lý do uỷ quyền",
    text: "Lý do không được để trống và không quá {charsMax} ký tự.",
  },
  "delegation-people": {
    title: "Không thể giao cho người này",
    text: "Người nhận phải là đồng nghiệp cùng cơ quan và không phải chính mình.",
  },
  "register-unknown": {
    title: "Không có sổ đăng ký này",
    text: "Tên sổ đăng ký không có trong danh mục.",
  },
  "record-invalid": {
    title: "Bản ghi chưa hợp lệ",
    text: "Mục “{field}” thiếu hoặc sai.",
  },
  "record-exists": {
    title: "Bản ghi này đã có",
    text: "Sổ đăng ký đã có bản ghi như vậy. Không có gì bị thay đổi.",
  },
  "record-likely-duplicate": {
    title: "Có thể đã đăng ký rồi",
    text: "Sổ đăng ký có một bản ghi rất giống. Xin đối chiếu trước khi tiếp tục.",
  },
  "number-not-assigned": {
    title: "Chưa cấp được số định danh",
    text: "Không tạo được số mới từ dữ kiện đã cho. Xin kiểm tra ngày sinh và nơi đăng ký.",
  },
  "exchange-refused": {
    title: "Cơ quan giữ dữ liệu từ chối",
    text: "Yêu cầu không có đủ căn cứ hoặc bị từ chối. Việc từ chối đã được ghi lại.",
  },
  "service-not-online": {
    title: "Thủ tục này chưa làm được trên mạng",
    text: "Xin xem trang thủ tục để biết nơi nộp hồ sơ.",
  },
  "draft-not-found": {
    title: "Không tìm thấy bản nháp",
    text: "Bản nháp đã nộp, đã xoá, hoặc không phải của quý vị.",
  },
  "draft-changed": {
    title: "Bản nháp vừa được sửa ở nơi khác",
    text: "Xin tải lại trang để thấy nội dung mới rồi sửa tiếp.",
  },
  "draft-incomplete": {
    title: "Hồ sơ còn thiếu",
    text: "Xin trả lời các câu còn lại trước khi nộp.",
  },
  "draft-expired": {
    title: "Bản nháp đã hết hạn",
    text: "Xin bắt đầu lại từ trang thủ tục.",
  },
  "no-competent-agency": {
    title: "Chưa xác định được cơ quan giải quyết",
    text: "Địa chỉ đã cho không thuộc cơ quan nào đang dùng hệ thống này.",
  },
  "case-not-found": {
    title: "Không tìm thấy hồ sơ",
    text: "Mã hồ sơ không đúng, hoặc hồ sơ này không dành cho quý vị xem.",
  },
  "case-changed": {
    title: "Hồ sơ vừa được người khác cập nhật",
    text: "Xin tải lại trang để thấy tình trạng mới rồi làm tiếp.",
  },
  "task-not-found": {
    title: "Không tìm thấy công việc",
    text: "Công việc đã xong hoặc thuộc cơ quan khác.",
  },
  "task-claimed": {
    title: "Đã có người nhận việc này",
    text: "{name} đang xử lý. Xin chọn việc khác.",
  },
  "task-not-claimed": {
    title: "Xin nhận việc trước",
    text: "Chỉ người đã nhận việc mới làm được bước này.",
  },
  "supplement-not-open": {
    title: "Không có yêu cầu bổ sung nào đang mở",
    text: "Yêu cầu đã được trả lời hoặc đã hết hạn.",
  },
  "reason-missing": {
    title: "Xin nêu lý do",
    text: "Quyết định này phải kèm lý do cho người nộp.",
  },
  "upload-empty": {
    title: "Tệp trống",
    text: "Tệp này không có nội dung. Xin mở thử tệp rồi chọn lại.",
  },
  "upload-too-large": {
    title: "Tệp quá lớn",
    text: "Xin chọn tệp nhỏ hơn, hoặc chụp lại với độ phân giải thấp hơn.",
  },
  "upload-type-refused": {
    title: "Loại tệp này không được nhận",
    text: "Xin gửi ảnh JPG, PNG hoặc tệp PDF.",
  },
  "upload-type-differs": {
    title: "Nội dung không khớp với loại tệp",
    text: "Tệp mang tên một loại nhưng chứa loại khác. Xin xuất lại tệp đúng loại.",
  },
  "upload-broken": {
    title: "Tệp bị hỏng",
    text: "Không đọc được đến hết tệp. Xin lưu lại hoặc chụp lại.",
  },
  "upload-polyglot": {
    title: "Tệp chứa hai loại nội dung",
    text: "Vì an toàn, tệp như vậy không được nhận. Xin xuất lại tệp.",
  },
  "upload-encrypted": {
    title: "Tệp có mật khẩu",
    text: "Xin gửi bản không đặt mật khẩu.",
  },
  "upload-active": {
    title: "Tệp có mã chạy bên trong",
    text: "Vì an toàn, tệp như vậy không được nhận. Xin in ra PDF rồi gửi lại.",
  },
  "upload-too-many-pixels": {
    title: "Ảnh quá lớn",
    text: "Xin thu nhỏ ảnh rồi gửi lại.",
  },
  "upload-too-many-pages": {
    title: "Tệp có quá nhiều trang",
    text: "Xin chỉ gửi những trang cần thiết.",
  },
  "upload-infected": {
    title: "Tệp bị nhiễm mã độc",
    text: "Tệp không được nhận và không được giữ lại.",
  },
  "upload-not-scanned": {
    title: "Chưa kiểm tra được tệp",
    text: "Bộ quét mã độc không trả lời. Xin thử lại sau ít phút.",
  },
  "step-not-open": {
    title: "Bước này chưa mở hoặc đã xong",
    text: "Xin tải lại hồ sơ để thấy bước hiện tại.",
  },
  "role-missing": {
    title: "Bước này thuộc vị trí khác",
    text: "Quý vị không giữ vị trí được giao bước này.",
  },
  "outcome-unknown": {
    title: "Kết quả này không có ở bước hiện tại",
    text: "Xin chọn một kết quả trong danh sách.",
  },
  "four-eyes": {
    title: "Cần một người khác",
    text: "Người đã thẩm định không được tự phê duyệt hồ sơ này.",
  },
  "supplement-already-asked": {
    title: "Đã yêu cầu bổ sung một lần",
    text: "Theo quy định, chỉ được yêu cầu bổ sung một lần và đầy đủ.",
  },
  "process-ended": {
    title: "Hồ sơ đã kết thúc",
    text: "Không còn bước nào để làm.",
  },
  "decision-issued": {
    title: "Đã có quyết định",
    text: "Không thể rút hoặc dừng hồ sơ sau khi có quyết định.",
  },
  "too-many-moves": {
    title: "Quy trình chạy quá nhiều bước",
    text: "Định nghĩa quy trình có thể có vòng lặp. Xin báo người quản trị danh mục.",
  },
  "checks-missing": {
    title: "Chưa đánh dấu đủ mục kiểm tra",
    text: "Xin đánh dấu từng mục trong danh sách trước khi kết thúc bước này.",
  },
}
