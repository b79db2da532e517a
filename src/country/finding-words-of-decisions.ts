// The words of what is wrong with decision tables: their texts, gaps, overlaps and rules that are never used.
import type { FindingEntry } from "./finding-words.ts"

export const decisionWords = {
  "rules-not-dmn": {
    words: { vi: "Không đọc được tệp DMN: {says}.", en: "The DMN can't be read: {says}." },
    mend: { vi: "Lưu lại theo DMN 1.2 đến 1.5, không có DOCTYPE.", en: "Save it as DMN 1.2 to 1.5, without a document type." },
  },
  "rules-not-tables": {
    words: {
      vi: "“{name}” không dùng được ở đây: mỗi quyết định là một bảng UNIQUE hoặc FIRST có một cột kết quả, mỗi kết quả là một từ trong ngoặc kép.",
      en: "“{name}” can't be used here: each decision is one table, UNIQUE or FIRST, with one output, and each outcome is a word in quotes.",
    },
    mend: {
      vi: "Viết thành bảng như vậy, hoặc bỏ khỏi tệp; giá trị dùng chung thì viết thẳng vào cột.",
      en: "Make it such a table, or take it out of the file; what others compute is written into the column itself.",
    },
  },
  "rule-syntax": {
    words: {
      vi: "Bảng “{table}”: không đọc được “{text}” ở “{near}”.",
      en: "The table “{table}”: “{text}” can't be read at “{near}”.",
    },
    mend: { vi: "Sửa ô này theo ngữ pháp FEEL.", en: "Write the cell as FEEL has it." },
  },
  "rule-name-unknown": {
    words: {
      vi: "Bảng “{table}”: “{text}” nhắc đến “{near}”, không có tên đó.",
      en: "The table “{table}”: “{text}” names “{near}”, which is not there.",
    },
    mend: {
      vi: "Dùng một trường của biểu mẫu, found, applicant, case hoặc today; chữ viết trong ngoặc kép.",
      en: "Name a field of the form, found, applicant, case or today; a word stands in quotes.",
    },
  },
  "rule-types": {
    words: {
      vi: "Bảng “{table}”: trong “{text}”, “{near}” có kiểu {found}, ở đây cần {expected}.",
      en: "The table “{table}”: in “{text}”, “{near}” is of the type {found}, where {expected} is expected.",
    },
    mend: {
      vi: 'So giá trị cùng kiểu; ngày viết @"2026-03-09", chữ viết trong ngoặc kép.',
      en: 'Compare values of one type; a day is written @"2026-03-09", a word stands in quotes.',
    },
  },
  "rules-overlap": {
    words: { vi: "Bảng “{table}”: {says}.", en: "The table “{table}”: {says}." },
    mend: {
      vi: "Sửa ô để mỗi lúc chỉ một quy tắc đúng, hoặc “hit: first”.",
      en: "Mend the cells so that one rule alone holds, or write “hit: first”.",
    },
  },
  "rules-gap": {
    words: {
      vi: "Bảng “{table}” quyết định bước “{step}”: {says}.",
      en: "The table “{table}” decides the step “{step}”: {says}.",
    },
    mend: {
      vi: "Thêm quy tắc cho trường hợp này, hoặc một quy tắc cuối gồm toàn “-”.",
      en: "Add a rule for it, or a last rule of “-” alone.",
    },
  },
  "rules-gap-warning": {
    words: { vi: "Bảng “{table}”: {says}.", en: "The table “{table}”: {says}." },
    mend: { vi: "Xem có cần thêm quy tắc cho trường hợp này không.", en: "See whether a rule is needed for it." },
    severity: "warning",
  },
  "rule-never-used": {
    words: { vi: "Bảng “{table}”: {says}.", en: "The table “{table}”: {says}." },
    mend: { vi: "Đưa quy tắc lên trước, hoặc bỏ đi.", en: "Move the rule up, or take it out." },
    severity: "warning",
  },
  "rules-untold": {
    words: { vi: "Bảng “{table}”: {says}.", en: "The table “{table}”: {says}." },
    mend: {
      vi: "Tự xem bảng có hở hay chồng nhau ở đó không.",
      en: "See for yourself whether the table has gaps or overlaps there.",
    },
    severity: "warning",
  },
} as const satisfies Record<string, FindingEntry>
