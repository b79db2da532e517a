// `motlan verify definition DEFINITION SIGNATURE --anchor KEY`: proves an exported definition by its files, and says what was signed.
import type { JWK } from "jose"
import { type DefinitionVerdict, verifyDefinition } from "#catalogue"
import { fill } from "#platform/words"
import { readText } from "./verify-exchange.ts"

type Failed = Extract<DefinitionVerdict, { failed: string }>["failed"]
type Words = Readonly<Record<Failed | "holds" | "until" | "basis" | "key-used", string>>

const en: Words = {
  holds: "{file}: version {version} of {code}, in force from {from}: hash and signature hold",
  until: "  until the end of {until}",
  basis: "  legal basis: {law}",
  "key-used": "  signed by the key {key}",
  key: "{file}: DOES NOT HOLD: another key than this one has signed it",
  signature: "{file}: DOES NOT HOLD: the signature is none, or not of this key",
  content: "{file}: DOES NOT HOLD: the signature was given for another content",
}

const vi: Words = {
  holds: "{file}: phiên bản {version} của {code}, hiệu lực từ {from}: mã băm và chữ ký đều đúng",
  until: "  đến hết ngày {until}",
  basis: "  căn cứ: {law}",
  "key-used": "  ký bằng khóa {key}",
  key: "{file}: KHÔNG ĐÚNG: người ký dùng khóa khác",
  signature: "{file}: KHÔNG ĐÚNG: đây không phải chữ ký, hoặc không do khóa này ký",
  content: "{file}: KHÔNG ĐÚNG: chữ ký được cấp cho nội dung khác",
}

/** 1 when it does not hold. The key is the one that is trusted, so it must be named. */
export async function verifyDefinitionFiles(file: string, signature: string, anchor: string, lang = "en"): Promise<number> {
  const say = (name: keyof Words, values: Readonly<Record<string, string | number>>) =>
    console.log(fill((lang === "vi" ? vi : en)[name], lang, values))
  const verdict = await verifyDefinition(readText(file), readText(signature), keyIn(anchor))
  if ("failed" in verdict) {
    say(verdict.failed, { file })
    return 1
  }
  const { code, version, validFrom: from, validUntil: until, legalBasis: law } = verdict.claim
  say("holds", { file, code, version, from })
  if (until !== undefined) say("until", { until })
  if (law !== undefined) say("basis", { law })
  say("key-used", { key: verdict.thumbprint })
  return 0
}

function keyIn(file: string): JWK {
  try {
    const key: unknown = JSON.parse(readText(file))
    if (typeof key === "object" && key !== null && "kty" in key) return key as JWK
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Error(`${file} holds no key (JWK)`)
}
