// The relying party against a provider that lies: every claim that must be checked, wrong one at a time.
import assert from "node:assert/strict"
import { before, test } from "node:test"
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose"
import type { SignInAttempt } from "#identity"
import { Problem } from "#platform/problem"
import { openRelyingParty } from "./relying-party.ts"
import type { SignInSettings } from "./settings.ts"

const ISSUER = "https://id.example"
const ORIGIN = "https://motlan.example"
const attempt: SignInAttempt = {
  cookie: "c",
  state: "the-state",
  nonce: "the-nonce",
  verifier: "v".repeat(43),
  returnTo: "/",
  fresh: false,
}
const now = () => Math.floor(Date.now() / 1000)
let own: CryptoKey
let strange: CryptoKey
let jwk: object

before(async () => {
  const pair = await generateKeyPair("ES256", { extractable: true })
  own = pair.privateKey
  jwk = { ...(await exportJWK(pair.publicKey)), kid: "k", alg: "ES256", use: "sig" }
  strange = (await generateKeyPair("ES256")).privateKey
})

interface Lies {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly sign?: (claims: Record<string, unknown>) => Promise<string>
  readonly userInfo?: Readonly<Record<string, unknown>>
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly tokenStatus?: number
}

const signedBy = (key: () => CryptoKey) => (claims: Record<string, unknown>) =>
  new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid: "k" }).sign(key())

/** A provider that answers on the back channel with these lies; `asked` keeps what came. */
function provider(lies: Lies = {}) {
  const asked: { url: string; body: string; authorization: string | null }[] = []
  const json = (value: unknown, status = 200) => Response.json(value, { status })
  const backChannel: SignInSettings["backChannel"] = async (url, options) => {
    asked.push({ url, body: String(options.body ?? ""), authorization: new Headers(options.headers).get("authorization") })
    switch (new URL(url).pathname) {
      case "/.well-known/openid-configuration":
        return json({
          issuer: ISSUER,
          authorization_endpoint: `${ISSUER}/auth`,
          token_endpoint: `${ISSUER}/token`,
          userinfo_endpoint: `${ISSUER}/me`,
          jwks_uri: `${ISSUER}/jwks`,
          end_session_endpoint: `${ISSUER}/end`,
          id_token_signing_alg_values_supported: ["ES256"],
          authorization_response_iss_parameter_supported: true,
          ...lies.metadata,
        })
      case "/jwks":
        return json({ keys: [jwk] })
      case "/me":
        return json(lies.userInfo ?? {})
      default: {
        if (lies.tokenStatus) return json({ error: "invalid_grant" }, lies.tokenStatus)
        const truth = {
          iss: ISSUER,
          aud: "motlan",
          sub: "lan",
          nonce: "the-nonce",
          iat: now(),
          exp: now() + 60,
          auth_time: now() - 5,
          name: "Lan",
          acr: "level-2",
          personal_number: "900190000001",
        }
        const claims = Object.fromEntries(Object.entries({ ...truth, ...lies.claims }).filter(([, v]) => v !== undefined))
        const idToken = await (lies.sign ?? signedBy(() => own))(claims)
        return json({ access_token: "at", token_type: "bearer", id_token: idToken })
      }
    }
  }
  const settings: SignInSettings = {
    issuer: new URL(ISSUER),
    clientId: "motlan",
    clientSecret: "secret",
    numberClaim: "personal_number",
    scope: "openid profile",
    prompt: "login",
    acrValues: "",
    backChannel,
  }
  return { asked, party: openRelyingParty(settings, ORIGIN) }
}

const ANSWER = `code=abc&state=the-state&iss=${encodeURIComponent(ISSUER)}`
const finish = (lies: Lies = {}, more: Partial<SignInAttempt> = {}, answer = ANSWER) =>
  provider(lies).party.finish({ ...attempt, ...more }, answer)
const isProblem = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

test("an honest answer says who it is and how old the proof is", async () => {
  const { asked, party } = provider()
  const { proofAgeSeconds, idToken, ...person } = await party.finish(attempt, ANSWER)
  assert.deepEqual(person, { issuer: ISSUER, sub: "lan", personNumber: "900190000001", name: "Lan", acr: "level-2" })
  assert.ok(proofAgeSeconds >= 5 && proofAgeSeconds < 30 && idToken.split(".").length === 3)
  const token = asked.find((a) => a.url.endsWith("/token"))!
  const sent = new URLSearchParams(token.body)
  assert.equal(sent.get("code_verifier"), attempt.verifier)
  assert.equal(sent.get("redirect_uri"), `${ORIGIN}/sign-in/return`)
  assert.match(token.authorization ?? "", /^Basic /)
})

test("the way to the provider carries state, nonce, PKCE by S256 and the exact way back, and no secret", async () => {
  const url = await provider().party.begin(attempt, "vi")
  const sent = Object.fromEntries(url.searchParams)
  assert.equal(url.origin + url.pathname, `${ISSUER}/auth`)
  assert.deepEqual(
    [sent.state, sent.nonce, sent.response_type, sent.code_challenge_method, sent.prompt, sent.ui_locales, sent.redirect_uri],
    ["the-state", "the-nonce", "code", "S256", "login", "vi", `${ORIGIN}/sign-in/return`],
  )
  assert.ok(!url.href.includes(attempt.verifier))
  const fresh = await provider().party.begin({ ...attempt, fresh: true }, "vi")
  assert.deepEqual([fresh.searchParams.get("prompt"), fresh.searchParams.get("max_age")], ["login", "300"])
})

const wrong: Readonly<Record<string, Lies>> = {
  "another nonce": { claims: { nonce: "other" } },
  "no nonce": { claims: { nonce: undefined } },
  "another audience": { claims: { aud: "other" } },
  "another issuer": { claims: { iss: "https://evil.example" } },
  "an expired token": { claims: { exp: now() - 120, iat: now() - 240 } },
  "no time of proof": { claims: { auth_time: undefined } },
  "a proof older than a session": { claims: { auth_time: now() - 50_000 } },
  "a proof of tomorrow": { claims: { auth_time: now() + 86_400 } },
  "a stranger's signature": { sign: signedBy(() => strange) },
  "no signature": { sign: async (claims) => new UnsecuredJWT(claims).encode() },
  "a signature by the shared secret": {
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "k" }).sign(Buffer.from("secret")),
  },
  "no token": { sign: async () => "" },
  "the userinfo of somebody else": {
    claims: { personal_number: undefined },
    userInfo: { sub: "minh", personal_number: "900190000002" },
  },
  "a refused code": { tokenStatus: 400 },
}
for (const [what, lies] of Object.entries(wrong)) {
  test(`${what} is refused`, () => assert.rejects(finish(lies), isProblem("sign-in-refused")))
}

test("a fresh sign-in is refused with an old proof, which an ordinary one may have", async () => {
  const lies = { claims: { auth_time: now() - 3_600 } }
  assert.ok(await finish(lies))
  await assert.rejects(finish(lies, { fresh: true }), isProblem("sign-in-refused"))
})

test("the number may stand in userinfo; one that is no text is none", async () => {
  const userInfo = { sub: "lan", personal_number: "900190000001" }
  assert.equal((await finish({ claims: { personal_number: undefined }, userInfo })).personNumber, "900190000001")
  assert.equal((await finish({ claims: { personal_number: 900190000001 } })).personNumber, "")
})

test("a provider whose metadata name another issuer is not believed", async () => {
  const { party } = provider({ metadata: { issuer: "https://evil.example" } })
  await assert.rejects(party.begin(attempt, "vi"), isProblem("sign-in-unavailable"))
})

test("what the provider says went wrong is passed on as a code, never as its text", async () => {
  const answer = (error: string) =>
    `error=${error}&error_description=Nguyen%20Thi%20Lan&state=the-state&iss=${encodeURIComponent(ISSUER)}`
  const reasonOf = (error: string) => finish({}, {}, answer(error)).catch((e: Problem) => e.params.reason)
  assert.equal(await reasonOf("access_denied"), "access-denied")
  assert.equal(await reasonOf("<script>"), "answer-invalid")
})

test("signing out leads to the provider's end of session and back home, if it has one", async () => {
  const url = await provider().party.endOf("the-id-token")
  assert.equal(url?.searchParams.get("post_logout_redirect_uri"), `${ORIGIN}/`)
  assert.equal(url?.searchParams.get("id_token_hint"), "the-id-token")
  assert.equal(await provider({ metadata: { end_session_endpoint: undefined } }).party.endOf("x"), undefined)
})
