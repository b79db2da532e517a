// The words of what the form engine, the process engine and FEEL find wrong; {at} is the place, {name} what is meant there.
import type { FindingEntry } from "./finding-words.ts"

export const engineWords = {
  "form-fault": {
    words: { vi: "Biểu mẫu sai ở {at}, “{name}” ({code}).", en: "The form is wrong at {at}: {says}." },
    mend: { vi: "Viết lại chỗ này theo ngữ pháp của form.yaml.", en: "{mend}." },
  },
  "form-shape": {
    words: {
      vi: "“{at}” thiếu phần bắt buộc, hoặc trống, hoặc quá dài: {says}.",
      en: "“{at}” lacks something, or is empty or too long: {says}.",
    },
    mend: { vi: "Viết lại chỗ này theo ngữ pháp của form.yaml.", en: "{mend}." },
  },
  "form-unknown-element": {
    words: { vi: "Từ điển dữ liệu không có “{name}”.", en: "The vocabulary has no element “{name}”." },
    mend: {
      vi: "Dùng một dữ liệu của vocabulary.yaml, hoặc cho trường một kiểu.",
      en: "Use an element of vocabulary.yaml, or give the field a type.",
    },
  },
  "form-held-by-register": {
    words: {
      vi: "“{name}” hỏi điều mà một sổ đăng ký đã có: trái nguyên tắc một lần.",
      en: "“{name}” asks for what a register holds, against the rule to ask once.",
    },
    mend: {
      vi: "Lấy từ sổ bằng “fetch”; “new: true” khi chưa ai có; hoặc nói lý do bằng “why”.",
      en: "Fetch it; mark it “new: true” when nobody holds it yet; or say “why”.",
    },
  },
  "form-unknown-fetch": {
    words: { vi: "“{name}” không được lấy từ sổ nào.", en: "“{name}” is fetched from no register." },
    mend: { vi: "Dùng một mã của “fetch”.", en: "{mend}." },
  },
  "form-no-type": {
    words: { vi: "Trường “{name}” không có kiểu.", en: "The field “{name}” has no type." },
    mend: { vi: "Thêm “is:” với một dữ liệu, hoặc “type:”.", en: "{mend}." },
  },
  "form-no-name": {
    words: { vi: "Trường “{name}” không có tên.", en: "The field “{name}” has no name." },
    mend: { vi: "Thêm “name:” bằng mọi ngôn ngữ.", en: "{mend}." },
  },
  "form-unknown-field": {
    words: { vi: "“{name}” không được hỏi ở trang này.", en: "“{name}” is not asked on this page." },
    mend: { vi: "Viết một trường của trang này.", en: "{mend}." },
  },
  "form-unknown-name": {
    words: { vi: "Khóa tra cứu “{name}” nhắc đến điều chưa biết.", en: "The key “{name}” names what is not known yet." },
    mend: {
      vi: "Dùng applicant, câu trả lời, hoặc bản ghi đã lấy trước.",
      en: "Name the applicant, an answer, or an earlier fetch.",
    },
  },
  "form-twice": {
    words: { vi: "Mã “{name}” được dùng hai lần.", en: "The id “{name}” is used twice." },
    mend: { vi: "Cho mỗi cái một mã riêng.", en: "Give each its own id." },
  },
  "form-unknown-word": {
    words: { vi: "Ngữ pháp biểu mẫu không có từ này ở {at}.", en: "The grammar of forms has no such word: {says}." },
    mend: { vi: "Xem ngữ pháp của form.yaml.", en: "See the grammar of form.yaml." },
  },
  "form-no-particular": {
    words: { vi: "Kiểu của trường này không nhận từ ở {at}.", en: "The kind of this field takes no such word at {at}." },
    mend: { vi: "Bỏ từ này.", en: "{mend}." },
  },
  "form-no-options": {
    words: { vi: "“{name}” là lựa chọn mà không có gì để chọn.", en: "“{name}” is a choice with nothing to choose." },
    mend: { vi: "Thêm “options:”.", en: "Add “options:”." },
  },
  "form-feel-unknown-name": {
    words: { vi: "Điều kiện nhắc đến “{near}”, không có tên đó.", en: "The condition names “{near}”, which is not there." },
    mend: {
      vi: "Dùng trường đứng trước, applicant, today hoặc fetched.",
      en: "Name a field that stands earlier, applicant, today, or fetched.",
    },
  },
  "form-feel-unknown-function": {
    words: { vi: "FEEL không có hàm “{near}”.", en: "FEEL has no function “{near}”." },
    mend: { vi: "Dùng một hàm của FEEL.", en: "Use a function of FEEL." },
  },
  "form-feel-syntax": {
    words: { vi: "Biểu thức “{name}” viết sai ở “{near}”.", en: "The expression “{name}” can't be read at “{near}”." },
    mend: { vi: "Sửa biểu thức ở chỗ này.", en: "Mend the expression there." },
  },
  "form-feel-type-mismatch": {
    words: {
      vi: "“{near}” có kiểu {found}, ở đây cần {expected}.",
      en: "“{near}” is of the type {found}, where {expected} is expected.",
    },
    mend: {
      vi: 'Chỉ so và tính những giá trị cùng kiểu; ngày viết @"2026-03-09".',
      en: 'Compare or reckon with values of one type; a day is written @"2026-03-09".',
    },
  },
  "form-feel-clock": {
    words: { vi: "Điều kiện không được hỏi đồng hồ.", en: "A condition may not ask the clock." },
    mend: { vi: "Viết today, không có ngoặc.", en: "Write today, without brackets." },
  },
  "form-feel-too-long": {
    words: { vi: "Biểu thức quá dài.", en: "The expression is too long." },
    mend: { vi: "Tách thành nhiều biểu thức.", en: "Split it into several expressions." },
  },
  "process-fault": {
    words: { vi: "Quy trình sai ở {at}, “{name}” ({code}).", en: "The process is wrong at {at}: {says}." },
    mend: { vi: "Viết lại chỗ này theo ngữ pháp của process.yaml.", en: "{mend}." },
  },
  "process-grammar": {
    words: { vi: "Quy trình không đúng ngữ pháp ở {at}.", en: "The process does not follow its grammar at {at}." },
    mend: { vi: "Viết lại chỗ này theo ngữ pháp của process.yaml.", en: "Write it as the grammar of process.yaml has it." },
  },
  "process-unknown-kind": {
    words: {
      vi: "Bước {step} làm việc “{name}”, không có loại việc đó.",
      en: "The step {step} does “{name}”, a kind that does not exist.",
    },
    mend: { vi: "Viết một trong: {known}.", en: "Write one of: {known}." },
  },
  "process-no-outcome": {
    words: { vi: "Bước {step} không dẫn đến đâu.", en: "The step {step} leads nowhere." },
    mend: { vi: "Viết ít nhất một kết quả và bước sau nó.", en: "Write at least one outcome and where it leads." },
  },
  "process-deadlock": {
    words: {
      vi: "Hồ sơ có thể kẹt mãi ở {step}: có nhánh không bao giờ đến chỗ gộp.",
      en: "A case can be stuck for ever at {step}: a branch never comes to the join.",
    },
    mend: {
      vi: "Gộp các nhánh bằng cổng cùng loại với cổng đã tách chúng.",
      en: "Join the branches with the kind of gateway that split them.",
    },
  },
  "process-bpmn": {
    words: { vi: "{says}", en: "{says}" },
    mend: { vi: "Sửa chỗ {step} trong tệp BPMN.", en: "Mend {step} in the BPMN file." },
  },
  "process-not-a-table": {
    words: {
      vi: "{step} không chạy được ở đây: hồ sơ đi từng bước, mỗi lúc một bước, theo kết quả của bước trước.",
      en: "{step} can't be run here: a case goes one step at a time, by the outcome of the step before.",
    },
    mend: {
      vi: "Vẽ lại bằng các bước và cổng chọn một (exclusive) theo kết quả.",
      en: "Draw it with steps and exclusive gateways over their outcomes.",
    },
  },
  "process-double-id": {
    words: { vi: "Hai bước cùng mã “{name}”.", en: "Two steps are called “{name}”." },
    mend: { vi: "Đổi mã của một bước.", en: "Rename one of them." },
  },
  "process-unknown-target": {
    words: {
      vi: "Bước {step} dẫn đến “{name}”, không có bước đó.",
      en: "The step {step} leads to “{name}”, and there is no such step.",
    },
    mend: { vi: "Viết mã của một bước, hoặc “end”.", en: "{mend}." },
  },
  "process-unknown-step": {
    words: {
      vi: "“not” của bước {step} nhắc đến một bước không có.",
      en: "The “not” of the step {step} names a step that is not there.",
    },
    mend: { vi: "Viết bước mà người khác phải làm.", en: "Name the step that another person must do." },
  },
  "process-dead-step": {
    words: { vi: "Không đường nào dẫn đến bước {step}.", en: "No path leads to the step {step}." },
    mend: { vi: "Cho một bước khác dẫn đến, hoặc bỏ bước.", en: "Let an outcome lead to it, or take it out." },
  },
  "process-never-ends": {
    words: { vi: "Từ bước {step} không có đường kết thúc.", en: "From the step {step} no path ends." },
    mend: { vi: "Cho một kết quả dẫn đến “end”.", en: "Let some outcome lead to “end”." },
  },
  "process-system-circle": {
    words: {
      vi: "Bước {step} của hệ thống quay lại chính nó, không có người.",
      en: "The step {step} of the system leads back to itself without a person.",
    },
    mend: { vi: "Đặt bước của một người vào vòng đó.", en: "Put a person's step into the circle." },
  },
  "process-step-lacks": {
    words: { vi: "Bước {step} của hệ thống không nói phải làm gì.", en: "The step {step} of the system doesn't say what to do." },
    mend: { vi: "Thêm “table:”, “query:” hoặc “consult:” theo loại bước.", en: "{mend}." },
  },
  "process-machine-refuses": {
    words: {
      vi: "Bước {step} từ chối theo bảng mà không có cán bộ nào xem.",
      en: "The step {step} refuses by a table, and no official has looked.",
    },
    mend: { vi: "Cho kết quả đó dẫn đến bước của một cán bộ.", en: "Let that outcome lead to a step of an official." },
  },
  "process-norm-missing": {
    words: { vi: "Bước {step} của cán bộ không có định mức giờ.", en: "The step {step} of an official has no norm." },
    mend: { vi: "Thêm “hours:”, số giờ làm việc.", en: "Add “hours:”, its working hours." },
  },
  "process-norms-over-limit": {
    words: {
      vi: "Các bước cần {hours} giờ làm việc, thời hạn của pháp luật là {limit} giờ.",
      en: "The steps take {hours} working hours, the legal limit is {limit}.",
    },
    mend: { vi: "Giảm định mức của các bước.", en: "Shorten the norms of the steps." },
  },
  "process-signed-missing": {
    words: { vi: "Bước ký {step} không có kết quả “signed”.", en: "The sign step {step} has no outcome “signed”." },
    mend: { vi: "Đặt tên kết quả của việc ký là “signed”.", en: "Name the outcome of signing “signed”." },
  },
  "process-clock-runs": {
    words: {
      vi: "Đồng hồ vẫn chạy trong khi người dân bổ sung ở bước {step}.",
      en: "The clock would run while the citizen completes the dossier at the step {step}.",
    },
    mend: { vi: "Thêm “clock: suspended”.", en: "Add “clock: suspended”." },
  },
  "process-never-closes": {
    words: {
      vi: "Hồ sơ chờ ở bước {step} có thể mở mãi mãi.",
      en: "A case that waits at the step {step} could stay open for ever.",
    },
    mend: {
      vi: "Thêm “closes: { after: 30 days, as: end-stopped }”.",
      en: "Add “closes: { after: 30 days, as: end-stopped }”.",
    },
  },
  "process-four-eyes-never": {
    words: {
      vi: "Bước mà {step} loại trừ không bao giờ đứng trước nó.",
      en: "The step that {step} excludes never comes before it.",
    },
    mend: { vi: "Viết một bước đứng trước.", en: "Name a step that comes before." },
  },
} as const satisfies Record<string, FindingEntry>
