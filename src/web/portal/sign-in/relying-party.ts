// The relying party: OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636), state, nonce and issuer check (RFC 9207).
import * as client from "openid-client"
import type { KnownPerson, SignInAttempt } from "#identity"
import { problem } from "#problems"
import { paths } from "../../paths.ts"
import type { SignInSettings } from "./settings.ts"

/** How old a proof may be: anew means within these minutes, else it is as old as a session may become. */
const FRESH_MAX_SECONDS = 300
const PROOF_MAX_SECONDS = 43_200
const PROVIDER_MAX_SECONDS = 10
const CLOCK_SKEW_MAX_SECONDS = 60

/** What the provider says of a person; `proofAgeSeconds` is counted by the real clock, which both sides share. */
export type Proven = Pick<KnownPerson, "issuer" | "sub" | "personNumber" | "name" | "acr"> & {
  readonly idToken: string
  readonly proofAgeSeconds: number
}

export interface RelyingParty {
  /** The provider's address to send the browser to. Throws `sign-in-unavailable`. */
  begin(attempt: SignInAttempt, lang: string): Promise<URL>
  /** Exchanges the code of the provider's answer and verifies all of it. Throws `sign-in-refused`, `sign-in-unavailable`. */
  finish(attempt: SignInAttempt, query: string): Promise<Proven>
  /** Where the provider ends its own session, if it can (RP-Initiated Logout 1.0). */
  endOf(idToken: string): Promise<URL | undefined>
}

/** Opens the relying party of a site; the provider is asked for its metadata when first needed, and again after a failure. */
export function openRelyingParty(settings: SignInSettings, origin: string): RelyingParty {
  const redirectUri = `${origin}${paths.signInReturn()}`
  let known: Promise<client.Configuration> | undefined
  const provider = () => {
    known ??= discover(settings).catch(() => {
      known = undefined
      throw problem("sign-in-unavailable")
    })
    return known
  }
  return {
    begin: async (attempt, lang) => {
      const prompt = attempt.fresh ? "login" : settings.prompt
      return client.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri,
        scope: settings.scope,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: "S256",
        max_age: String(maxAge(attempt)),
        ui_locales: lang,
        ...(prompt === "" ? {} : { prompt }),
        ...(settings.acrValues === "" ? {} : { acr_values: settings.acrValues }),
      })
    },
    finish: async (attempt, query) => {
      const config = await provider()
      return finished(config, settings, attempt, new URL(`${redirectUri}?${query}`))
    },
    endOf: async (idToken) => {
      const config = await provider().catch(() => undefined)
      if (!config?.serverMetadata().end_session_endpoint) return undefined
      return client.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: `${origin}${paths.home()}` })
    },
  }
}

const maxAge = (attempt: SignInAttempt) => (attempt.fresh ? FRESH_MAX_SECONDS : PROOF_MAX_SECONDS)

async function discover(settings: SignInSettings): Promise<client.Configuration> {
  const { issuer, clientId, clientSecret, backChannel } = settings
  const authentication = clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret)
  return client.discovery(issuer, clientId, undefined, authentication, {
    timeout: PROVIDER_MAX_SECONDS,
    // The signature is checked too, though the token came straight from the provider: who sits between the two must not lie.
    execute: [client.enableNonRepudiationChecks, ...(issuer.protocol === "http:" ? [client.allowInsecureRequests] : [])],
    ...(backChannel
      ? { [client.customFetch]: (url: string, options: client.CustomFetchOptions) => backChannel(url, options as RequestInit) }
      : {}),
  })
}

async function finished(
  config: client.Configuration,
  settings: SignInSettings,
  attempt: SignInAttempt,
  url: URL,
): Promise<Proven> {
  try {
    const tokens = await client.authorizationCodeGrant(config, url, {
      pkceCodeVerifier: attempt.verifier,
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      maxAge: maxAge(attempt),
      idTokenExpected: true,
    })
    const claims = tokens.claims()!
    const all =
      settings.numberClaim in claims
        ? claims
        : { ...(await client.fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims }
    return proven(all, settings, tokens.id_token!)
  } catch (error) {
    if (isUnreachable(error)) throw problem("sign-in-unavailable")
    throw problem("sign-in-refused", { reason: reasonOf(error) })
  }
}

function proven(claims: Readonly<Record<string, unknown>>, settings: SignInSettings, idToken: string): Proven {
  const text = (name: string) => (typeof claims[name] === "string" ? (claims[name] as string) : "")
  const proofAgeSeconds = Date.now() / 1000 - Number(claims.auth_time)
  if (!(proofAgeSeconds > -CLOCK_SKEW_MAX_SECONDS)) throw new Error("the proof lies in the future, or has no time")
  return {
    issuer: text("iss"),
    sub: text("sub"),
    personNumber: text(settings.numberClaim),
    name: text("name"),
    acr: text("acr"),
    idToken,
    proofAgeSeconds: Math.max(0, proofAgeSeconds),
  }
}

/** Codes of OAuth 2.0 and OpenID Connect that a provider may answer with; its own texts are not passed on. */
const REASONS = [
  "access_denied",
  "login_required",
  "interaction_required",
  "consent_required",
  "invalid_request",
  "invalid_grant",
  "server_error",
]

function reasonOf(error: unknown): string {
  const code = error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError ? error.error : ""
  return REASONS.includes(code) ? code.replaceAll("_", "-") : "answer-invalid"
}

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    error.name === "TimeoutError" ||
    error.name === "AbortError" ||
    (error instanceof TypeError && error.message === "fetch failed") ||
    (error instanceof client.ClientError && error.code === "OAUTH_TIMEOUT")
  )
}
