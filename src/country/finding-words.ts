// The words of each finding of the pack's check, and of its mend. Codes are documented in docs/pack-findings.md.
type Entry = {
  readonly words: { readonly vi: string; readonly en: string }
  readonly mend: { readonly vi: string; readonly en: string }
}

export const findingWords = {
  "file-missing": {
    words: { vi: "Thiếu tệp này.", en: "This file is missing." },
    mend: { vi: "Tạo tệp theo lược đồ của nó.", en: "Make the file after its schema." },
  },
  "file-too-large": {
    words: { vi: "Tệp lớn hơn {max} byte.", en: "The file has more than {max} bytes." },
    mend: { vi: "Chia nhỏ tệp.", en: "Split it." },
  },
  "too-many-files": {
    words: { vi: "Thư mục có {count} mục, nhiều hơn {max}.", en: "The folder has {count} entries, more than {max}." },
    mend: { vi: "Bớt mục trong thư mục.", en: "Take entries out of the folder." },
  },
  "not-readable": {
    words: { vi: "Không đọc được: {says}.", en: "It can't be read: {says}." },
    mend: { vi: "Sửa cú pháp YAML hoặc JSON ở dòng này.", en: "Mend the YAML or JSON on this line." },
  },
  "duplicate-key": {
    words: { vi: "Một khóa được viết hai lần.", en: "A key is written twice." },
    mend: { vi: "Giữ lại một lần.", en: "Keep one of them." },
  },
  "key-unknown": {
    words: { vi: "Khóa “{key}” không có ở đây.", en: "There is no key “{key}” here." },
    mend: { vi: "Bỏ khóa này; các khóa có: {known}.", en: "Take it out; the keys are: {known}." },
  },
  "key-unknown-near": {
    words: { vi: "Khóa “{key}” không có ở đây.", en: "There is no key “{key}” here." },
    mend: { vi: "Viết “{near}”.", en: "Write “{near}”." },
  },
  "key-misspelt": {
    words: { vi: "Tên “{key}” không đúng dạng.", en: "The name “{key}” has the wrong form." },
    mend: { vi: "Viết theo mẫu {pattern}.", en: "Write it after the pattern {pattern}." },
  },
  "key-missing": {
    words: { vi: "Thiếu khóa “{key}”.", en: "The key “{key}” is missing." },
    mend: { vi: "Thêm “{key}:” vào đây.", en: "Add “{key}:” here." },
  },
  "not-one-of": {
    words: { vi: "“{value}” không nằm trong các giá trị cho phép.", en: "“{value}” is not one of the allowed values." },
    mend: { vi: "Viết “{near}”; các giá trị: {allowed}.", en: "Write “{near}”; the values are: {allowed}." },
  },
  "wrong-type": {
    words: { vi: "“{value}” phải là kiểu {type}.", en: "“{value}” must be of the type {type}." },
    mend: { vi: "Viết giá trị kiểu {type}, ví dụ {example}.", en: "Write a value of the type {type}, such as {example}." },
  },
  "wrong-value": {
    words: { vi: "“{value}” không hợp lệ: {says}.", en: "“{value}” is not valid: {says}." },
    mend: { vi: "Sửa giá trị cho đúng dạng.", en: "Write it in the form that the schema asks for." },
  },
  "named-file-missing": {
    words: { vi: "Không có tệp {file}.", en: "There is no file {file}." },
    mend: { vi: "Đặt tệp vào chỗ này hoặc sửa đường dẫn.", en: "Put the file there, or mend the path." },
  },
  "generation-unknown": {
    words: { vi: "Không có thế hệ đơn vị hành chính “{name}”.", en: "There is no generation of divisions “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "status-unknown": {
    words: { vi: "Không có trạng thái “{name}”.", en: "There is no status “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "time-zone-unknown": {
    words: { vi: "Không có múi giờ “{name}”.", en: "There is no time zone “{name}”." },
    mend: { vi: "Viết tên theo cơ sở dữ liệu IANA, ví dụ Etc/UTC.", en: "Write a name of the IANA database, such as Etc/UTC." },
  },
  "pattern-broken": {
    words: { vi: "Biểu thức “{pattern}” không hợp lệ.", en: "The pattern “{pattern}” is no regular expression." },
    mend: { vi: "Sửa biểu thức chính quy.", en: "Mend the regular expression." },
  },
  "holiday-twice": {
    words: { vi: "Ngày nghỉ {name} được ghi hai lần.", en: "The holiday {name} is there twice." },
    mend: { vi: "Bỏ một dòng.", en: "Take one of the lines out." },
  },
  "holiday-worked": {
    words: { vi: "Ngày {date} vừa là ngày nghỉ vừa là ngày làm bù.", en: "{date} is a holiday and a day worked for another." },
    mend: { vi: "Bỏ ngày làm bù hoặc bỏ ngày nghỉ.", en: "Take out the swap or the holiday." },
  },
  "swap-of-one-day": {
    words: { vi: "Ngày {date} được hoán đổi với chính nó.", en: "{date} is swapped with itself." },
    mend: { vi: "Ghi ngày làm bù.", en: "Write the day that is worked instead." },
  },
  "day-not-covered": {
    words: { vi: "Ngày {date} nằm ngoài khoảng thời gian của lịch.", en: "{date} lies outside what the calendar covers." },
    mend: { vi: "Mở rộng “covers” hoặc bỏ ngày này.", en: "Widen “covers”, or take the day out." },
  },
  "no-such-day": {
    words: { vi: "Không có ngày {date}.", en: "There is no day {date}." },
    mend: { vi: "Sửa ngày, tháng.", en: "Mend the day or the month." },
  },
  "hours-reversed": {
    words: { vi: "Giờ {from}–{to} không theo thứ tự.", en: "The hours {from} to {to} are not in order." },
    mend: {
      vi: "Ghi giờ mở trước giờ đóng, các buổi không chồng nhau.",
      en: "Write opening before closing, and spans that do not overlap.",
    },
  },
  "dates-reversed": {
    words: { vi: "Ngày kết thúc {until} trước ngày bắt đầu {from}.", en: "The end {until} lies before the beginning {from}." },
    mend: { vi: "Đổi “until” thành ngày sau {from}, hoặc bỏ đi.", en: "Write an “until” after {from}, or leave it out." },
  },
  "code-list-unknown": {
    words: { vi: "Không có danh mục mã “{name}”.", en: "There is no code list “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "choice-without-list": {
    words: { vi: "“{name}” là lựa chọn nhưng không có danh mục.", en: "“{name}” is a choice without a list." },
    mend: { vi: "Thêm “codes:” với tên danh mục mã.", en: "Add “codes:” with the name of a code list." },
  },
  "register-field-unknown": {
    words: { vi: "Không có trường “{name}” trong sổ đăng ký nào.", en: "No register has the field “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "source-is-another": {
    words: { vi: "{name} là dữ liệu “{is}”, không phải dữ liệu này.", en: "{name} is the element “{is}”, not this one." },
    mend: { vi: "Đặt nguồn là trường của chính dữ liệu này.", en: "Name the field that is this element." },
  },
  "code-twice": {
    words: { vi: "Mã “{name}” có hai lần trong danh mục.", en: "The code “{name}” is in the list twice." },
    mend: { vi: "Bỏ một mã.", en: "Take one of them out." },
  },
  "element-unknown": {
    words: { vi: "Không có dữ liệu “{name}” trong vocabulary.yaml.", en: "vocabulary.yaml has no element “{name}”." },
    mend: {
      vi: "Viết {near}, hoặc thêm dữ liệu vào vocabulary.yaml.",
      en: "Write {near}, or add the element to vocabulary.yaml.",
    },
  },
  "language-missing": {
    words: { vi: "Thiếu tiếng “{lang}” cho “{words}”.", en: "“{words}” has no words in “{lang}”." },
    mend: { vi: "Thêm “{lang}: ...”.", en: "Add “{lang}: ...”." },
  },
  "id-twice": {
    words: { vi: "Mã “{name}” được dùng hai lần.", en: "The id “{name}” is used twice." },
    mend: { vi: "Đổi một mã.", en: "Rename one of them." },
  },
  "agency-code-twice": {
    words: { vi: "Hai cơ quan cùng mã {name}.", en: "Two agencies have the code {name}." },
    mend: { vi: "Đổi mã của một cơ quan.", en: "Change the code of one of them." },
  },
  "agency-code-wrong": {
    words: { vi: "Mã cơ quan {code} không đúng dạng.", en: "The agency code {code} has the wrong form." },
    mend: { vi: "Viết theo mẫu {pattern}.", en: "Write it after the pattern {pattern}." },
  },
  "agency-kind-unknown": {
    words: { vi: "Không có loại cơ quan “{name}”.", en: "There is no kind of agency “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "agency-unknown": {
    words: { vi: "Không có cơ quan “{name}”.", en: "There is no agency “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "ministry-unknown": {
    words: { vi: "Không có cơ quan mang mã “{name}”.", en: "No agency has the code “{name}”." },
    mend: { vi: "Viết {near}, hoặc thêm cơ quan vào agencies.yaml.", en: "Write {near}, or add the agency to agencies.yaml." },
  },
  "tier-unknown": {
    words: { vi: "Không có cấp “{name}”.", en: "There is no tier “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "division-unknown": {
    words: { vi: "Không có đơn vị hành chính mã {code}.", en: "There is no division with the code {code}." },
    mend: { vi: "Dùng mã trong thư mục divisions.", en: "Use a code of the files in divisions." },
  },
  "division-elsewhere": {
    words: {
      vi: "Đơn vị {code} thuộc {is}, không thuộc {province}.",
      en: "The division {code} lies in {is}, not in {province}.",
    },
    mend: { vi: "Viết “province: {is}”.", en: "Write “province: {is}”." },
  },
  "unit-unknown": {
    words: { vi: "Không có đơn vị “{name}” trong cơ quan.", en: "The agency has no unit “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "position-unknown": {
    words: { vi: "Không có vị trí “{name}”.", en: "There is no position “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "person-unknown": {
    words: { vi: "Không có người “{name}” trong people.yaml.", en: "people.yaml has no person “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "number-twice": {
    words: { vi: "Hai người cùng số {name}.", en: "Two people have the number {name}." },
    mend: { vi: "Đổi số của một người.", en: "Change the number of one of them." },
  },
  "login-twice": {
    words: { vi: "Hai tài khoản cùng tên {name}.", en: "Two accounts are called {name}." },
    mend: { vi: "Đổi một tên.", en: "Rename one of them." },
  },
  "number-malformed": {
    words: { vi: "Số {number} không đúng mẫu {pattern}.", en: "The number {number} does not follow {pattern}." },
    mend: { vi: "Viết đủ {length} chữ số.", en: "Write {length} digits." },
  },
  "number-not-synthetic": {
    words: {
      vi: "Số {number} có tiền tố {prefix}: có thể là người thật.",
      en: "The number {number} has the prefix {prefix}: it could be a real person's.",
    },
    mend: { vi: "Dùng tiền tố từ {from} đến {to}.", en: "Use a prefix from {from} to {to}." },
  },
  "number-disagrees": {
    words: {
      vi: "Số {number} không khớp giới tính {sex} và ngày sinh {birthDate}.",
      en: "The number {number} does not agree with the sex {sex} and the birth date {birthDate}.",
    },
    mend: { vi: "Viết {value} thay cho {found}.", en: "Write {value} where it has {found}." },
  },
  "record-unknown": {
    words: { vi: "Không có bản ghi “{name}”.", en: "There is no record “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "register-unknown": {
    words: { vi: "Không có sổ đăng ký “{name}”.", en: "There is no register “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "field-unknown": {
    words: { vi: "Bản ghi không có trường “{name}”.", en: "The record has no field “{name}”." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "field-twice": {
    words: { vi: "Trường “{name}” có hai lần.", en: "The field “{name}” is there twice." },
    mend: { vi: "Bỏ một trường.", en: "Take one of them out." },
  },
  "value-not-in-list": {
    words: { vi: "“{name}” không có trong danh mục mã.", en: "“{name}” is not in the code list." },
    mend: { vi: "Viết {near}.", en: "Write {near}." },
  },
  "right-for-nobody": {
    words: {
      vi: "Quyền phải trao cho đúng một đối tượng.",
      en: "A right is given to exactly one: a kind, an agency, a member, or self.",
    },
    mend: { vi: "Ghi một trong: kind, agency, member, self.", en: "Write one of kind, agency, member, self." },
  },
  "purpose-unknown": {
    words: { vi: "Không có mục đích “{name}”.", en: "There is no purpose “{name}”." },
    mend: {
      vi: "Viết {near}, hoặc thêm mục đích vào vocabulary.yaml.",
      en: "Write {near}, or add the purpose to vocabulary.yaml.",
    },
  },
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
      vi: "Không ai cho phép loại cơ quan “{kind}” gọi {service} vì “{purpose}”.",
      en: "Nothing lets agencies of the kind “{kind}” call {service} for “{purpose}”.",
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
} as const satisfies Record<string, Entry>
