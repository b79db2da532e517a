// How this site signs people in: from the environment, or with --demo the demo's own provider. Impossible combinations are refused at start.
import { readFileSync } from "node:fs"
import type { Site } from "#platform/site"

/** Fetches for the back channel; the demo answers inside its own process. */
export type BackChannel = (url: string, options: RequestInit) => Promise<Response>

export interface SignInSettings {
  readonly issuer: URL
  readonly clientId: string
  /** Without it the client is public and PKCE alone protects the code. */
  readonly clientSecret: string | undefined
  /** The claim that carries the personal number. */
  readonly numberClaim: string
  readonly scope: string
  /** Sent as `prompt`: `login` asks for a proof at each sign-in, which shared phones need; empty leaves it to the provider. */
  readonly prompt: string
  /** Classes of assurance to ask for (`acr_values`); empty asks for none. */
  readonly acrValues: string
  readonly backChannel?: BackChannel
}

const DEFAULT_SCOPE = "openid profile"
const DEFAULT_NUMBER_CLAIM = "personal_number"

/**
 * Settings of the identity provider, or undefined when none is named: then nobody can sign in. Reads MOTLAN_OIDC_ISSUER, _CLIENT_ID,
 * _CLIENT_SECRET_FILE, _NUMBER_CLAIM, _SCOPE, _PROMPT, _ACR_VALUES. Throws on impossible ones.
 */
export function signInSettings(site: Pick<Site, "demo">, env: NodeJS.ProcessEnv): SignInSettings | undefined {
  const issuer = env.MOTLAN_OIDC_ISSUER
  if (!issuer) return undefined
  if (site.demo) throw new Error("MOTLAN_OIDC_ISSUER and --demo exclude each other: the demo brings its own provider")
  if (!env.MOTLAN_OIDC_CLIENT_ID) throw new Error("MOTLAN_OIDC_ISSUER needs MOTLAN_OIDC_CLIENT_ID")
  const secretFile = env.MOTLAN_OIDC_CLIENT_SECRET_FILE
  return {
    issuer: safeIssuer(issuer),
    clientId: env.MOTLAN_OIDC_CLIENT_ID,
    clientSecret: secretFile ? readFileSync(secretFile, "utf8").trim() : undefined,
    numberClaim: env.MOTLAN_OIDC_NUMBER_CLAIM ?? DEFAULT_NUMBER_CLAIM,
    scope: env.MOTLAN_OIDC_SCOPE ?? DEFAULT_SCOPE,
    prompt: env.MOTLAN_OIDC_PROMPT ?? "login",
    acrValues: env.MOTLAN_OIDC_ACR_VALUES ?? "",
  }
}

/** The provider speaks https, except on this very machine. */
function safeIssuer(text: string): URL {
  if (!URL.canParse(text)) throw new Error("MOTLAN_OIDC_ISSUER is not an address")
  const url = new URL(text)
  const isHere = ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname)
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isHere))
    throw new Error("MOTLAN_OIDC_ISSUER must begin with https:")
  return url
}
