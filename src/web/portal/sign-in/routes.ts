// Registers everything about who one is: signing in and out, acting as, and with --demo alone the demo's identity provider.
import type { Web } from "../../web.ts"
import { actAsPages } from "./act-as.tsx"
import { signInPages } from "./pages.ts"
import { type SignInSettings, signInSettings } from "./settings.ts"

/** Registers the routes. Without --demo the demo's provider is not even loaded. Throws on impossible settings. */
export async function identityRoutes(web: Web, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const settings = signInSettings(web.site, env) ?? (web.site.demo ? await demoSettings(web) : undefined)
  if (!settings) web.site.log.warn("no identity provider is named (MOTLAN_OIDC_ISSUER): nobody can sign in")
  signInPages(web, settings)
  actAsPages(web)
}

/** Origins besides this site's that a form may lead to: signing out goes on to the provider. */
export function formTargets(site: Web["site"], env: NodeJS.ProcessEnv = process.env): string[] {
  const settings = signInSettings(site, env)
  return settings ? [settings.issuer.origin] : []
}

async function demoSettings(web: Web): Promise<SignInSettings> {
  const { demoProvider } = await import("../../demo-provider/routes.tsx")
  return demoProvider(web)
}
