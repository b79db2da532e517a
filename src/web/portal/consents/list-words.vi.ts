// Words of the list of consents, Vietnamese.
export const vi = {
  title: "Những gì tôi đã đồng ý",
  none: "Bạn chưa đồng ý cho ai dùng dữ liệu của bạn.",
  who: "Cho ai",
  why: "Để làm gì",
  state: "Trạng thái",
  until: "đến",
  on: "từ",
  uses: "Đã dùng",
  times: { other: "{count} lần" },
} as const
