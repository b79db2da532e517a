// The main job: a child is born, the mother registers the birth from her phone, the commune handles it, the signed certificate comes back.
import { Browser } from "./browser.ts"
import { check, type Steps } from "./steps.ts"

const BIRTH = "1.001193"
const WAIT_MAX_MS = 30_000
const WAIT_STEP_MS = 250

/** The child of this run: a name that no run before has used. */
interface Child {
  readonly middle: string
  readonly given: string
  readonly statement: string
}

/** Where the parties of the story work: at one site, or each at their own. */
export interface Places {
  /** The portal and desk of the commune. */
  readonly commune: string
  /** The desk of the hospital. */
  readonly hospital: string
}

/** What others may look into afterwards: the exchanges of the story by their messages. */
export interface Told {
  /** The hospital's entry into the health register. */
  readonly statement: string
  /** What the registers were asked about Lan today. */
  readonly reads: readonly string[]
}

interface Story {
  /** The commune's. */
  readonly origin: string
  readonly hospital: string
  readonly lang: string
  readonly child: Child
  caseId: string
  code: string
  statement: string
}

/** Tells the story once. Run again it tells it of another child. */
export async function birthStory({ commune, hospital }: Places, lang: string, steps: Steps): Promise<Told> {
  const story: Story = { origin: commune, hospital, lang, child: newChild(), caseId: "", code: "", statement: "" }
  const lan = new Browser(commune)
  await steps.step("The hospital records the birth", () => recordBirth(story))
  await steps.step("Lan finds the service by typing without accents", () => findService(story, lan))
  await steps.step("Lan signs in and starts", () => startDraft(lan))
  await steps.step("Lan reads what the registers know", () => readKnown(lan))
  await steps.step("Lan names her child", () => nameChild(story, lan))
  await steps.step("Lan checks and submits", () => submit(story, lan))
  await steps.step("Submitting again makes no second case", () => submitAgain(story, lan))
  await steps.step("An officer of another commune cannot open the case", () => strangerIsKeptOut(story))
  await steps.step("Bình claims the case and asks for what is missing, once", () => askSupplement(story))
  await steps.step("Lan answers the supplement; the clock stood still", () => answerSupplement(story, lan))
  await steps.step("Bình accepts the case", () => decide(story, "binh", "accept"))
  await steps.step("Cường examines it", () => decide(story, "cuong", "ok"))
  await steps.step("Cường cannot also sign it", () => examinerCannotSign(story))
  await steps.step("Sơn, the chairperson, approves and signs", () => decide(story, "son", "signed"))
  await steps.step("The registers are written and the child has a number", () => resultIsThere(story, lan))
  await steps.step("The certificate is genuine, and one altered byte shows", () => certificateVerifies(story, lan))
  await steps.step("Lan has messages", () => inboxTells(story, lan))
  await steps.step("Lan sees who has looked at her data today", () => looksAreSeen(story, lan))
  return { statement: story.statement, reads: messagesOn(lan) }
}

/** The messages that Lan finds on "who has looked at my data" of another site. */
export async function messagesAt(origin: string): Promise<string[]> {
  return messagesOn(await signIn(new Browser(origin), "lan", "/my/data"))
}

/** The messages that stand on "who has looked at my data". */
const messagesOn = (lan: Browser): string[] => [
  ...new Set(lan.text().match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []),
]

function newChild(): Child {
  const now = Date.now()
  const letters = (n: number, length: number) =>
    Array.from({ length }, (_, i) => "aeiouyhklmnt"[Math.floor(n / 12 ** i) % 12])
      .join("")
      .replace(/^./, (c) => c.toUpperCase())
  return { middle: letters(now, 5), given: letters(Math.floor(now / 12 ** 5), 5), statement: `HS-${now}` }
}

/** Signs somebody of the cast in and comes to a page. */
async function signIn(browser: Browser, login: string, to: string): Promise<Browser> {
  await browser.open(`/sign-in?return=${encodeURIComponent(to)}`)
  await browser.submit("/demo-idp/people/", {}, `login=${login}`)
  check(
    browser.status === 200,
    `${login} is signed in (status ${browser.status} at ${browser.url.pathname}: ${browser.heading()})`,
  )
  return browser
}

const today = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)

async function recordBirth(story: Story): Promise<string> {
  const page = encodeURIComponent("health/birth-statement")
  const lua = await signIn(new Browser(story.hospital), "lua", `/desk/registers/${page}`)
  const [year, month, day] = today().split("-") as [string, string, string]
  await lua.submit("/desk/registers/", {
    motherNumber: "901195093205",
    statementNumber: story.child.statement,
    motherName: "Nguyễn Ngọc Lan",
    "date.day": String(Number(day)),
    "date.month": String(Number(month)),
    "date.year": year,
    time: "00:10",
    place: "Bệnh viện Phụ sản Hoa Sen thành phố Hà Nội",
    sex: "female",
    weightGrams: "3100",
    multiple: "no",
    "issuedOn.day": String(Number(day)),
    "issuedOn.month": String(Number(month)),
    "issuedOn.year": year,
  })
  check(
    lua.status === 200 && lua.url.searchParams.has("entered"),
    `the statement is in the register (status ${lua.status}: ${lua.text().slice(0, 300)})`,
  )
  story.statement = lua.url.searchParams.get("entered") ?? ""
  return `statement ${story.child.statement} is in the health register`
}

async function findService(story: Story, lan: Browser): Promise<string> {
  await lan.open(`/?lang=${story.lang}`)
  check(lan.status === 200, "the home page opens")
  await lan.submit("/search", { q: "khai sinh" })
  await lan.follow(`/services/${BIRTH}`)
  const text = lan.text()
  check(lan.hasForm(`/start/${BIRTH}`), "the page has a start button")
  return `found by "khai sinh"; cost, time and papers are on the page (${text.length} letters)`
}

async function startDraft(lan: Browser): Promise<string> {
  await lan.submit(`/start/${BIRTH}`)
  check(lan.url.pathname.includes("/demo-idp/people/"), "starting asks to sign in")
  await lan.submit("/demo-idp/people/", {}, "login=lan")
  if (!lan.url.pathname.startsWith("/drafts/")) await lan.submit(`/start/${BIRTH}`)
  check(lan.url.pathname.startsWith("/drafts/"), `a draft is open (at ${lan.url.pathname}: ${lan.heading()})`)
  return `draft opened at ${lan.url.pathname}`
}

async function readKnown(lan: Browser): Promise<string> {
  const text = lan.text()
  for (const known of ["Nguyễn Ngọc Lan", "Phạm Quốc Hùng", "118/2022"]) check(text.includes(known), `"${known}" is on the page`)
  check(lan.page.querySelectorAll("input[name='mother.fullName']").length === 0, "what a register knows is not asked")
  const sources = lan.page.querySelectorAll(".source").length
  await lan.submit("/drafts/")
  check(lan.status === 200, "the page is taken")
  check(lan.text().includes("Hoa Sen"), "the hospital's statement has come")
  await lan.submit("/drafts/")
  return `${sources} values with their source; marriage and birth statement came from their registers`
}

async function nameChild(story: Story, lan: Browser): Promise<string> {
  await lan.submit("/drafts/", { "child.familyName": "Trần", "child.givenName": story.child.given })
  check(lan.status === 422, "a family name from neither parent is refused")
  check(
    lan.page.querySelector("input[name='child.familyName']")?.getAttribute("value") === "Trần",
    "what was typed is still there",
  )
  await lan.submit("/drafts/", {
    "child.familyName": "Phạm",
    "child.middleName": story.child.middle,
    "child.givenName": story.child.given,
  })
  check(lan.status === 200, `the name is taken (status ${lan.status}: ${lan.text().slice(0, 300)})`)
  await lan.submit("/drafts/", { truth: "yes" })
  check(lan.url.pathname.endsWith("/check"), `the answers can be checked (at ${lan.url.pathname})`)
  return `Phạm ${story.child.middle} ${story.child.given}; a wrong family name was refused and nothing typed was lost`
}

async function submit(story: Story, lan: Browser): Promise<string> {
  const text = lan.text()
  check(text.includes(story.child.given), "the name stands on the check page")
  await lan.submit("/check")
  check(lan.url.pathname.endsWith("/done"), `submitted (at ${lan.url.pathname}: ${lan.text().slice(0, 300)})`)
  story.code = /[A-Z]\d{2}\.\d{3}-\d{6}-\d{4,}/.exec(lan.text())?.[0] ?? ""
  check(story.code !== "", "there is a case code")
  await lan.follow("/my/cases/")
  story.caseId = lan.url.pathname.split("/").at(-1)!
  return `case ${story.code}, with the day of the result`
}

async function submitAgain(story: Story, lan: Browser): Promise<string> {
  await lan.open("/my/cases")
  const codes = lan.text().split(story.code).length - 1
  check(codes === 1, "the case stands once in the list")
  return "one case in the list"
}

async function strangerIsKeptOut(story: Story): Promise<string> {
  const my = await signIn(new Browser(story.origin), "my", "/desk")
  await my.open(`/desk/cases/${story.caseId}`)
  check(my.status === 404, `a stranger gets 404 (got ${my.status})`)
  return "404 for an officer of Cầu Giấy"
}

async function askSupplement(story: Story): Promise<string> {
  const binh = await signIn(new Browser(story.origin), "binh", `/desk/cases/${story.caseId}`)
  await binh.submit("/claim")
  await binh.submit("/step", { item: "child.homeTown" }, "outcome=supplement")
  check(binh.status === 422, "a supplement without a reason is refused")
  await binh.submit(
    "/step",
    { item: "child.homeTown", "reason.child.homeTown": "Chưa ghi quê quán của con" },
    "outcome=supplement",
  )
  check(binh.status === 200, `the request is sent (status ${binh.status}: ${binh.text().slice(0, 200)})`)
  return "asked for the child's home town, with the reason"
}

async function answerSupplement(story: Story, lan: Browser): Promise<string> {
  await lan.open(`/my/cases/${story.caseId}`)
  check(lan.text().includes("Chưa ghi quê quán của con"), "Lan reads the reason")
  await lan.follow("/supplement")
  await lan.submit("/supplement", {})
  check(lan.status === 422, "an empty answer is refused")
  await lan.submit("/supplement", { "child.homeTown": "xã Khoái Châu, tỉnh Hưng Yên" })
  check(
    lan.status === 200 && !lan.url.pathname.endsWith("/supplement"),
    `the answer is taken (status ${lan.status} at ${lan.url.pathname})`,
  )
  await lan.open(`/my/cases/${story.caseId}/supplement`)
  check(lan.status === 409, `a second answer finds nothing open (got ${lan.status})`)
  return "answered once; a second answer is refused"
}

async function decide(story: Story, login: string, outcome: string): Promise<string> {
  const officer = await signIn(new Browser(story.origin), login, `/desk/cases/${story.caseId}`)
  if (officer.hasForm("/claim")) await officer.submit("/claim")
  const checks = officer.page.querySelectorAll("input[name=check]").map((box) => box.getAttribute("value") ?? "")
  if (checks.length > 0) {
    await officer.submit("/step", {}, `outcome=${outcome}`)
    check(officer.status === 422, "passing on without checking is refused")
  }
  await officer.submit("/step", { check: checks }, `outcome=${outcome}`)
  check(
    officer.status === 200,
    `${outcome} is taken (status ${officer.status} at ${officer.url.pathname}: ${officer.text().slice(0, 300)})`,
  )
  check(!officer.hasForm("/step"), "the step is done")
  return checks.length > 0 ? `${outcome}, with ${checks.length} checks ticked` : outcome
}

async function examinerCannotSign(story: Story): Promise<string> {
  const cuong = await signIn(new Browser(story.origin), "cuong", `/desk/cases/${story.caseId}`)
  check(!cuong.hasForm("/claim") && !cuong.hasForm("/step"), "the examiner has nothing to sign")
  return "no form to sign for the examiner"
}

async function resultIsThere(story: Story, lan: Browser): Promise<string> {
  const until = Date.now() + WAIT_MAX_MS
  let number: string | undefined
  while (!number && Date.now() < until) {
    await lan.open(`/my/cases/${story.caseId}`)
    number = /^9\d{11}$/.exec(lan.page.querySelector("strong.num")?.text ?? "")?.[0]
    if (!number) await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS))
  }
  check(number !== undefined, `the child has a number (${lan.text().slice(0, 300)})`)
  return `number ${number}`
}

async function certificateVerifies(story: Story, lan: Browser): Promise<string> {
  const until = Date.now() + WAIT_MAX_MS
  const title = story.lang === "vi" ? "GIẤY KHAI SINH" : "BIRTH CERTIFICATE"
  while (!lan.text().toUpperCase().includes(title) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS))
    await lan.open(`/my/cases/${story.caseId}`)
  }
  await lan.follow(title)
  check(lan.headers.get("content-type") === "application/pdf" && lan.body.subarray(0, 5).toString() === "%PDF-", "a PDF comes")
  const genuine = Buffer.from(lan.body)
  const anyone = new Browser(story.origin)
  const shown = await verify(anyone, genuine)
  const altered = Buffer.from(genuine)
  altered[Math.floor(altered.length / 3)]! ^= 1
  const shownAltered = await verify(anyone, altered)
  check(shown !== shownAltered, "the verdicts differ")
  return `"${shown}" and, with one byte changed, "${shownAltered}" (${genuine.length} bytes)`
}

async function verify(anyone: Browser, pdf: Buffer): Promise<string> {
  await anyone.open("/verify")
  const input = anyone.page.querySelector("input[type=file]")?.getAttribute("name") ?? "file"
  await anyone.submitFiles({ [input]: { name: "paper.pdf", type: "application/pdf", bytes: pdf } })
  return anyone.heading()
}

async function inboxTells(story: Story, lan: Browser): Promise<string> {
  await lan.open("/my/inbox")
  const messages = lan.text().split(story.code).length - 1
  check(messages >= 3, `at least three messages name ${story.code} (${messages})`)
  return `${messages} messages about ${story.code}`
}

async function looksAreSeen({ origin, hospital }: Story, lan: Browser): Promise<string> {
  await lan.open("/my/data")
  const rows = lan.page.querySelectorAll("tbody tr").length
  // What the hospital has entered stands where the hospital works and where the register is.
  const expected = origin === hospital ? 7 : 6
  check(rows >= expected, `at least ${expected} reads today (${rows})`)
  const text = lan.text()
  for (const name of ["Bình", "Cường", "Sơn"]) check(text.includes(name), `${name} stands there`)
  return `${rows} reads of this day, each with who, what, what for and the legal ground`
}
