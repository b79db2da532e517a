// What can be wrong with the declaration of a source: the words and the mend, in the languages of the program.
import { FileFaults, type FileFinding, type SourceFile } from "#country"

/** Thrown when declarations can't be. */
export class SourceFaults extends FileFaults {}

type Words = Pick<FileFinding, "words" | "mend">

const texts = {
  "kind-unknown": {
    words: { vi: "Không có loại nguồn “{value}”.", en: "There is no kind of source “{value}”." },
    mend: { vi: "Viết kind là một trong: {known}.", en: "Write one of these as kind: {known}." },
  },
  "sources-too-many": {
    words: { vi: "Có hơn {max} nguồn.", en: "There are more than {max} sources." },
    mend: { vi: "Bỏ bớt tệp.", en: "Take some files out." },
  },
  "named-twice": {
    words: { vi: "“{value}” được viết hai lần.", en: "“{value}” is named twice." },
    mend: {
      vi: "Giữ lại một: mỗi mã, mỗi loại bản ghi chỉ có một nguồn.",
      en: "Keep one: each id and each record type has one source.",
    },
  },
  "secret-in-clear": {
    words: { vi: "Có điều bí mật viết thẳng trong tệp.", en: "A secret stands in the file in clear." },
    mend: {
      vi: "Để nó trong biến môi trường hoặc tệp riêng rồi viết {{ env: TÊN }} hoặc {{ file: tệp }}; hãy đổi mật khẩu đã lộ.",
      en: "Keep it in a variable or a file of its own and write {{ env: NAME }} or {{ file: name }}; change the one that was seen.",
    },
  },
  "secret-nowhere": {
    words: { vi: "Cần đúng một trong hai khóa env và file.", en: "Exactly one of env and file is needed." },
    mend: { vi: "Viết {{ env: TÊN }} hoặc {{ file: tệp }}.", en: "Write {{ env: NAME }} or {{ file: name }}." },
  },
  "secret-missing": {
    words: { vi: "Không tìm thấy điều bí mật ở {value}.", en: "There is no secret at {value}." },
    mend: {
      vi: "Đặt biến hoặc tệp ấy cho chương trình đọc.",
      en: "Set that variable, or put the file where the program can read it.",
    },
  },
  "file-missing": {
    words: { vi: "Không có “{value}” cạnh tệp này.", en: "There is no “{value}” beside this file." },
    mend: { vi: "Sửa tên; đường dẫn tính từ thư mục của tệp này.", en: "Mend the name; it counts from the folder of this file." },
  },
  "record-unknown": {
    words: { vi: "Gói quốc gia không có loại bản ghi “{value}”.", en: "The country pack has no record type “{value}”." },
    mend: {
      vi: "Viết SỔ/LOẠI-BẢN-GHI như trong registers/ của gói.",
      en: "Write REGISTER/RECORD as it stands in the pack's registers/.",
    },
  },
  "owner-elsewhere": {
    words: { vi: "Chủ của “{value}” không làm việc ở nút này.", en: "The owner of “{value}” does not work at this site." },
    mend: {
      vi: "Khai nguồn ở nút của cơ quan chủ, hoặc thêm cơ quan vào site.yaml.",
      en: "Declare it at the owner's site, or name the agency in site.yaml.",
    },
  },
  "register-of-another": {
    words: { vi: "“{value}” thuộc cơ quan khác.", en: "“{value}” belongs to another agency." },
    mend: {
      vi: "Chỉ lấy sổ của cùng cơ quan chủ; sổ khác phải hỏi qua trục.",
      en: "Take a register of the same owner; others are asked over the exchange.",
    },
  },
  "register-of-itself": {
    words: {
      vi: "Nguồn này lấy từ một loại bản ghi do nguồn trả lời.",
      en: "This takes from a record type that a source answers.",
    },
    mend: { vi: "Lấy từ sổ do nút này tự giữ.", en: "Take from a register that this site keeps itself." },
  },
  "field-unknown": {
    words: { vi: "Loại bản ghi {record} không có trường “{value}”.", en: "The record type {record} has no field “{value}”." },
    mend: { vi: "Các trường: {known}.", en: "Its fields: {known}." },
  },
  "field-missing": {
    words: { vi: "Trường bắt buộc “{value}” không được ánh xạ.", en: "The required field “{value}” is not mapped." },
    mend: { vi: "Thêm nó dưới “fields”.", en: "Add it under “fields”." },
  },
  "expression-wrong": {
    words: {
      vi: "Biểu thức FEEL sai ở ký tự {at}: {fault} {detail}",
      en: "The FEEL expression is wrong at character {at}: {fault} {detail}",
    },
    mend: { vi: "Chỉ dùng được các tên: {known}.", en: "The names it may read: {known}." },
  },
  "expression-types": {
    words: {
      vi: "“{near}” có kiểu {found}, ở đây cần {expected}.",
      en: "“{near}” is of the type {found}, where {expected} is expected.",
    },
    mend: {
      vi: "Chỉ so, tính và ánh xạ những giá trị cùng kiểu; đổi kiểu bằng string(), number(), date().",
      en: "Compare, reckon with and map values of one type; string(), number() and date() turn one into another.",
    },
  },
  "parameter-unknown": {
    words: { vi: "Không có tham số “{value}”.", en: "There is no parameter “{value}”." },
    mend: { vi: "Các tham số: {known}.", en: "The parameters: {known}." },
  },
  "parameter-missing": {
    words: { vi: "Dịch vụ cần tham số “{value}”.", en: "The service needs the parameter “{value}”." },
    mend: { vi: "Thêm nó dưới “parameters”.", en: "Add it under “parameters”." },
  },
  "number-unused": {
    words: {
      vi: "Câu hỏi không dùng số định danh: ai cũng nhận cùng câu trả lời.",
      en: "The question does not use the personal number: everybody would get the same answer.",
    },
    mend: { vi: "Dùng một tham số lấy từ number.", en: "Use a parameter that comes from number." },
  },
  "not-one-query": {
    words: { vi: "Đây không phải một câu truy vấn đọc duy nhất.", en: "This is not one reading query." },
    mend: {
      vi: "Bắt đầu bằng select hoặc with, không có dấu chấm phẩy ở giữa.",
      en: "Begin with select or with, and have no semicolon inside.",
    },
  },
  "query-writes": {
    words: { vi: "Truy vấn có “into”: nó ghi ra chỗ khác.", en: "The query has “into”: it writes somewhere." },
    mend: { vi: "Bỏ phần ấy; nguồn chỉ để đọc.", en: "Take it out; a source is read only." },
  },
  placeholder: {
    words: {
      vi: "Truy vấn có tham số không tên hoặc chú thích thực thi.",
      en: "The query has a parameter without a name, or a comment that is carried out.",
    },
    mend: { vi: "Viết tham số theo tên, như :number.", en: "Write parameters by name, such as :number." },
  },
  "description-unreadable": {
    words: { vi: "Không đọc được mô tả OpenAPI 3 “{value}”.", en: "“{value}” can't be read as an OpenAPI 3 description." },
    mend: { vi: "Đặt tệp YAML hoặc JSON cạnh tệp này.", en: "Put the YAML or JSON beside this file." },
  },
  "operation-unknown": {
    words: { vi: "Mô tả không có operationId “{value}”.", en: "The description has no operationId “{value}”." },
    mend: { vi: "Sửa theo mô tả.", en: "Write it as the description does." },
  },
  "operation-writes": {
    words: { vi: "“{value}” không phải GET hay POST.", en: "“{value}” is neither GET nor POST." },
    mend: { vi: "Chọn thao tác đọc.", en: "Choose an operation that reads." },
  },
  "address-twice": {
    words: { vi: "Cần đúng một trong hai khóa url và openapi.", en: "Exactly one of url and openapi is needed." },
    mend: { vi: "Giữ lại một.", en: "Keep one of them." },
  },
  "cache-not-allowed": {
    words: {
      vi: "Gói quốc gia không cho giữ câu trả lời của {value} lâu thế (tối đa {max} giây).",
      en: "The country pack does not allow answers of {value} to be kept so long (at most {max} s).",
    },
    mend: {
      vi: "Bỏ hoặc giảm cache; quyền giữ đứng ở keepSecondsMax của loại bản ghi.",
      en: "Take cache out or shorten it; leave is given by keepSecondsMax of the record type.",
    },
  },
  "column-missing": {
    words: {
      vi: "Hệ thống không còn cột “{value}”; đang có: {known}.",
      en: "The system has no column “{value}”; it has: {known}.",
    },
    mend: {
      vi: "Hỏi người giữ hệ thống, rồi sửa query và columns.",
      en: "Ask who keeps the system, then mend query and columns.",
    },
  },
  "column-differs": {
    words: {
      vi: "Cột “{value}” khai là {declared}, hệ thống nói là {found}.",
      en: "The column “{value}” is declared as {declared}, and the system says {found}.",
    },
    mend: { vi: "Sửa kiểu dưới “columns”.", en: "Mend its type under “columns”." },
  },
  "source-silent": {
    words: { vi: "Nguồn không trả lời khi kiểm tra ({value}).", en: "The source did not answer when it was checked ({value})." },
    mend: {
      vi: "Xem địa chỉ, tài khoản, mạng; biểu mẫu vẫn dùng được, nguồn bị coi là im lặng.",
      en: "Look at address, account and network; forms go on, and the source counts as silent.",
    },
  },
} as const satisfies Record<string, Words>

export type SourceFindingCode = keyof typeof texts

/** Makes a finding at the place of `keys`; `{name}` in its words is replaced by `params.name`. */
export function findingAt(
  source: SourceFile,
  keys: readonly (string | number)[],
  code: SourceFindingCode,
  params: Readonly<Record<string, string | number>> = {},
  part: "key" | "value" = "value",
): FileFinding {
  const { words, mend } = texts[code]
  return { ...source.at(keys, part), code, words: filled(words, params), mend: filled(mend, params) }
}

const filled = (all: Readonly<Record<string, string>>, params: Readonly<Record<string, string | number>>) =>
  Object.fromEntries(
    Object.entries(all).map(([lang, text]) => [
      lang,
      text
        .replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? (name in params ? "" : whole)))
        .replaceAll("{{", "{")
        .replaceAll("}}", "}"),
    ]),
  )
