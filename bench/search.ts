// Searching the catalogue as people type: without marks, with slips, in two languages, by code; each search a deed with its transaction.
import { searchServices } from "#catalogue"
import { type Benchmark, quantile } from "./measure.ts"
import { openBenchSite } from "./site.ts"

const SEARCHES = 1_500
const WARM_UP = 100
const LANG = "vi"

const queries = [
  "khai sinh",
  "khai sih",
  "giay khai sinh",
  "sinh con",
  "đăng ký kết hôn",
  "dang ki ket hon",
  "xac nhan tinh trang hon nhan",
  "ho kinh doanh",
  "thanh lap ho kinh doanh ca the",
  "giay phep xay dung",
  "thuong tru",
  "tam vang tam tru",
  "can cuoc",
  "doi giay phep lai xe",
  "birth certificate",
  "register a marriage",
  "passport",
  "1.001193",
  "bao hiem that nghiep cho nguoi lao dong mat viec",
  "zzzz qqqq",
]

/** Benchmark `search`. */
export const run: Benchmark = async () => {
  const bench = await openBenchSite()
  const search = (n: number) => bench.tx({ kind: "public" }, (tx) => searchServices(tx, queries[n % queries.length]!, LANG))
  try {
    const began = performance.now()
    await search(0)
    const first = performance.now() - began
    for (let n = 0; n < WARM_UP; n++) await search(n)
    const times: number[] = []
    const before = process.cpuUsage()
    for (let n = 0; n < SEARCHES; n++) {
      const from = performance.now()
      await search(n)
      times.push(performance.now() - from)
    }
    const { user, system } = process.cpuUsage(before)
    const services = bench.country.services.size
    const about = `${queries.length} queries over ${services} services and ${bench.country.index().length} names`
    return [
      { name: "search, p95", value: quantile(times, 0.95), unit: "ms", atMost: 20, about },
      { name: "search, p50", value: quantile(times, 0.5), unit: "ms" },
      { name: "program's processor time", value: (user + system) / 1_000 / SEARCHES, unit: "ms" },
      { name: "the first search of a process", value: first, unit: "ms", about: "builds the index" },
    ]
  } finally {
    await bench.close()
  }
}
