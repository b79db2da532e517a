// Words of choosing whom one acts as, Vietnamese.
export const vi = {
  title: "Chọn vai",
  lead: "Mỗi lúc bạn chỉ làm việc trong một vai. Việc bạn làm được ghi lại theo vai đó.",
  asCitizen: "Công dân",
  asCitizenAbout: "Làm thủ tục cho chính mình và gia đình",
  forColleague: "Làm thay {name}",
  now: "Vai hiện tại",
  choose: "Tiếp tục",
  noPosts: "Bạn không giữ chức vụ nào tại cơ quan nhà nước trên hệ thống này.",
} as const
