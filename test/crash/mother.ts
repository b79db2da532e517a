// A mother with a browser who registers one birth after the other, and remembers what she was told.
import { Browser } from "../../src/demo/browser.ts"

export const BIRTH = "1.001193"

/** A request that was sent, whether or not an answer came. */
export interface Sent {
  readonly mother: Mother
  readonly draft: string
  /** The check page as it stood, to press its button again. */
  readonly page: Browser["page"]
  readonly url: URL
  /** The code on the confirmation page; undefined while none was seen. */
  code?: string
}

export interface Mother {
  readonly login: string
  readonly familyName: string
  readonly browser: Browser
}

const PAGES_MAX = 10
const CODE = /[A-Z]\d{2}\.\d{3}-\d{6}-\d{4,}/

export const newMother = (origin: string, login: string, familyName: string): Mother => ({
  login,
  familyName,
  browser: new Browser(origin),
})

/** Registers a birth from the service page to the confirmation. `sending` hears of it before the button is pressed. */
export async function registerBirth(mother: Mother, givenName: string, sending: (sent: Sent) => void): Promise<void> {
  const { browser, familyName } = mother
  await begin(mother)
  const draft = browser.url.pathname.split("/")[2]!
  const answers = { "child.familyName": familyName, "child.middleName": "Thử", "child.givenName": givenName, truth: "yes" }
  for (let page = 0; !browser.url.pathname.endsWith("/check"); page++) {
    if (browser.status !== 200 || page > PAGES_MAX) throw new Unanswered(browser)
    await browser.submit(`/drafts/${draft}/`, answers)
  }
  if (browser.status !== 200) throw new Unanswered(browser)
  const sent: Sent = { mother, draft, page: browser.page, url: browser.url }
  sending(sent)
  await submit(sent)
}

/** Presses the button of the check page, for the first time or again, and notes the code. Throws when the site tells another code. */
export async function submit(sent: Sent): Promise<void> {
  const { browser } = sent.mother
  browser.page = sent.page
  browser.url = sent.url
  await browser.submit("/check")
  const code = CODE.exec(browser.text())?.[0]
  if (browser.status !== 200 || !browser.url.pathname.endsWith(`/drafts/${sent.draft}/done`) || !code)
    throw new Unanswered(browser)
  if (sent.code !== undefined && sent.code !== code) throw new Error(`${sent.mother.login} was told ${sent.code}, then ${code}`)
  sent.code = code
}

/** Signs in, opens a draft and comes to one of its pages: what a browser would ask for to see it again. */
export async function openForm(mother: Mother, page: string): Promise<{ url: string; cookie: string }> {
  const { browser } = mother
  await begin(mother)
  await browser.open(`/drafts/${browser.url.pathname.split("/")[2]}/${page}`)
  if (browser.status !== 200) throw new Unanswered(browser)
  const cookies = Reflect.get(browser, "cookies") as ReadonlyMap<string, string>
  return { url: browser.url.href, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") }
}

/** Opens a draft, signing in on the way when the site asks to. */
async function begin({ browser, login }: Mother): Promise<void> {
  await browser.open(`/services/${BIRTH}`)
  if (browser.status !== 200) throw new Unanswered(browser)
  await browser.submit(`/start/${BIRTH}`)
  if (browser.url.pathname.includes("/demo-idp/people/")) {
    await browser.submit("/demo-idp/people/", {}, `login=${login}`)
    if (!browser.url.pathname.startsWith("/drafts/")) await browser.submit(`/start/${BIRTH}`)
  }
  if (browser.status !== 200 || !browser.url.pathname.startsWith("/drafts/")) throw new Unanswered(browser)
}

/** The site gave another page than the one that was due. */
export class Unanswered extends Error {
  readonly status: number
  constructor(browser: Browser) {
    super(`${browser.status} at ${browser.url.pathname}: ${browser.text().slice(0, 300)}`)
    this.status = browser.status
  }
}
