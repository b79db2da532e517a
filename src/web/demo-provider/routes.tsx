// Mounts the demo's identity provider and its page of the cast; never called without --demo.
import Fastify from "fastify"
import type { Provider } from "oidc-provider/lib/provider.js"
import { countryOf } from "#country"
import { html, redirect } from "#platform/http"
import { problem } from "#problems"
import { routes } from "../paths.ts"
import type { SignInSettings } from "../portal/sign-in/settings.ts"
import type { Web } from "../web.ts"
import { type CastMember, castOf } from "./cast.ts"
import { DEMO_CLIENT_ID, DEMO_NUMBER_CLAIM, demoClientSecret, handlerOf, openProvider, PREFIX } from "./provider.ts"
import { PeopleView } from "./view.tsx"

const UID = /^[A-Za-z0-9_-]{1,100}$/
const INTERACTION_MAX_SECONDS = 3_600
const DEMO_ACR = "urn:motlan:acr:demo"

/** Mounts the provider and gives the settings with which the site signs in at it. Throws without --demo. */
export function demoProvider(web: Web): SignInSettings {
  if (!web.site.demo) throw new Error("the demo's identity provider is not for a site in use")
  const cast = castOf(countryOf(web))
  const provider = openProvider(web.site, cast)
  const handle = handlerOf(provider, web.site.origin)
  web.mount(PREFIX, handle)
  peoplePages(web, provider, cast)
  return {
    issuer: new URL(provider.issuer),
    clientId: DEMO_CLIENT_ID,
    clientSecret: demoClientSecret(web.site),
    numberClaim: DEMO_NUMBER_CLAIM,
    scope: "openid profile",
    prompt: "login",
    acrValues: "",
    backChannel: backChannelTo(handle),
  }
}

function peoplePages(web: Web, provider: Provider, cast: readonly CastMember[]): void {
  web.page({
    method: "GET",
    path: routes.demoPeople,
    for: "public",
    handle: async (request) => {
      await interactionOf(provider, request.params.uid)
      return html(<PeopleView frame={request} cast={cast} uid={request.params.uid} />)
    },
  })
  web.page({
    method: "POST",
    path: routes.demoPeople,
    for: "public",
    handle: async (request) => {
      const interaction = await interactionOf(provider, request.params.uid)
      const member = cast.find((m) => m.login === request.body.get("login"))
      if (!member) throw problem("bad-request")
      await endEarlier(provider, interaction)
      interaction.result = { login: { accountId: member.login, acr: DEMO_ACR, remember: false } }
      await interaction.save(INTERACTION_MAX_SECONDS)
      return redirect(interaction.returnTo)
    },
  })
}

/** A sign-in that waits for somebody to be chosen. The provider's own cookie binds its end to the browser that began it. */
async function interactionOf(provider: Provider, uid: string) {
  const interaction = UID.test(uid) ? await provider.Interaction.find(uid) : undefined
  if (!interaction) throw problem("sign-in-stale")
  return interaction
}

/** Whoever was signed in at the provider in this browser isn't any longer: the next person needs no way around the last one. */
async function endEarlier(provider: Provider, interaction: Awaited<ReturnType<typeof interactionOf>>): Promise<void> {
  const uid = interaction.session?.uid
  if (!uid) return
  const earlier = await provider.Session.findByUid(uid)
  await earlier?.destroy()
  delete (interaction as { session?: unknown }).session
}

/** Asks the provider within the process, so that the site's public address need not lead back to itself. */
function backChannelTo(handle: ReturnType<typeof handlerOf>): NonNullable<SignInSettings["backChannel"]> {
  const inner = Fastify({ logger: false })
  inner.removeAllContentTypeParsers()
  inner.all("/*", {
    onRequest: async (request, reply) => {
      reply.hijack()
      handle(request.raw, reply.raw)
    },
    handler: async () => undefined,
  })
  return async (address, options) => {
    const url = new URL(address)
    const answer = await inner.inject({
      method: (options.method ?? "GET") as "GET" | "POST",
      url: url.pathname + url.search,
      headers: Object.fromEntries(new Headers(options.headers)),
      ...(options.body ? { payload: String(options.body) } : {}),
    })
    const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])
    return new Response(new Uint8Array(answer.rawPayload), { status: answer.statusCode, headers })
  }
}
