// The words of findings about services, their forms and their processes.
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
      vi: "Không vị trí nào làm được bước “{step}” với vai trò “{role}”.",
      en: "No position can do the step “{step}” with the role “{role}”.",
    },
    mend: { vi: "Dùng một vai trò có ở đơn vị: {roles}.", en: "Use a role that the unit has: {roles}." },
  },
  "form-fault": {
    words: { vi: "Biểu mẫu sai ở {at}: {says}.", en: "The form is wrong at {at}: {says}." },
    mend: { vi: "{mend}.", en: "{mend}." },
  },
  "form-unknown-element": {
    words: { vi: "{says}.", en: "{says}." },
    mend: {
      vi: "Dùng một dữ liệu của vocabulary.yaml, hoặc cho trường một kiểu.",
      en: "Use an element of vocabulary.yaml, or give the field a type.",
    },
  },
  "form-held-by-register": {
    words: { vi: "Hỏi điều mà sổ đăng ký đã có: {says}.", en: "It asks for what a register holds: {says}." },
    mend: {
      vi: "Lấy từ sổ bằng “fetch”; “new: true” khi chưa ai có; hoặc nói lý do bằng “why”.",
      en: "Fetch it; mark it “new: true” when nobody holds it yet; or say “why”.",
    },
  },
  "form-unknown-fetch": {
    words: { vi: "{says}.", en: "{says}." },
    mend: { vi: "{mend}.", en: "{mend}." },
  },
  "form-twice": {
    words: { vi: "{says}.", en: "{says}." },
    mend: { vi: "Cho mỗi cái một mã riêng.", en: "Give each its own id." },
  },
  "form-unknown-word": {
    words: { vi: "Từ này không có trong ngữ pháp biểu mẫu: {says}.", en: "The grammar of forms has no such word: {says}." },
    mend: { vi: "Xem ngữ pháp của form.yaml.", en: "See the grammar of form.yaml." },
  },
  "form-feel-unknown-name": {
    words: { vi: "Điều kiện nhắc đến một tên không có: {says}.", en: "The condition names what is not there: {says}." },
    mend: {
      vi: "Dùng trường đứng trước, applicant, today hoặc fetched.",
      en: "Name a field that stands earlier, applicant, today, or fetched.",
    },
  },
  "process-fault": {
    words: { vi: "Quy trình sai ở {at}: {says}.", en: "The process is wrong at {at}: {says}." },
    mend: { vi: "{mend}.", en: "{mend}." },
  },
  "process-unknown-target": {
    words: { vi: "Không có bước tiếp theo này: {says}.", en: "No such step to go on to: {says}." },
    mend: { vi: "{mend}.", en: "{mend}." },
  },
  "process-dead-step": {
    words: { vi: "Không đường nào dẫn đến bước này: {says}.", en: "No path leads to this step: {says}." },
    mend: { vi: "Cho một bước khác dẫn đến, hoặc bỏ bước.", en: "Let an outcome lead to it, or take it out." },
  },
  "process-never-ends": {
    words: { vi: "Từ bước này không có đường kết thúc: {says}.", en: "From this step no path ends: {says}." },
    mend: { vi: "Cho một kết quả dẫn đến “end”.", en: "Let some outcome lead to “end”." },
  },
  "process-norm-missing": {
    words: { vi: "Bước của cán bộ không có định mức.", en: "A step of an official has no norm." },
    mend: { vi: "Thêm “hours:”, số giờ làm việc.", en: "Add “hours:”, its working hours." },
  },
  "process-norms-over-limit": {
    words: { vi: "Tổng định mức vượt thời hạn: {says}.", en: "The norms exceed the legal limit: {says}." },
    mend: { vi: "Giảm định mức của các bước.", en: "Shorten the norms of the steps." },
  },
} as const satisfies Record<string, FindingEntry>
