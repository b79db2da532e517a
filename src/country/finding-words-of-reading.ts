// The words of findings about files, keys and values.
import type { FindingEntry } from "./finding-words.ts"

export const readingWords = {
  "file-missing": {
    words: { vi: "Thiếu tệp này.", en: "This file is missing." },
    mend: { vi: "Tạo tệp theo lược đồ của nó.", en: "Make the file after its schema." },
  },
  "file-twice": {
    words: { vi: "Tệp này và {file} là hai bản của một phần.", en: "This file and {file} are the same part twice." },
    mend: { vi: "Giữ lại một tệp.", en: "Keep one of them." },
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
    words: { vi: "{at}: “{value}” không hợp lệ, {says}.", en: "{at}: “{value}” is not valid, {says}." },
    mend: { vi: "Sửa giá trị cho đúng dạng.", en: "Write it in the form that the schema asks for." },
  },
} as const satisfies Record<string, FindingEntry>
