// What is typed and sought in the journeys of a birth.
export const BIRTH = "1.001193"
export const HOME_TOWN = "xã Khoái Châu, tỉnh Hưng Yên"
export const REASON = "Chưa ghi quê quán của con"
