// The words of findings about what a file names, and about days, numbers and people.
import type { FindingEntry } from "./finding-words.ts"

export const nameWords = {
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
    mend: { vi: "Viết {right}.", en: "Write {right}." },
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
} as const satisfies Record<string, FindingEntry>
