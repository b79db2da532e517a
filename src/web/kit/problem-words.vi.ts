// Words of every problem code, Vietnamese: what happened, and what to do now.

import type { ProblemCode } from "#problems"
import { betweenSites } from "./problem-words-between-sites.vi.ts"
import { ofDefinitions } from "./problem-words-of-definitions.vi.ts"
import { ofSteps } from "./problem-words-of-steps.vi.ts"

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
  "correction-decided": {
    title: "Đề nghị đính chính đã được quyết định",
    text: "Người khác đã quyết định đề nghị này. Mở lại danh sách để xem kết quả.",
  },
  "source-not-corrected": {
    title: "Hệ thống cũ vẫn ghi như trước",
    text: "Giá trị này nằm trong một hệ thống của cơ quan bạn. Hãy sửa ở đó trước, rồi xác nhận ở đây là đã sửa.",
  },
  "register-silent": {
    title: "Cơ sở dữ liệu không trả lời",
    text: "Hiện chưa kết nối được với cơ quan quản lý. Không có gì bị mất: xin thử lại sau vài phút.",
  },
  "delivery-differs": {
    title: "Cùng một khóa nhưng nội dung khác",
    text: "Trước đó đã có một lần ghi khác với khóa này. Chưa ghi gì thêm.",
  },
  "search-reason-missing": {
    title: "Chưa đủ căn cứ để tra cứu",
    text: "Hãy nhập số định danh, chọn lý do và ghi số văn bản làm căn cứ (không ghi số định danh vào ô này).",
  },
  "service-ended": {
    title: "Thủ tục này không còn được nhận",
    text: "Thủ tục đã hết hiệu lực nên không nộp được nữa. Những gì đã nhập vẫn được giữ đến hết hạn của bản nháp. Xem trang thủ tục để biết thủ tục thay thế.",
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
  "federation-alone": {
    title: "Nút này chưa thuộc liên thông nào",
    text: "Hãy viết tệp site.yaml và gia nhập bằng mã mời của nút trung tâm.",
  },
  "not-the-hub": {
    title: "Nút này không phải nút trung tâm",
    text: "Chỉ nút trung tâm mời, cấp chứng thư và công bố danh bạ. Hãy thực hiện ở đó.",
  },
  "member-invalid": {
    title: "Mã thành viên viết không đúng",
    text: "Hãy viết LỚP/MÃ, rồi các phân hệ sau dấu gạch chéo, không có khoảng trắng.",
  },
  "member-taken": {
    title: "Thành viên này đã thuộc nút khác",
    text: "{member} đã có trong danh bạ. Hãy hỏi nút trung tâm xem nút nào quản lý.",
  },
  "site-taken": {
    title: "Tên nút đã được dùng",
    text: "Hãy chọn tên khác {site} trong tệp site.yaml.",
  },
  "invitation-invalid": {
    title: "Mã mời không hợp lệ",
    text: "Hãy kiểm tra xem mã đã được chép đủ chưa, hoặc xin nút trung tâm mã mới.",
  },
  "invitation-used": {
    title: "Mã mời đã được dùng",
    text: "Mỗi mã chỉ dùng một lần cho một nút. Hãy xin nút trung tâm mã mới.",
  },
  "invitation-expired": {
    title: "Mã mời đã hết hạn",
    text: "Hãy xin nút trung tâm mã mới.",
  },
  "join-refused": {
    title: "Nút trung tâm không nhận yêu cầu gia nhập",
    text: "Khóa chưa được chứng minh, chứng thư không thuộc tổ chức nào trong danh bạ, hoặc yêu cầu bị hỏng.",
  },
  "announcement-refused": {
    title: "Nút trung tâm không nhận khai báo của nút",
    text: "{name} không thuộc nút này, chưa được cấp, hoặc bị khai hai lần.",
  },
  "hub-silent": {
    title: "Nút bên kia không trả lời",
    text: "Không kết nối được {address}. Chưa có gì thay đổi; hãy thử lại sau.",
  },
  "hub-refused": {
    title: "Nút bên kia trả lời không đúng",
    text: "Hãy kiểm tra địa chỉ có dẫn đến một nút Motlan không và hai bên có phiên bản tương hợp không.",
  },
  "token-away": {
    title: "Thiết bị giữ khóa của nút không trả lời",
    text: "Chưa ký được gì cho đến khi thiết bị trả lời. Hãy kiểm tra thiết bị đã cắm và mô-đun đã cài như site.yaml ghi ({detail}).",
  },
  "token-pin-refused": {
    title: "Thiết bị giữ khóa không nhận mã PIN",
    text: "Mã đã được thử một lần và không thử lại, để thiết bị không bị khóa. Hãy sửa mã ở nơi site.yaml chỉ ra ({detail}).",
  },
  "directory-missing": {
    title: "Chưa có danh bạ",
    text: "Nút chưa gia nhập, hoặc từ đó chưa kết nối được với nút trung tâm.",
  },
  "directory-expired": {
    title: "Danh bạ đã hết hạn",
    text: "Quá lâu không kết nối được với nút trung tâm. Việc trao đổi tiếp tục khi nút đó trả lời.",
  },
  "directory-invalid": {
    title: "Danh bạ không hợp lệ",
    text: "Nội dung, hệ thống hoặc thời hạn không phải của danh bạ liên thông này.",
  },
  "directory-rolled-back": {
    title: "Danh bạ cũ hơn bản đang dùng",
    text: "Phiên bản {version} đến sau phiên bản {known}. Có thể ai đó đang gửi lại bản cũ.",
  },
  "certificate-missing": {
    title: "Nút không có chứng thư còn hiệu lực",
    text: "Chứng thư đã hết hạn trước khi được gia hạn. Hãy gia nhập lại bằng mã mời mới.",
  },
  "certificate-refused": {
    title: "Chứng thư không được chấp nhận",
    text: "Chứng thư đã hết hạn, của bên lạ, hoặc dùng cho việc khác.",
  },
  "signature-invalid": {
    title: "Chữ ký không đúng",
    text: "Nội dung đã bị thay đổi sau khi ký, hoặc do khóa khác ký.",
  },
  "signature-stale": {
    title: "Thông điệp đã ký không đúng thời điểm",
    text: "Thông điệp quá cũ, ở tương lai, hoặc đã được gửi trước đó. Hãy kiểm tra đồng hồ của hai nút.",
  },
  "contract-invalid": {
    title: "Thỏa thuận không hợp lệ",
    text: "Hãy kiểm tra dịch vụ, điểm gọi, mục đích, căn cứ pháp lý và thời hạn: {fault}.",
  },
  "contract-unknown": {
    title: "Không có thỏa thuận này",
    text: "Có thể thỏa thuận chưa được gửi đến.",
  },
  "contract-altered": {
    title: "Thỏa thuận khác với bản đã ký",
    text: "Văn bản khác với mã băm trong chữ ký, hoặc thỏa thuận khác dùng cùng mã.",
  },
  "contract-not-party": {
    title: "Nút này không phải bên của thỏa thuận",
    text: "Chỉ nút của bên cung cấp, bên khai thác và bên ủy quyền mới ký.",
  },
  "contract-closed": {
    title: "Thỏa thuận đã kết thúc",
    text: "Thỏa thuận đã bị từ chối hoặc thu hồi. Hãy đề xuất thỏa thuận mới.",
  },
  "proposals-too-many": {
    title: "Quá nhiều thỏa thuận chờ trả lời",
    text: "Hãy trả lời hoặc từ chối những thỏa thuận đang chờ trước khi gửi thêm.",
  },
  ...betweenSites,
  ...ofDefinitions,
  ...ofSteps,
}
