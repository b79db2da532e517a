// The words of findings about services: what is published of them, what they name, what they write.
import type { FindingEntry } from "./finding-words.ts"

export const serviceWords = {
  "folder-named-otherwise": {
    words: { vi: "Thư mục {folder} chứa thủ tục {code}.", en: "The folder {folder} holds the service {code}." },
    mend: { vi: "Đổi tên thư mục thành {code}.", en: "Rename the folder to {code}." },
  },
  "evidence-from-nowhere": {
    words: { vi: "Giấy “{name}” là bằng chứng nhưng không có nguồn.", en: "The paper “{name}” is evidence without a source." },
    mend: {
      vi: "Thêm “from:” với bản ghi, hoặc đổi thành “kind: submit”.",
      en: "Add “from:” with a record, or make it “kind: submit”.",
    },
  },
  "level-without-form": {
    words: { vi: "Mức {level} cần form.yaml và process.yaml.", en: "The level {level} needs form.yaml and process.yaml." },
    mend: { vi: "Thêm hai tệp, hoặc viết “level: 1”.", en: "Add both files, or write “level: 1”." },
  },
  "limit-without-unit": {
    words: { vi: "Thời hạn không có đơn vị.", en: "The limit has no unit." },
    mend: { vi: "Viết working-day, working-hour, day hoặc month.", en: "Write working-day, working-hour, day or month." },
  },
  "channel-unknown": {
    words: { vi: "Không có kênh “{name}”.", en: "There is no channel “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "audience-unknown": {
    words: { vi: "Không có đối tượng “{name}”.", en: "There is no audience “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "life-event-unknown": {
    words: { vi: "Không có sự kiện cuộc đời “{name}”.", en: "There is no life event “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "fee-untold": {
    words: { vi: "Không nói thủ tục có phí hay không.", en: "Nothing is said of the fee." },
    mend: { vi: "Thêm “amounts:” hoặc “note:”.", en: "Add “amounts:” or “note:”." },
  },
  "fee-without-currency": {
    words: { vi: "Số tiền không có loại tiền.", en: "The amounts have no currency." },
    mend: { vi: "Thêm “currency:”.", en: "Add “currency:”." },
  },
  "fee-without-unit": {
    words: { vi: "Phí không nói tính cho cái gì.", en: "The fee does not say what it is for." },
    mend: { vi: "Thêm “per:”, ví dụ một bản, một lần.", en: "Add “per:”, such as a copy or a registration." },
  },
  "fee-for-no-channel": {
    words: {
      vi: "Phí cho kênh “{name}” mà thủ tục không có.",
      en: "A fee for “{name}”, a channel that the service does not have.",
    },
    mend: {
      vi: "Bỏ đi, hoặc thêm kênh vào “channels”; các kênh: {near}.",
      en: "Take it out, or add the channel to “channels”; it has: {near}.",
    },
  },
  "exchange-service-unknown": {
    words: { vi: "Không có dịch vụ dữ liệu “{name}”.", en: "There is no data service “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "right-missing": {
    words: {
      vi: "Không quyền nào cho “{name}” gọi {service} vì “{purpose}”.",
      en: "Nothing lets “{name}” call {service} for “{purpose}”.",
    },
    mend: {
      vi: "Thêm quyền vào “access” của bản ghi, với căn cứ pháp lý.",
      en: "Add a right to the record's “access”, with its legal ground.",
    },
  },
  "rule-width": {
    words: {
      vi: "Quy tắc “{name}” của bảng “{step}” có {count} ô, bảng có {max} cột.",
      en: "The rule “{name}” of the table “{step}” has {count} cells, the table has {max} columns.",
    },
    mend: { vi: "Viết mỗi cột một ô; “-” là giá trị nào cũng được.", en: "Write one cell for each column; “-” is any value." },
  },
  "rule-outcome": {
    words: {
      vi: "Quy tắc “{name}” cho “{near}”, bước “{step}” không có kết quả đó.",
      en: "The rule “{name}” gives “{near}”, an outcome that the step “{step}” doesn't have.",
    },
    mend: { vi: "Viết một kết quả trong “then” của bước.", en: "Write one of the outcomes in the step's “then”." },
  },
  "table-unknown": {
    words: { vi: "rules.yaml không có bảng “{name}”.", en: "There is no table “{name}” in rules.yaml." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "consults-nobody": {
    words: {
      vi: "Bước “{step}” lấy ý kiến loại cơ quan “{name}”, không có cơ quan nào như vậy.",
      en: "The step “{step}” consults agencies of the kind “{name}”, and there is none.",
    },
    mend: { vi: "Viết một loại cơ quan trong agencies.yaml.", en: "Write a kind of agencies.yaml." },
  },
  "address-unknown": {
    words: { vi: "“{name}” không phải địa chỉ trong biểu mẫu.", en: "“{name}” is no address of the form." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "path-unknown": {
    words: { vi: "Không có giá trị “{name}”.", en: "There is no value “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "required-not-written": {
    words: { vi: "Trường bắt buộc “{field}” không được ghi.", en: "The required field “{field}” is not written." },
    mend: { vi: "Thêm “{field}:” với nguồn của giá trị.", en: "Add “{field}:” with where its value comes from." },
  },
  "step-unknown": {
    words: { vi: "Không có bước “{name}”.", en: "There is no step “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "step-held-by-nobody": {
    words: {
      vi: "Không vị trí nào làm được bước {step} với vai trò “{role}”.",
      en: "No position can do the step {step} with the role “{role}”.",
    },
    mend: { vi: "Dùng một vai trò có ở đơn vị: {roles}.", en: "Use a role that the unit has: {roles}." },
  },
} as const satisfies Record<string, FindingEntry>
