// Payment codes by the scheme "EMVCo merchant QR" (merchant-presented mode): tag, length, value, and a CRC at the end.

/** What a payment network fixes: where the account stands and how it is marked. */
export interface MerchantQrScheme {
  /** Tag of the merchant account, 26 to 51. */
  readonly accountTag: string
  /** Globally unique identifier of the network. */
  readonly guid: string
  /** Service code of a transfer to an account. */
  readonly service: string
  /** ISO 4217, three digits. */
  readonly currency: string
  /** ISO 3166-1, two letters. */
  readonly country: string
}

export interface MerchantPayment {
  readonly bank: string
  readonly account: string
  /** In the currency's main unit; without it the payer types one, and the code can be used often. */
  readonly amount?: number | undefined
  /** Printed on the statement of account, 25 characters of ASCII at most. */
  readonly purpose?: string | undefined
}

const PURPOSE_LENGTH_MAX = 25
const PAYLOAD_LENGTH_MAX = 512

/** The payload of a payment. Throws a RangeError for what the scheme can't carry. */
export function merchantQr(scheme: MerchantQrScheme, payment: MerchantPayment): string {
  const { bank, account, amount, purpose } = payment
  if (amount !== undefined && !(Number.isFinite(amount) && amount > 0 && amount < 1e13))
    throw new RangeError(`not an amount: ${amount}`)
  if (purpose !== undefined && purpose.length > PURPOSE_LENGTH_MAX) throw new RangeError("the purpose is too long")
  const beneficiary = field("00", bank) + field("01", account)
  const payload = [
    field("00", "01"),
    field("01", amount === undefined ? "11" : "12"),
    field(scheme.accountTag, field("00", scheme.guid) + field("01", beneficiary) + field("02", scheme.service)),
    field("53", scheme.currency),
    amount === undefined ? "" : field("54", String(amount)),
    field("58", scheme.country),
    purpose === undefined ? "" : field("62", field("08", purpose)),
    "6304",
  ].join("")
  return payload + crc16(payload)
}

/** The fields of a payload by tag, nested ones still as text; undefined when lengths or CRC are wrong, or it is not such a code. */
export function parseMerchantQr(payload: string): Map<string, string> | undefined {
  if (payload.length > PAYLOAD_LENGTH_MAX || !payload.startsWith("000201")) return undefined
  const head = payload.slice(0, -4)
  if (!head.endsWith("6304") || crc16(head) !== payload.slice(-4)) return undefined
  const fields = new Map<string, string>()
  for (let at = 0; at < payload.length; ) {
    const found = /^([0-9]{2})([0-9]{2})$/.exec(payload.slice(at, at + 4))
    if (!found || fields.has(found[1]!)) return undefined
    const value = payload.slice(at + 4, at + 4 + Number(found[2]))
    if (value.length !== Number(found[2])) return undefined
    fields.set(found[1]!, value)
    at += 4 + value.length
  }
  return fields
}

/** CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xFFFF) of ASCII text, as four capital hex digits. */
export function crc16(text: string): string {
  let crc = 0xffff
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff
  }
  return crc.toString(16).toUpperCase().padStart(4, "0")
}

/** Tag, two digits of length, value. */
function field(tag: string, value: string): string {
  if (!/^[\x20-\x7e]{1,99}$/.test(value)) throw new RangeError(`the field ${tag} holds 1 to 99 characters of ASCII`)
  return tag + String(value.length).padStart(2, "0") + value
}
