// A real OpenID Connect provider with a synthetic cast, inside the demo's own process. It exists only with --demo.
import { createHmac } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Configuration, KoaContextWithOIDC } from "oidc-provider"
import { Provider } from "oidc-provider/lib/provider.js"
import type { Site } from "#platform/site"
import { paths } from "../paths.ts"
import type { CastMember } from "./cast.ts"
import { openMemory } from "./memory.ts"

export const PREFIX = "/demo-idp"
export const DEMO_CLIENT_ID = "motlan"
export const DEMO_NUMBER_CLAIM = "personal_number"
/** The assurance that the demo claims: none in the real world. */
const DEMO_ACR = "urn:motlan:acr:demo"
const MINUTE = 60
const HOUR = 3_600

/** The demo's provider for a site and its cast. */
export function openProvider(site: Site, cast: readonly CastMember[]): Provider {
  const provider = new Provider(`${site.origin}${PREFIX}`, settingsOf(site, cast))
  provider.proxy = true
  provider.use(endQuietly)
  return provider
}

/** The secret that the site and its provider share. */
export const demoClientSecret = (site: Site): string =>
  createHmac("sha256", site.keys.secret("demo-provider")).update("client").digest("base64url")

/**
 * The provider as a handler of Node's own kind. Its address is the site's origin, whatever the request or a proxy said:
 * the headers that could tell otherwise are overwritten.
 */
export function handlerOf(provider: Provider, origin: string): (request: IncomingMessage, response: ServerResponse) => void {
  const { host, protocol } = new URL(origin)
  const handle = provider.callback()
  return (request, response) => {
    Object.assign(request.headers, { host, "x-forwarded-host": host, "x-forwarded-proto": protocol.slice(0, -1) })
    const url = request.url ?? PREFIX
    Object.assign(request, { originalUrl: url, url: url.slice(PREFIX.length) || "/" })
    void handle(request, response)
  }
}

function settingsOf(site: Site, cast: readonly CastMember[]): Configuration {
  const secure = site.origin.startsWith("https:")
  const cookie = { httpOnly: true, sameSite: "lax", secure, signed: true } as const
  return {
    adapter: openMemory(),
    clients: [
      {
        client_id: DEMO_CLIENT_ID,
        client_secret: demoClientSecret(site),
        token_endpoint_auth_method: "client_secret_basic",
        id_token_signed_response_alg: "ES256",
        response_types: ["code"],
        grant_types: ["authorization_code"],
        redirect_uris: [`${site.origin}${paths.signInReturn()}`],
        post_logout_redirect_uris: [`${site.origin}${paths.home()}`],
      },
    ],
    jwks: {
      keys: [{ ...site.keys.ecKey("demo-provider").export({ format: "jwk" }), alg: "ES256", use: "sig", kid: "demo" } as never],
    },
    cookies: {
      keys: [site.keys.secret("demo-provider").toString("base64url")],
      names: { session: "demo-idp", interaction: "demo-idp-choice", resume: "demo-idp-resume" },
      long: { ...cookie, path: PREFIX },
      short: cookie,
    },
    claims: { openid: ["sub"], profile: ["name", DEMO_NUMBER_CLAIM], acr: null, auth_time: null },
    conformIdTokenClaims: false,
    acrValues: [DEMO_ACR],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource },
    },
    interactions: { url: (_, interaction) => paths.demoPeople(interaction.uid) },
    findAccount: (_, login) => accountOf(cast, login),
    loadExistingGrant: grantEverything,
    ttl: {
      AccessToken: 10 * MINUTE,
      AuthorizationCode: MINUTE,
      IdToken: 10 * MINUTE,
      Interaction: HOUR,
      Session: 10 * HOUR,
      Grant: 10 * HOUR,
    },
    renderError: (ctx, out) => {
      ctx.type = "text/plain"
      ctx.body = `${out.error}: ${out.error_description ?? ""}`
    },
  }
}

/** For who comes without the site's token: asks, in a form that needs no script. */
async function logoutSource(ctx: KoaContextWithOIDC, form: string): Promise<void> {
  ctx.type = "html"
  ctx.body = `<!doctype html><title>Motlan</title>${form}<button form="op.logoutForm" name="logout" value="yes">OK</button>`
}

function accountOf(cast: readonly CastMember[], login: string) {
  const member = cast.find((m) => m.login === login)
  if (!member) return undefined
  return { accountId: login, claims: async () => ({ sub: login, name: member.name, [DEMO_NUMBER_CLAIM]: member.number }) }
}

/** The cast consents by being chosen. */
async function grantEverything(ctx: KoaContextWithOIDC) {
  const { session, client, provider } = ctx.oidc
  const known = client && session?.grantIdFor(client.clientId)
  if (known) return provider.Grant.find(known)
  const grant = new provider.Grant({ clientId: client?.clientId ?? "", accountId: session?.accountId ?? "" })
  grant.addOIDCScope("openid profile")
  await grant.save()
  return grant
}

/**
 * Who signs out at the site has said so; the provider doesn't ask again when the site's own token names the same person
 * (RP-Initiated Logout 1.0, section 2: asking is for requests without a hint).
 */
async function endQuietly(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next()
  const { oidc } = ctx
  if (oidc?.route !== "end_session" || ctx.status !== 200) return
  const hinted = oidc.entities.IdTokenHint?.payload.sub
  const to = oidc.params?.post_logout_redirect_uri
  if (typeof hinted !== "string" || typeof to !== "string") return
  if (oidc.session?.accountId === hinted) await oidc.session.destroy()
  if (oidc.session?.accountId === undefined || oidc.session.accountId === hinted) ctx.redirect(to)
}
