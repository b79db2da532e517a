// Consent: the page that asks the person for it, and each one that they have given, with its uses and a way to take it back.
import { refreshDraft } from "#cases"
import { getMyConsent, giveConsent, type MyConsent, offerOf, revokeConsent } from "#consents"
import { countryOf } from "#country"
import { listLookups } from "#exchange"
import { findDirectory } from "#federation"
import type { Tx } from "#platform/db"
import { html, type PageRequest, redirect } from "#platform/http"
import { isId } from "#platform/ids"
import { problem } from "#problems"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { partyNames } from "./party-names.ts"
import { AskView, ConsentView } from "./view.tsx"

type OneRequest = PageRequest<"person", "id">

export function consentPages(web: Web): void {
  web.page({ method: "GET", path: routes.consent, for: "person", handle: showAsk })
  web.page({ method: "POST", path: routes.consent, for: "person", comeBackTo: () => paths.myData(), handle: takeAnswer })
  web.page({ method: "GET", path: routes.myConsent, for: "person", handle: showOne })
  web.page({
    method: "POST",
    path: routes.myConsent,
    for: "person",
    comeBackTo: ({ id }) => paths.myConsent(id),
    handle: (request) =>
      request.tx(async (tx) => {
        await revokeConsent(tx, idOf(request))
        return redirect(paths.myConsent(request.params.id))
      }),
  })
}

function idOf({ params }: OneRequest): string {
  if (!isId(params.id)) throw problem("not-found")
  return params.id
}

/** The page of a draft from which somebody came, to go back to. */
function cameFrom(read: (name: string) => string): { readonly draft: string; readonly page: string } | undefined {
  const [draft, page] = [read("draft"), read("page")]
  return isId(draft) && page !== "" ? { draft, page } : undefined
}

const namesFor = async (tx: Tx, request: PageRequest<"person">) =>
  partyNames(request, countryOf(tx), (await findDirectory(tx))?.directory)

function showAsk(request: PageRequest<"person", never>) {
  return request.tx(async (tx) =>
    html(
      <AskView
        frame={request}
        country={countryOf(tx)}
        offer={await offerOf(tx, request.query.get("contract") ?? "")}
        names={await namesFor(tx, request)}
        from={cameFrom((name) => request.query.get(name) ?? "")}
        isDeclined={request.query.has("declined")}
      />,
    ),
  )
}

function takeAnswer(request: PageRequest<"person", never>) {
  const { body, lang } = request
  return request.tx(async (tx) => {
    const contract = body.get("contract")
    const from = cameFrom((name) => body.get(name))
    const isAgreed = body.get("answer") === "agree"
    const given = isAgreed ? await giveConsent(tx, contract) : undefined
    if (from && isAgreed) await refreshDraft(tx, from.draft, lang)
    if (from) return redirect(paths.draftPage(from.draft, from.page))
    return redirect(given === undefined ? paths.consent(contract, { declined: 1 }) : paths.myConsent(given, { given: 1 }))
  })
}

function showOne(request: OneRequest) {
  return request.tx(async (tx) => {
    const consent = await getMyConsent(tx, idOf(request))
    return html(
      <ConsentView
        {...{ frame: request, country: countryOf(tx), consent }}
        names={await namesFor(tx, request)}
        isGiven={request.query.has("given")}
        here={await lookedUpHere(tx, request.actor.subject, consent)}
      />,
    )
  })
}

/** What information systems asked stands in the log of the provider's site alone. */
async function lookedUpHere(tx: Tx, subject: string, { uses }: MyConsent): Promise<ReadonlySet<string>> {
  const [last, first] = [uses[0], uses.at(-1)]
  if (!last || !first) return new Set()
  const lookups = await listLookups(tx, subject, first.usedAt, new Date(last.usedAt.getTime() + 1))
  return new Set(lookups.map(({ message }) => message))
}
