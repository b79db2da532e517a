// Sentences of a service's page, in both languages; what the definition says itself is never written twice here.

export const vi = {
  free: "Miễn phí",
  feeElsewhere: "Theo quy định",
  perUnit: "{money} một {unit}",
  "working-day": "{count} ngày làm việc",
  "working-hour": "{count} giờ làm việc",
  hour: "{count} giờ",
  day: "{count} ngày",
  month: "{count} tháng",
  cutoff: "Nộp sau {hour} tính từ ngày làm việc tiếp theo",
  evidence: "Nhà nước tự lấy",
  submit: "Nộp",
  present: "Xuất trình",
  declaration: "Tờ khai, điền tại đây hoặc theo mẫu",
  national: "Trung ương",
  other: "Cơ quan, tổ chức khác",
} as const

export const en = {
  free: "Free",
  feeElsewhere: "Set by regulation",
  perUnit: "{money} per {unit}",
  "working-day": { one: "{count} working day", other: "{count} working days" },
  "working-hour": { one: "{count} working hour", other: "{count} working hours" },
  hour: { one: "{count} hour", other: "{count} hours" },
  day: { one: "{count} day", other: "{count} days" },
  month: { one: "{count} month", other: "{count} months" },
  cutoff: "What is handed in after {hour} counts from the next working day",
  evidence: "The state fetches it",
  submit: "Hand in",
  present: "Show",
  declaration: "Declaration, filled in here or on the form",
  national: "National",
  other: "Other bodies",
} as const
