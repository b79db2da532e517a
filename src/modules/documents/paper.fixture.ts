// A birth certificate of the cast, and the programs that look at PDFs from outside.
import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Template } from "./document.ts"

export const certificate: Template = {
  header: {
    agency: ["ỦY BAN NHÂN DÂN", "PHƯỜNG BẾN THÀNH"],
    state: ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
  },
  title: "GIẤY KHAI SINH",
  number: "Số: 12/2026",
  place: "Bến Thành, ngày 9 tháng 3 năm 2026",
  date: "2026-03-09",
  holder: "Nguyễn Thị Bưởi",
  particulars: { dossierCode: "H29.12-20260309-0001", procedureCode: "1.001193", holderCode: "900326000123", system: "Motlan" },
  lines: [
    { label: "Họ, chữ đệm, tên", value: "Nguyễn Thị Bưởi" },
    { label: "Ngày sinh", value: "Ngày 1 tháng 3 năm 2026 (ngày một tháng ba năm hai nghìn không trăm hai mươi sáu)" },
  ],
  sections: [{ heading: "Mẹ", lines: [{ label: "Họ tên", value: "Đặng Thị Ưng Quỳnh" }], paragraphs: ["Ghi chú: không."] }],
  signer: { name: "Trần Văn Đức", position: "CHỦ TỊCH" },
}

/** False, or why a test that needs `program` is left out. */
export const without = (program: string): string | false =>
  spawnSync(program, ["-v"]).error ? `${program} (poppler-utils) is not installed here` : false

/** Runs a program over the bytes as a file and gives what it prints. */
export function looked(program: string, pdf: Uint8Array, ...more: string[]): string {
  const dir = mkdtempSync(join(tmpdir(), "motlan-paper-"))
  try {
    const file = join(dir, "paper.pdf")
    writeFileSync(file, pdf)
    return execFileSync(program, [file, ...more], { encoding: "utf8" })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
