// What is wrong with a graph, in words for an analyst, in the languages of the program.
import type { Finding, FindingCode } from "./graph.ts"

/** Vietnamese and English; `{at}` is the id of the element, other names are parameters of the finding. */
export const findingTexts: Readonly<Record<FindingCode, { readonly vi: string; readonly en: string }>> = {
  "not-xml": { vi: "Tệp không phải XML đúng: {reason}.", en: "The file is not well-formed XML: {reason}." },
  "too-large": {
    vi: "Quy trình quá lớn. Chia thành nhiều quy trình và gọi nhau.",
    en: "The process is too large. Split it into processes that call each other.",
  },
  "not-bpmn": { vi: "Tệp không phải BPMN 2.0: {reason}.", en: "The file is not BPMN 2.0: {reason}." },
  "id-reserved": { vi: "Tên “{at}” không được dùng. Đặt tên khác.", en: "The id “{at}” can't be used. Choose another." },
  "no-process": { vi: "Tệp không có quy trình nào.", en: "There is no process in the file." },
  "no-start": {
    vi: "“{at}” không có chỗ bắt đầu. Thêm sự kiện bắt đầu.",
    en: "“{at}” has no beginning. Add a start event.",
  },
  "flow-broken": {
    vi: "Mũi tên hoặc phần tử “{at}” nối sai. Nối lại trong cùng một quy trình.",
    en: "The arrow or element “{at}” is connected wrongly. Connect it within one process.",
  },
  "element-unknown": {
    vi: "“{at}” thuộc loại {element}, hệ thống không chạy được.",
    en: "“{at}” is a {element}, which can't be run here.",
  },
  "expression-broken": {
    vi: "Điều kiện ở “{at}” sai ({reason}, ký tự {position}): {text}.",
    en: "The condition at “{at}” is wrong ({reason}, character {position}): {text}.",
  },
  "quantity-wrong": {
    vi: "“{at}” cần số lượng từ 1 trở lên.",
    en: "“{at}” needs quantities of at least 1.",
  },
  "loop-wrong": {
    vi: "Vòng lặp ở “{at}” không bao giờ dừng hoặc số lần sai. Ghi điều kiện hoặc số lần.",
    en: "The loop at “{at}” never ends or its count is wrong. Give a condition or a count.",
  },
  "event-broken": {
    vi: "Sự kiện “{at}” chưa đủ: {reason}.",
    en: "The event “{at}” is incomplete: {reason}.",
  },
  "called-unknown": {
    vi: "“{at}” gọi quy trình “{called}” không có trong tệp.",
    en: "“{at}” calls the process “{called}”, which is not in the file.",
  },
  "script-foreign": {
    vi: "Đoạn mã ở “{at}” viết bằng {format}. Chỉ dùng FEEL.",
    en: "The script at “{at}” is written in {format}. Use FEEL alone.",
  },
  "dead-task": {
    vi: "Không đường nào dẫn đến “{at}”. Nối lại hoặc bỏ đi.",
    en: "No path ever reaches “{at}”. Connect it or take it out.",
  },
  deadlock: {
    vi: "Hồ sơ có thể kẹt mãi ở chỗ gộp “{at}”: có nhánh không bao giờ đến. Dùng cổng gộp cùng loại với cổng tách.",
    en: "A case can be stuck for ever at the join “{at}”: a branch never comes. Join with the kind of gateway that split.",
  },
  "never-ends": {
    vi: "Từ “{at}” không có đường nào kết thúc. Thêm đường đến sự kiện kết thúc.",
    en: "From “{at}” no path leads to an end. Add a way to an end event.",
  },
  "token-lost": {
    vi: "Kết thúc “{at}” bỏ dở việc đang làm ở nhánh khác. Gộp các nhánh trước khi kết thúc.",
    en: "The end “{at}” throws away work under way on another branch. Join the branches before the end.",
  },
  "token-doubled": {
    vi: "“{at}” có thể được làm hai lần cho cùng một hồ sơ. Gộp các nhánh song song trước đó.",
    en: "“{at}” can be done twice for one case. Join the parallel branches before it.",
  },
  "no-default": {
    vi: "Ở cổng “{at}” có thể không điều kiện nào đúng. Chọn một đường mặc định.",
    en: "At the gateway “{at}” it may be that no condition holds. Mark one way as the default.",
  },
  "runs-away": {
    vi: "Quanh “{at}” quy trình chạy vòng mà không chờ ai, hoặc nhân lên mãi. Thêm bước chờ hoặc gộp nhánh.",
    en: "Around “{at}” the process circles without waiting for anybody, or multiplies for ever. Add a step that waits, or join.",
  },
  undecided: {
    vi: "Quy trình có quá nhiều khả năng: đã xem {states} trạng thái mà chưa kết luận được. Chia nhỏ quy trình.",
    en: "The process has too many possibilities: {states} states were looked at without a conclusion. Split it.",
  },
  "not-a-table": {
    vi: "“{at}” không viết được thành bảng các bước. Giữ quy trình ở dạng BPMN.",
    en: "“{at}” can't be written as a table of steps. Keep the process as BPMN.",
  },
}

/** Why an element is incomplete or wrongly connected; other reasons are the words of the XML reader or of FEEL. */
const reasons: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  "double-id": { vi: "hai phần tử cùng một tên", en: "two elements have the same id" },
  "attached-to-nothing": { vi: "không gắn vào bước nào", en: "it is attached to nothing" },
  syntax: { vi: "viết sai ngữ pháp", en: "it can't be read" },
  "unknown-name": { vi: "nhắc đến tên không có", en: "it names what is not there" },
  "unknown-function": { vi: "gọi hàm không có", en: "it calls a function that is not there" },
  "no-trigger": { vi: "chưa nói chờ điều gì", en: "it doesn't say what it waits for" },
  "no-condition": { vi: "chưa có điều kiện", en: "it has no condition" },
  "no-time": { vi: "chưa có thời hạn", en: "it has no time" },
  "not-in-a-transaction": { vi: "chỉ dùng được trong giao dịch", en: "it works within a transaction alone" },
  "not-a-wait-behind-the-gateway": {
    vi: "sau cổng này phải là sự kiện chờ",
    en: "what follows the gateway must wait for an event",
  },
}

const reasonIn = (reason: string, language: "vi" | "en"): string =>
  Object.hasOwn(reasons, reason) ? reasons[reason]![language] : reason

/** The words of a finding in a language; English where it has none. */
export function findingText({ code, at, params }: Finding, language: string): string {
  const known = language === "vi" ? "vi" : "en"
  return findingTexts[code][known].replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === "at") return at
    return Object.hasOwn(params, name) ? reasonIn(String(params[name]), known) : "…"
  })
}
