// Vietnamese words for what sites refuse each other, read by administrators.
import type { ProblemWords } from "./problem-words.ts"

export const betweenSites = {
  "contract-missing": {
    title: "Chưa có thỏa thuận",
    text: "Hai cơ quan chưa có thỏa thuận cho dịch vụ này. Hãy đề xuất để bên kia chấp nhận.",
  },
  "contract-not-signed": {
    title: "Thỏa thuận chưa đủ chữ ký",
    text: "Một bên chưa chấp nhận thỏa thuận.",
  },
  "contract-rejected": {
    title: "Thỏa thuận đã bị từ chối",
    text: "Một bên đã từ chối. Hãy đề xuất thỏa thuận khác.",
  },
  "contract-revoked": {
    title: "Thỏa thuận đã bị thu hồi",
    text: "Một bên đã chấm dứt thỏa thuận. Không thể tiếp tục khai thác; hai bên cần ký thỏa thuận mới.",
  },
  "contract-not-begun": {
    title: "Thỏa thuận chưa có hiệu lực",
    text: "Chưa đến ngày thỏa thuận có hiệu lực.",
  },
  "contract-ended": {
    title: "Thỏa thuận đã hết hạn",
    text: "Đã qua ngày cuối của thỏa thuận. Hãy đề xuất thỏa thuận mới.",
  },
  "purpose-missing": {
    title: "Yêu cầu không nêu mục đích",
    text: "Thỏa thuận có nhiều mục đích; yêu cầu phải nêu một trong số đó.",
  },
  "purpose-not-covered": {
    title: "Mục đích nằm ngoài thỏa thuận",
    text: "Chỉ được khai thác dữ liệu cho các mục đích ghi trong thỏa thuận.",
  },
  "endpoint-not-covered": {
    title: "Lời gọi nằm ngoài thỏa thuận",
    text: "Thỏa thuận có dịch vụ này nhưng không có điểm gọi này.",
  },
  "consent-missing": {
    title: "Chưa có sự đồng ý của người dân",
    text: "Thỏa thuận dựa trên sự đồng ý của chủ thể dữ liệu mà yêu cầu không kèm theo. Hãy xin sự đồng ý của người đó.",
  },
  "consent-expired": {
    title: "Sự đồng ý đã hết hạn",
    text: "Thời hạn mà người dân đồng ý đã qua. Hãy xin sự đồng ý mới.",
  },
  "consent-revoked": {
    title: "Người dân đã rút lại sự đồng ý",
    text: "Không được hỏi hay trả lời gì thêm theo sự đồng ý này.",
  },
  "consent-differs": {
    title: "Sự đồng ý dành cho việc khác",
    text: "Do người khác đồng ý, cho bên khác, mục đích khác hay dữ liệu khác, hoặc chữ ký không đúng.",
  },
  "consent-used-up": {
    title: "Đã dùng hết số lần được đồng ý",
    text: "Hãy đợi hết khoảng thời gian đã thỏa thuận hoặc xin sự đồng ý mới.",
  },
  "subject-missing": {
    title: "Lượt gọi không nói về ai",
    text: "Thỏa thuận buộc phải ghi số định danh cá nhân ở trường tiêu đề motlan-subject để người đó thấy được lượt gọi.",
  },
  "consumer-unknown": {
    title: "Cơ quan hỏi không có trong danh bạ",
    text: "Trong liên thông không có tên này.",
  },
  "consumer-not-of-peer": {
    title: "Một nút đã hỏi dưới tên cơ quan khác",
    text: "Nút này có trong danh bạ nhưng không phục vụ cơ quan mà nó nêu tên. Nếu còn tiếp diễn, hãy hỏi người vận hành nút đó.",
  },
  "service-unknown": {
    title: "Không có dịch vụ này",
    text: "Nút này không cung cấp dịch vụ được hỏi.",
  },
  "call-not-allowed": {
    title: "Lời gọi không được phép",
    text: "Hai nút không có cùng một thỏa thuận cho lời gọi này. Hãy so sánh kết quả motlan contract list ở hai bên.",
  },
  "client-not-hosted": {
    title: "Hệ thống hỏi dưới tên lạ",
    text: "Một hệ thống tại đây hỏi dưới tên cơ quan mà nút này không phục vụ. Hãy sửa tên trong hệ thống đó.",
  },
  "client-not-authenticated": {
    title: "Hệ thống chưa chứng minh danh tính",
    text: "Hệ thống phải kết nối qua TLS, kèm chứng thư đã đăng ký cho cơ quan nếu được yêu cầu.",
  },
  "peer-unknown": {
    title: "Nút không có trong danh bạ",
    text: "Nút kết nối bằng chứng thư không có trong danh bạ.",
  },
  "peer-certificate-refused": {
    title: "Không chấp nhận chứng thư của nút kia",
    text: "Chứng thư đã hết hạn hoặc không do tổ chức chứng thực của liên thông cấp. Nút kia phải gia hạn.",
  },
  "seal-missing": {
    title: "Yêu cầu không có dấu ký",
    text: "Không ai bảo đảm nội dung yêu cầu. Không có gì được trả lời.",
  },
  "seal-stale": {
    title: "Yêu cầu được ký không đúng lúc",
    text: "Yêu cầu đã quá hai phút hoặc ở tương lai: có người giữ lại, hoặc đồng hồ sai.",
  },
  "seal-key-unknown": {
    title: "Khóa của dấu ký không hợp lệ",
    text: "Danh bạ không có khóa này cho nút đó, hoặc chứng thư đã hết hạn.",
  },
  "seal-broken": {
    title: "Yêu cầu khác với bản đã ký",
    text: "Có người đã sửa yêu cầu trên đường đi, hoặc ghép từ nhiều yêu cầu. Không có gì được trả lời.",
  },
  "request-repeated": {
    title: "Yêu cầu được gửi lần thứ hai",
    text: "Yêu cầu đã được nhận trước đó; có người ghi lại và gửi lại. Câu trả lời đầu vẫn có hiệu lực, không việc gì được làm hai lần.",
  },
  "checkpoint-malformed": {
    title: "Điểm chốt không phải của nhật ký này",
    text: "Không đọc được điểm chốt, hoặc chữ ký của chính nhật ký không đúng.",
  },
  "log-unknown": {
    title: "Nút này không làm chứng cho nhật ký đó",
    text: "Chỉ những nút có site.yaml nêu tên nút này ở mục witnesses mới được làm chứng tại đây.",
  },
  "cosignature-invalid": {
    title: "Nhân chứng trả lời không đúng",
    text: "Câu trả lời không phải là chữ ký đồng xác nhận điểm chốt này bằng khóa trong danh bạ.",
  },
  "member-unknown": {
    title: "Không có nút, thành viên hoặc phân hệ này",
    text: "Nút trung tâm không có “{name}”. Hãy viết NÚT, LỚP/MÃ hoặc LỚP/MÃ/PHÂN-HỆ; phần của chính nút trung tâm thì bỏ khỏi site.yaml của nó.",
  },
  "directory-key-not-announced": {
    title: "Chưa thông báo khóa tiếp theo",
    text: "Hãy thông báo trước: motlan directory announce-key.",
  },
  "directory-key-too-new": {
    title: "Khóa tiếp theo mới được thông báo",
    text: "Mọi nút cần thời gian để biết khóa này. Có thể chuyển từ {from}.",
  },
} as const satisfies Record<string, ProblemWords>
