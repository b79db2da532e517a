// The search over the whole catalogue of the model country, as people type.
import assert from "node:assert/strict"
import { before, test } from "node:test"
import { type Country, loadCountry } from "#country"
import { definitionOf } from "./publish-country.ts"
import { QUERY_LENGTH_MAX, SearchIndex } from "./search-index.ts"
import { searchedRow, searchedService } from "./searched.ts"

let index: SearchIndex
let country: Country

before(() => {
  country = loadCountry("countries/viet-nam")
  const services = [...country.services.values()].map((service) => searchedService(definitionOf(service, country)))
  const rows = country.index().filter((row) => !country.services.has(row.code))
  index = new SearchIndex([...services, ...rows.map(searchedRow)])
})

const first = (query: string) => index.search(query, 5)[0]?.code

/** What was typed, and the code that must stand first. */
const typed: readonly (readonly [string, string])[] = [
  ["khai sinh", "1.001193"],
  ["Khai Sinh", "1.001193"],
  ["khaisinh", "1.001193"],
  ["dang ky khai sihn", "1.001193"],
  ["đăng kí khai sinh", "1.001193"],
  ["dangkykhaisinh", "1.001193"],
  ["kahi sinh", "1.001193"],
  ["khia sinh", "1.001193"],
  ["khaisihn", "1.001193"],
  ["giay chung sinh", "1.001193"],
  ["brith registration", "1.001193"],
  ["dang ky ket hom", "1.000894"],
  ["kethon", "1.000894"],
  ["kết hôn", "1.000894"],
  ["chua ket hon", "1.004873"],
  ["marrige", "1.000894"],
  ["ket hon nguoi nuoc ngoai", "2.000806"],
  ["khai tu", "1.000656"],
  ["giay doc than", "1.004873"],
  ["xac nhan tinh trang hon nhan", "1.004873"],
  ["trich luc khai sin", "2.000635"],
  ["sao y ban chinh", "2.000815"],
  ["chung thuc chu ki", "2.000884"],
  ["thuong tru", "1.004222"],
  ["nhap ho khau", "1.004222"],
  ["tam tru", "1.004194"],
  ["tach ho khau", "1.010038"],
  ["mat can cuoc", "1.014064"],
  ["cccd", "1.014061"],
  ["vneid muc 2", "3.000228"],
  ["hộ chiêú", "1.001456"],
  ["pasport", "1.001456"],
  ["bang lai xe", "3.000347"],
  ["bien so xe", "1.013067"],
  ["ly lich tu phapp", "3.000333"],
  ["mo quan ca phe", "1.001612"],
  ["ho kinh daonh", "1.001612"],
  ["thanh lap cong ty co phan", "2.002043"],
  ["hoan thue thu nhap", "2.002233"],
  ["rut bhxh mot lan", "1.001613"],
  ["thai sna", "2.000693"],
  ["the bao hiem y te", "1.001939"],
  ["xin phep xay dung", "1.013225"],
  ["sang ten so do", "1.013831"],
  ["tach thua", "1.012784"],
  ["tranh chap dat", "1.012812"],
  ["nha o xa hoi", "1.014632"],
  ["luat su mien phi", "2.000829"],
  ["nuoi con nuoi", "2.001263"],
  ["tro cap nguoi cao tuoi", "1.014027"],
  ["hoa don dien tu", "1.010337"],
  ["dang kiem o to", "1.005103"],
  ["1.001193", "1.001193"],
  ["1001193", "1.001193"],
]

for (const [query, code] of typed) {
  test(`"${query}" finds ${code} first`, () => assert.equal(first(query), code, JSON.stringify(index.search(query, 3))))
}

test("the same words in NFC and NFD, with invisible characters and in capitals find the same", () => {
  const plain = index.search("đăng ký thường trú", 10)
  assert.deepEqual(index.search("đăng ký thường trú".normalize("NFD"), 10), plain)
  assert.deepEqual(index.search("đăng\u200b ký thường trú\ufeff", 10), plain)
  assert.deepEqual(index.search("ĐĂNG KÝ THƯỜNG TRÚ", 10), plain)
})

test("the beginning of a word is enough while somebody is still typing", () => {
  for (const query of ["khai si", "thuong t", "passp", "ho chi"]) {
    assert.ok(["1.001193", "1.004222", "1.001456"].includes(first(query)!), `${query}: ${first(query)}`)
  }
})

test("marks that are typed count: thuế is tax, thuê is rent", () => {
  const names = (query: string) => index.search(query, 3).map((hit) => hit.matched.text.toLowerCase())
  assert.ok(names("thuế").every((name) => name.includes("thuế")))
  assert.ok(names("thuê").every((name) => name.includes("thuê")))
})

test("services with a page come before procedures known by name only when both say the same", () => {
  const hits = index.search("dang ky khai sinh", 20)
  assert.deepEqual(
    hits.slice(0, 2).map((hit) => hit.code),
    ["1.001193", "2.002621"],
  )
  assert.ok(hits.some((hit) => hit.kind === "index"))
})

test("a procedure that is only in the index is found by its name", () => {
  const row = country.index().find((r) => r.code === "1.003583")!
  assert.equal(first(row.name), row.code)
})

test("each hit says what matched and where", () => {
  const { matched } = index.search("giay chung sinh", 1)[0]!
  assert.equal(matched.where, "paper")
  assert.deepEqual(
    matched.ranges.map(([from, to]) => matched.text.slice(from, to)),
    ["Giấy chứng sinh"],
  )
})

test("papers, results, life events and English words find their services", () => {
  assert.ok(index.search("death notice", 5).some((hit) => hit.code === "1.000656"))
  assert.equal(first("household business certificate"), "1.001612")
  assert.ok(index.search("losing a paper", 5).some((hit) => hit.code === "1.014064"))
})

test("nonsense and emptiness find nothing", () => {
  for (const query of ["", "   ", "?!…", "xyzzyx qwerty", "\u200b"]) assert.deepEqual(index.search(query, 5), [], query)
})

test("an endless query is cut and a limit is kept", () => {
  const long = `khai sinh ${"đăng ký ".repeat(5_000)}`
  assert.ok(long.length > QUERY_LENGTH_MAX)
  assert.ok(index.search(long, 7).length <= 7)
  assert.deepEqual(index.search("khai sinh", 0), [])
})
