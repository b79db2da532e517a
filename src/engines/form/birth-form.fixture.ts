// The form of a birth for the tests: the vocabulary it uses, what the registers hold of Lan's family, and a small country.
import type { Vocabulary } from "./definition.ts"
import type { Divisions, FormContext, Json, Place, Source } from "./values.ts"

const words = (vi: string, en: string) => ({ vi, en })
const sexes = [
  { value: "female", name: words("Nữ", "Female") },
  { value: "male", name: words("Nam", "Male") },
]

export const vocabulary: Vocabulary = {
  "person.fullName": { type: "personal-name", name: words("Họ và tên", "Full name"), source: "population/person.fullName" },
  "person.familyName": { type: "personal-name", name: words("Họ", "Family name"), source: "population/person.familyName" },
  "person.middleName": { type: "personal-name", name: words("Chữ đệm", "Middle name"), source: "population/person.middleName" },
  "person.givenName": { type: "personal-name", name: words("Tên", "Given name"), source: "population/person.givenName" },
  "person.birthDate": {
    type: "date",
    incomplete: true,
    name: words("Ngày sinh", "Date of birth"),
    source: "population/person.birthDate",
  },
  "person.sex": { type: "choice", options: sexes, name: words("Giới tính", "Sex"), source: "population/person.sex" },
  "person.nationality": { type: "text", name: words("Quốc tịch", "Nationality"), source: "population/person.nationality" },
  "person.ethnicity": { type: "text", name: words("Dân tộc", "Ethnicity"), source: "population/person.ethnicity" },
  "person.residence": { type: "address", name: words("Nơi cư trú", "Residence"), source: "population/person.residence" },
  "person.homeTown": { type: "address", name: words("Quê quán", "Home town"), source: "population/person.homeTown" },
  "marriage.number": {
    type: "text",
    name: words("Số đăng ký kết hôn", "Marriage number"),
    source: "civil-status/marriage.number",
  },
  "birth.date": {
    type: "date",
    after: "1900-01-01",
    before: "today",
    name: words("Ngày sinh", "Date of birth"),
    source: "health/birth-statement.date",
  },
  "birth.time": { type: "time", name: words("Giờ sinh", "Time of birth"), source: "health/birth-statement.time" },
  "birth.place": { type: "text", name: words("Nơi sinh", "Place of birth"), source: "health/birth-statement.place" },
  "birth.weightGrams": {
    type: "number",
    min: 200,
    max: 9000,
    unit: words("gam", "g"),
    name: words("Cân nặng", "Weight"),
    source: "health/birth-statement.weightGrams",
  },
}

const parents = [
  "person.fullName",
  "person.familyName",
  "person.birthDate",
  "person.nationality",
  "person.ethnicity",
  "person.residence",
]

export const birthForm = {
  fetch: [
    { id: "mother", service: "population/person.read", key: "applicant.number" },
    { id: "marriage", service: "civil-status/marriage.read", key: "applicant.number", optional: true },
    {
      id: "father",
      service: "population/person.read",
      key: "if father.number != null then father.number else marriage.spouseNumber",
      optional: true,
    },
    { id: "statement", service: "health/birth-statement.read", key: "applicant.number", optional: true },
  ],
  subjects: { mother: words("Mẹ", "Mother"), father: words("Cha", "Father"), child: words("Con", "Child") },
  pages: [
    {
      id: "parents",
      title: words("Cha và mẹ", "Parents"),
      fields: [
        { about: "mother", is: parents },
        { id: "marriage.number", type: "register-value", is: "marriage.number" },
        { id: "father.known", type: "yes-no", name: words("Khai cha?", "Name the father?"), when: "not(fetched.father)" },
        {
          id: "father.number",
          type: "text",
          format: "personal-number",
          optional: true,
          when: "father.known",
          name: words("Số định danh của cha", "Father's number"),
        },
        { about: "father", is: parents, when: "fetched.father or father.known" },
      ],
    },
    {
      id: "birth",
      title: words("Việc sinh", "The birth"),
      fields: [
        { about: "birth", from: "statement", is: ["birth.date", "birth.time", "birth.place", "birth.weightGrams"] },
        { id: "child.sex", is: "person.sex", from: "statement.childSex" },
        { id: "birth.multiple", type: "yes-no", from: "statement.multiple", name: words("Sinh đôi trở lên", "Twins or more") },
        {
          id: "papers.statement",
          type: "file",
          from: "statement",
          accept: ["pdf", "jpg"],
          name: words("Giấy chứng sinh", "Birth statement"),
        },
      ],
    },
    {
      id: "name",
      title: words("Tên của con", "The child's name"),
      fields: [
        { about: "child", new: true, is: ["person.familyName", { is: "person.middleName", optional: true }, "person.givenName"] },
        { id: "child.nationality", is: "person.nationality", new: true, suggest: "mother.nationality" },
        { id: "child.ethnicity", is: "person.ethnicity", new: true, suggest: "mother.ethnicity" },
      ],
      checks: [
        {
          if: "not(child.familyName in [mother.familyName, father.familyName])",
          say: "name-from-a-parent",
          words: words("Họ của con phải theo họ cha hoặc họ mẹ", "The family name must be the father's or the mother's"),
          law: "91/2015/QH13 art. 26",
        },
      ],
    },
    {
      id: "declare",
      title: words("Cam đoan", "Declaration"),
      fields: [{ id: "truth", type: "declaration", name: words("Tôi cam đoan khai đúng", "What I state is true") }],
    },
  ],
}

export const lanNumber = "900199000001"

/** What the registers answer, by fetch. */
export const records: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  mother: person("Phạm Thị Lan", "Phạm", "1996-05-02", "1 Phố Huế"),
  marriage: { number: "12/2020", spouseNumber: "900096000002" },
  father: person("Lê Văn Hùng", "Lê", "1994", "1 Phố Huế"),
  statement: {
    date: "2026-03-05",
    time: "03:40",
    place: "Bệnh viện Phụ sản",
    weightGrams: 3200,
    childSex: "male",
    multiple: false,
  },
}

function person(fullName: string, familyName: string, birthDate: string, street: string): Readonly<Record<string, Json>> {
  return {
    fullName,
    familyName,
    birthDate,
    nationality: "VN",
    ethnicity: "Kinh",
    residence: { province: "01", commune: "00004", street },
  }
}

export const sourceOf = (register: string): Source => ({
  register,
  record: `${register}-1`,
  asOf: "2026-03-09T09:12:00+07:00",
  message: "m-1",
})

const communes = [
  { code: "00004", name: "Phường Ba Đình", province: "01" },
  { code: "00008", name: "Phường Ngọc Hà", province: "01" },
  { code: "00010", name: "Xã Tân Lập", province: "01", within: "Thành phố Hà Nội" },
  { code: "00011", name: "Xã Tân Lập", province: "01", within: "Thành phố Hà Nội" },
  { code: "26734", name: "Phường Sài Gòn", province: "79" },
]
const provinces: readonly Place[] = [
  { code: "01", name: "Thành phố Hà Nội" },
  { code: "79", name: "Thành phố Hồ Chí Minh" },
]
const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d")

/** A country of two provinces and five communes; Phường Trúc Bạch (00013) became part of two of them. */
export const divisions: Divisions = {
  provinces,
  province: (code) => provinces.find((one) => one.code === code),
  commune: (code) => communes.find((one) => one.code === code),
  find: (province, text) =>
    communes.filter((one) => one.province === province && (one.code === text || folded(one.name).includes(folded(text)))),
  replaced: (province, text) =>
    province === "01" && (text === "00013" || folded("Phường Trúc Bạch").includes(folded(text))) ? communes.slice(0, 2) : [],
}

export const context: FormContext = {
  lang: "vi",
  today: "2026-03-09",
  applicant: { number: lanNumber, fullName: "Phạm Thị Lan" },
  divisions,
  formats: {
    "personal-number": (text) => /^9\d{11}$/.test(text),
    "organisation-number": (text) => /^\d{10}(-\d{3})?$/.test(text),
  },
}
