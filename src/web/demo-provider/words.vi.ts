// Words of the demo's identity provider, Vietnamese.
export const vi = {
  title: "Chọn người để đăng nhập thử",
  notice: "Đây là bản trình diễn. Mọi người và mọi dữ liệu ở đây đều do máy đặt ra; không cần mật khẩu.",
  citizens: "Công dân",
  toOfficials: "Đến danh sách cán bộ",
  officials: "Cán bộ",
} as const
