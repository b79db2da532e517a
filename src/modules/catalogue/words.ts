// Words of the catalogue's own codes, in the languages that it speaks; a code without words is shown as it is.
import type { Text } from "#country"

/** Life events, as people name them. */
export const lifeEventWords: Readonly<Record<string, Text>> = {
  birth: { vi: "Sinh con", en: "Having a child" },
  marriage: { vi: "Kết hôn", en: "Getting married" },
  death: { vi: "Người thân qua đời", en: "When somebody dies" },
  family: { vi: "Gia đình", en: "Family" },
  moving: { vi: "Chuyển chỗ ở", en: "Moving home" },
  documents: { vi: "Giấy tờ, bản sao", en: "Papers and copies" },
  correction: { vi: "Sửa thông tin sai", en: "Correcting data" },
  loss: { vi: "Mất giấy tờ", en: "Losing a paper" },
  age14: { vi: "Đủ 14 tuổi", en: "Turning 14" },
  digital: { vi: "Định danh điện tử", en: "Digital identity" },
  travel: { vi: "Đi nước ngoài", en: "Travelling abroad" },
  driving: { vi: "Xe và lái xe", en: "Vehicles and driving" },
  work: { vi: "Đi làm", en: "Work" },
  tax: { vi: "Nộp thuế", en: "Paying tax" },
  business: { vi: "Kinh doanh", en: "Doing business" },
  trade: { vi: "Xuất khẩu, nhập khẩu", en: "Import and export" },
  property: { vi: "Nhà đất, tài sản", en: "Land and property" },
  housing: { vi: "Xây nhà, nhà ở", en: "Building and housing" },
  farm: { vi: "Làm nông, thủy sản", en: "Farming and fishing" },
  health: { vi: "Khám chữa bệnh", en: "Health care" },
  illness: { vi: "Ốm đau", en: "Falling ill" },
  retirement: { vi: "Nghỉ hưu, tuổi già", en: "Retirement" },
  welfare: { vi: "Trợ giúp xã hội", en: "Social support" },
  dispute: { vi: "Tranh chấp, trợ giúp pháp lý", en: "Disputes and legal aid" },
}

/** Who may ask for a service. */
export const audienceWords: Readonly<Record<string, Text>> = {
  citizen: { vi: "Công dân", en: "Citizens" },
  "citizen-abroad": { vi: "Công dân định cư ở nước ngoài", en: "Nationals living abroad" },
  foreigner: { vi: "Người nước ngoài", en: "Foreigners" },
  "foreign-resident": { vi: "Người nước ngoài cư trú trong nước", en: "Foreign residents" },
  official: { vi: "Cán bộ, công chức, viên chức", en: "Public officials" },
  "party-member": { vi: "Đảng viên", en: "Party members" },
  enterprise: { vi: "Doanh nghiệp", en: "Enterprises" },
  "fdi-enterprise": { vi: "Doanh nghiệp có vốn đầu tư nước ngoài", en: "Enterprises with foreign capital" },
  cooperative: { vi: "Hợp tác xã", en: "Cooperatives" },
  organisation: { vi: "Tổ chức", en: "Organisations" },
  "party-organisation": { vi: "Tổ chức Đảng", en: "Party organisations" },
  "foreign-organisation": { vi: "Tổ chức nước ngoài", en: "Foreign organisations" },
}

/** What each level of an online service means; the first words are its name. */
export const levelWords: Readonly<Record<1 | 2 | 3 | 4, { name: Text; meaning: Text }>> = {
  1: {
    name: { vi: "Mức 1: thông tin", en: "Level 1: information" },
    meaning: {
      vi: "Xem ở đây cần gì, mất bao lâu, tốn bao nhiêu; nộp hồ sơ tại cơ quan giải quyết.",
      en: "Read here what it takes, how long and how much; hand it in at the agency.",
    },
  },
  2: {
    name: { vi: "Mức 2: tải mẫu đơn", en: "Level 2: forms" },
    meaning: {
      vi: "Tải mẫu đơn ở đây, điền rồi nộp tại cơ quan giải quyết.",
      en: "Download the form here, fill it in and hand it in at the agency.",
    },
  },
  3: {
    name: { vi: "Mức 3: trực tuyến một phần", en: "Level 3: partly online" },
    meaning: {
      vi: "Nộp và theo dõi ở đây; có bước phải đến cơ quan.",
      en: "Hand it in and follow it here; some step needs a visit.",
    },
  },
  4: {
    name: { vi: "Mức 4: trực tuyến toàn trình", en: "Level 4: online from end to end" },
    meaning: {
      vi: "Nộp, trả phí và nhận kết quả đều ở đây, không phải đi lại.",
      en: "Hand in, pay and receive the result here, without a visit.",
    },
  },
}
