// Signing in over HTTP, from the first click to the last, and every way to do it wrongly.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { render } from "preact-render-to-string"
import { findSession, loadAgencies } from "#identity"
import { type Http, html, openHttp } from "#platform/http"
import { openWorld, type World } from "../../../../test/world.ts"
import { type people, smallCountry } from "../../../modules/identity/small-country.ts"
import { paths } from "../../paths.ts"
import { Browser, type Page } from "./browser.ts"
import { identityRoutes } from "./routes.ts"

const system = { kind: "system", name: "test" } as const
const MINUTE = 60_000
let world: World
let http: Http

async function openSite(site: World["site"], db: World["db"], env: NodeJS.ProcessEnv = {}): Promise<Http> {
  const opened = await openHttp({
    site,
    db,
    place: { name: { vi: "Motlan", en: "Motlan" }, languages: ["vi", "en"], timeZone: "Asia/Ho_Chi_Minh", currency: "VND" },
    sessionOf: async (token) => {
      const found = await db.tx(system, (tx) => findSession(tx, token))
      return found && { ...found.session, actor: found.actor }
    },
    signInPath: paths.signIn,
    render: (view) => ({ html: render(view), styleHashes: [] }),
    problemView: (_, problem) => <p>{problem.code}</p>,
    problemWords: (_, problem) => ({ title: problem.code, text: problem.code }),
  } as Parameters<typeof openHttp>[0])
  const web = Object.assign(opened, { site, db })
  await identityRoutes(web, env)
  for (const path of ["/", "/my/cases", "/desk"] as const) {
    const audience = ({ "/": "public", "/my/cases": "person", "/desk": "official" } as const)[path]
    web.page({
      method: "GET",
      path,
      for: audience,
      handle: async (request) => html(<Probe csrf={request.csrf} actor={request.session?.actor} at={path} />),
    })
  }
  return opened
}

function Probe({ csrf, actor, at }: { csrf: string; actor: { kind: string; name: string } | undefined; at: string }) {
  const forms = [paths.signOut(), paths.actAs()]
  return (
    <main>
      <p>{`at ${at} as ${actor ? `${actor.kind} ${actor.name}` : "nobody"}`}</p>
      {forms.map((action) => (
        <form key={action} method="post" action={action}>
          <input type="hidden" name="csrf" value={csrf} />
        </form>
      ))}
    </main>
  )
}

before(async () => {
  world = await openWorld({ reference: smallCountry(), demo: true })
  await world.tx(system, loadAgencies)
  http = await openSite(world.site, world.db)
})
after(async () => {
  await http.close()
  await world.close()
})

const browser = () => new Browser(http, world.site.origin)
const people_ = (page: Page) => page.url.split("?")[0]!
/** From a page of this site to the page of the cast. */
async function toCast(of: Browser, from = "/my/cases"): Promise<Page> {
  const cast = await of.go(from)
  assert.match(cast.url, /^\/demo-idp\/people\//, cast.body.slice(0, 300))
  return cast
}
async function enter(of: Browser, login: keyof typeof people, from = "/my/cases"): Promise<Page> {
  const cast = await toCast(of, from)
  return of.submit(cast, people_(cast), { login })
}
const session = (of: Browser) => of.cookies.get("session")?.value
const saysOf = (page: Page) => /<p>(.*?)<\/p>/.exec(page.body)?.[1]

test("Lan goes to her cases, chooses herself, and is where she wanted to go", async () => {
  const lan = browser()
  const cast = await toCast(lan)
  assert.equal(cast.status, 200)
  assert.match(cast.body, /story of lan/)
  const mine = await lan.submit(cast, people_(cast), { login: "lan" })
  assert.deepEqual([mine.status, mine.url, saysOf(mine)], [200, "/my/cases", "at /my/cases as person Lan"])
  assert.equal(lan.cookies.has("sign-in"), false, "the errand's cookie is gone")
})

test("the session's cookie is HttpOnly, SameSite=Lax, of the whole site", async () => {
  const lan = browser()
  const cast = await toCast(lan)
  const csrf = /name="csrf" value="([^"]+)"/.exec(cast.body)![1]!
  let page = await lan.ask("POST", people_(cast), { csrf, login: "lan" })
  while (!String(page.headers["set-cookie"]).includes("session=") && page.status < 400)
    page = await lan.ask("GET", String(page.headers.location))
  const line = [page.headers["set-cookie"]]
    .flat()
    .map(String)
    .find((c) => c.startsWith("session="))!
  for (const part of ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"]) assert.ok(line.includes(part), `${part} in ${line}`)
})

test("Minh comes for the desk and is an official; at the portal he is a citizen until he chooses", async () => {
  const minh = browser()
  assert.equal(saysOf(await enter(minh, "minh", "/desk")), "at /desk as official Minh")
  const before = session(minh)
  const home = await minh.go("/")
  const asCitizen = await minh.submit(home, "/act-as", { as: "citizen" })
  assert.equal(saysOf(asCitizen), "at / as person Minh")
  assert.notEqual(session(minh), before, "a new token")
  assert.equal((await minh.go("/desk")).status, 403)
  const choose = await minh.go("/act-as")
  assert.match(choose.body, /value="commune-a\/reception"/)
  assert.equal(saysOf(await minh.submit(choose, "/act-as", { as: "commune-a/reception" })), "at /desk as official Minh")
})

test("nobody takes up a post by writing it into the form", async () => {
  const minh = browser()
  const page = await enter(minh, "minh")
  for (const as of ["commune-a/chair", "commune-b/chair"]) assert.equal((await minh.submit(page, "/act-as", { as })).status, 403)
  for (const as of ["", "x", "a/b/c", "/"]) assert.equal((await minh.submit(page, "/act-as", { as })).status, 400)
  assert.equal(saysOf(await minh.go("/my/cases")), "at /my/cases as person Minh")
})

test("session fixation: a cookie from before the sign-in never becomes the session", async () => {
  const lan = browser()
  const planted = "A".repeat(43)
  lan.cookies.set("session", { value: planted, path: "/" })
  await enter(lan, "lan")
  assert.notEqual(session(lan), planted)
  const attacker = browser()
  attacker.cookies.set("session", { value: planted, path: "/" })
  assert.equal(saysOf(await attacker.go("/")), "at / as nobody")
})

test("two people on one browser: the second signs in and the first one's session is dead", async () => {
  const shared = browser()
  await enter(shared, "lan")
  const ofLan = session(shared)!
  const page = await enter(shared, "hoa", "/sign-in?return=/my/cases")
  assert.equal(saysOf(page), "at /my/cases as person Hoa")
  shared.cookies.set("session", { value: ofLan, path: "/" })
  assert.equal(saysOf(await shared.go("/")), "at / as nobody")
})

test("after signing out the token is worth nothing and the next sign-in asks who it is", async () => {
  const lan = browser()
  const page = await enter(lan, "lan")
  const token = session(lan)!
  const home = await lan.submit(page, "/sign-out")
  assert.deepEqual([home.url, saysOf(home), session(lan)], ["/", "at / as nobody", undefined])
  lan.cookies.set("session", { value: token, path: "/" })
  assert.equal(saysOf(await lan.go("/")), "at / as nobody")
  const cast = await toCast(lan)
  assert.match(cast.body, /name="login"/)
})

test("signing out everywhere ends the other device at once", async () => {
  const [phone, desk] = [browser(), browser()]
  await enter(phone, "lan")
  const page = await enter(desk, "lan")
  await desk.submit(page, "/sign-out", { everywhere: "1" })
  assert.equal(saysOf(await phone.go("/")), "at / as nobody")
})

/** Walks to the provider's answer and stops before it is given in. */
async function answerFor(of: Browser, login: keyof typeof people, from = "/my/cases"): Promise<string> {
  const cast = await toCast(of, from)
  const csrf = /name="csrf" value="([^"]+)"/.exec(cast.body)![1]!
  let page = await of.ask("POST", people_(cast), { csrf, login })
  while (page.status === 303 || page.status === 302) {
    const to = String(page.headers.location)
    if (to.includes("/sign-in/return")) return to
    page = await of.ask("GET", to)
  }
  throw new Error(`no answer came: ${page.status}`)
}
const refused = (page: Page) => [page.status, saysOf(page)]
const stale = [400, "sign-in-stale"]

test("the provider's answer is taken once", async () => {
  const lan = browser()
  const answer = await answerFor(lan, "lan")
  const errand = lan.cookies.get("sign-in")!
  assert.equal((await lan.go(answer)).url, "/my/cases")
  lan.cookies.set("sign-in", errand)
  assert.deepEqual(refused(await lan.go(answer)), stale)
})

test("another browser's answer is refused: nobody is signed in as the attacker", async () => {
  const [attacker, victim] = [browser(), browser()]
  const answer = await answerFor(attacker, "minh")
  assert.deepEqual(refused(await victim.go(answer)), stale, "no errand at all")
  await toCast(victim)
  assert.deepEqual(refused(await victim.go(answer)), stale, "an errand of its own")
  assert.equal(session(victim), undefined)
})

test("an answer without state, with another state, with a made-up or another's code, from another issuer, is refused and spent", async () => {
  const spoil: [string, (answer: URL) => void | Promise<void>, unknown[]][] = [
    ["no state", (a) => a.searchParams.delete("state"), stale],
    ["other state", (a) => a.searchParams.set("state", "x".repeat(43)), stale],
    ["two states", (a) => a.searchParams.append("state", "x"), [403, "sign-in-refused"]],
    ["no code", (a) => a.searchParams.delete("code"), [403, "sign-in-refused"]],
    ["made-up code", (a) => a.searchParams.set("code", "x".repeat(43)), [403, "sign-in-refused"]],
    ["no issuer", (a) => a.searchParams.delete("iss"), [403, "sign-in-refused"]],
    ["other issuer", (a) => a.searchParams.set("iss", "https://evil.example"), [403, "sign-in-refused"]],
    ["an error", (a) => a.searchParams.set("error", "access_denied"), [403, "sign-in-refused"]],
    [
      "another's code",
      async (a) => a.searchParams.set("code", new URL(await answerFor(browser(), "minh")).searchParams.get("code")!),
      [403, "sign-in-refused"],
    ],
  ]
  for (const [name, how, expected] of spoil) {
    const lan = browser()
    const answer = new URL(await answerFor(lan, "lan"))
    const good = answer.href
    await how(answer)
    assert.deepEqual(refused(await lan.go(answer.href)), expected, name)
    assert.equal(session(lan), undefined, name)
    if (expected !== stale) assert.deepEqual(refused(await lan.go(good)), stale, `${name}: spent`)
  }
})

test("an answer is stale after ten minutes", async () => {
  const lan = browser()
  const answer = await answerFor(lan, "lan")
  world.clock.move(10 * MINUTE)
  assert.deepEqual(refused(await lan.go(answer)), stale)
})

test("steps out of order: the return without a beginning, choosing in a sign-in of nobody, choosing nobody, posting without a token", async () => {
  const lan = browser()
  assert.deepEqual(refused(await lan.go("/sign-in/return?code=x&state=y")), stale)
  assert.deepEqual(refused(await lan.go("/sign-in/return")), stale)
  assert.deepEqual(refused(await lan.go("/demo-idp/people/nothing")), stale)
  const cast = await toCast(lan)
  assert.equal((await lan.submit(cast, people_(cast), { login: "nobody" })).status, 400)
  assert.equal((await lan.go(people_(cast), "POST", { login: "lan" })).status, 403)
  const elsewhere = browser()
  const csrf = /name="csrf" value="([^"]+)"/.exec(cast.body)![1]!
  assert.equal((await elsewhere.go(people_(cast), "POST", { login: "lan", csrf })).status, 403)
  assert.equal((await lan.submit(cast, people_(cast), { login: "lan" })).url, "/my/cases")
})

test("choosing in one browser doesn't sign another one in", async () => {
  const [lan, attacker] = [browser(), browser()]
  const cast = await toCast(lan)
  const seen = await attacker.go(people_(cast))
  const page = await attacker.submit(seen, people_(cast), { login: "minh" })
  assert.ok(page.status >= 400, `${page.status} ${page.url}`)
  assert.equal(session(attacker), undefined)
})

test("a sign-in leads back to this site alone", async () => {
  for (const to of ["//evil.example", "https://evil.example/", "/\\evil.example", "/..//evil.example", "javascript:alert(1)"]) {
    const page = await enter(browser(), "lan", `/sign-in?return=${encodeURIComponent(to)}`)
    assert.deepEqual([page.status, page.url], [200, "/"], to)
  }
  assert.equal((await enter(browser(), "lan", "/sign-in?return=/my/cases")).url, "/my/cases")
})

test("a fresh sign-in asks again and renews the time of the proof, in the same post", async () => {
  const hoa = browser()
  await enter(hoa, "hoa", "/desk")
  const authTime = async () => (await world.tx(system, (tx) => findSession(tx, session(hoa)!)))!.session.authTime.getTime()
  const before = await authTime()
  world.clock.move(20 * MINUTE)
  const page = await enter(hoa, "hoa", "/sign-in?return=/desk&fresh=1")
  assert.equal(saysOf(page), "at /desk as official Hoa")
  assert.ok((await authTime()) - before > 19 * MINUTE)
})

test("the provider answers at its own address whatever host the request names, and refuses other ways back", async () => {
  const answer = await http.inject({
    url: "/demo-idp/.well-known/openid-configuration",
    headers: { host: "evil.example", "x-forwarded-host": "evil.example" },
  })
  const metadata = answer.json() as Record<string, string>
  assert.equal(metadata.issuer, `${world.site.origin}/demo-idp`)
  assert.equal(metadata.authorization_endpoint, `${world.site.origin}/demo-idp/auth`)
  const query = new URLSearchParams({
    client_id: "motlan",
    response_type: "code",
    scope: "openid",
    redirect_uri: "https://evil.example/",
    code_challenge: "x".repeat(43),
    code_challenge_method: "S256",
  })
  const page = await browser().ask("GET", `/demo-idp/auth?${query}`)
  assert.equal(page.status, 400)
  assert.equal(page.headers.location, undefined)
})

test("behind TLS at its own name everything works the same, with cookies of the host alone", async () => {
  const site = { ...world.site, origin: "https://dichvucong.example" }
  const behind = await openSite(site, world.db)
  const lan = new Browser(behind, site.origin)
  assert.equal(saysOf(await enter(lan, "lan")), "at /my/cases as person Lan")
  assert.ok(lan.cookies.has("__Host-session") && !lan.cookies.has("session"))
  const home = await lan.submit(await lan.go("/my/cases"), "/sign-out")
  assert.equal(saysOf(home), "at / as nobody")
  await behind.close()
})

test("without --demo there is no demo provider, and without a provider nobody signs in", async () => {
  const site = { ...world.site, demo: false }
  const real = await openSite(site, world.db)
  const at = async (url: string) => (await real.inject({ url, headers: { accept: "text/html" } })).statusCode
  for (const url of ["/demo-idp", "/demo-idp/auth", "/demo-idp/.well-known/openid-configuration", "/demo-idp/people/x"])
    assert.equal(await at(url), 404, url)
  assert.equal(await at("/sign-in"), 503)
  assert.equal(await at("/sign-in/return?code=x&state=y"), 400)
  await real.close()
})

test("impossible settings are refused at start", async () => {
  const start = (demo: boolean, env: NodeJS.ProcessEnv) => openSite({ ...world.site, demo }, world.db, env)
  const named = { MOTLAN_OIDC_ISSUER: "https://id.example", MOTLAN_OIDC_CLIENT_ID: "motlan" }
  await assert.rejects(start(true, named), /exclude each other/)
  await assert.rejects(start(false, { MOTLAN_OIDC_ISSUER: "https://id.example" }), /CLIENT_ID/)
  await assert.rejects(start(false, { ...named, MOTLAN_OIDC_ISSUER: "http://id.example" }), /https/)
  await assert.rejects(start(false, { ...named, MOTLAN_OIDC_ISSUER: "id" }), /address/)
})

test("a provider that is away is said to be away, and asked again the next time", async () => {
  const env = { MOTLAN_OIDC_ISSUER: "http://127.0.0.1:9/", MOTLAN_OIDC_CLIENT_ID: "motlan" }
  const away = await openSite({ ...world.site, demo: false }, world.db, env)
  const ask = async () => (await away.inject({ url: "/sign-in", headers: { accept: "text/html" } })).statusCode
  assert.deepEqual([await ask(), await ask()], [503, 503])
  await away.close()
})
