// Plans for running cases: trying a map of steps, proposing it, and the second person's word.
import { approveMigration, dropMigration, dryRunMigration, getMigration, type MigrationWish, proposeMigration } from "#cases"
import { getVersion, listVersions, type PublishedService } from "#catalogue"
import type { Tx } from "#platform/db"
import { type Fields, type Html, html, type PageRequest, redirect } from "#platform/http"
import { isId } from "#platform/ids"
import { Problem } from "#platform/problem"
import { problem } from "#problems"
import { paths, routes } from "../../paths.ts"
import type { Web } from "../../web.ts"
import { loadDesk } from "../desk.ts"
import { mistakeWords } from "./frame.tsx"
import { MoveView, PlanView, stepInput } from "./move-view.tsx"

export function migrationPages(web: Web): void {
  web.page({
    method: "GET",
    path: routes.deskMove,
    for: "official",
    handle: (request) => moveShown(request, request.query),
  })
  web.page({
    method: "POST",
    path: routes.deskMove,
    for: "official",
    comeBackTo: ({ code }) => paths.deskDefinition(code),
    again: (request) => moveShown(request, request.body),
    handle: async (request) => {
      const { body } = request
      if (body.get("do") !== "propose") return moveShown(request, body)
      try {
        const id = await request.tx(async (tx) => {
          const { wish } = await wishOf(tx, request.params.code, body)
          return proposeMigration(tx, { ...wish, legalBasis: body.get("legalBasis"), reason: body.get("reason") })
        })
        return redirect(paths.deskMigration(id))
      } catch (error) {
        if (error instanceof Problem && error.status === 422) return moveShown(request, body, error)
        throw error
      }
    },
  })
  planPages(web)
}

type Asked = Pick<Fields, "get" | "has">

/** The wish that a form tells: two versions by number, and where each old step goes. */
async function wishOf(tx: Tx, code: string, fields: Asked) {
  const versions = await listVersions(tx, code)
  const named = (name: string): PublishedService => {
    const found = versions.find(({ version }) => String(version) === fields.get(name))
    if (!found) throw problem("not-found")
    return found
  }
  const [from, to] = [named("from"), named("to")]
  const table = from.definition.process as { steps?: readonly { id: string }[] } | undefined
  const chosen = (table?.steps ?? [])
    .map(({ id }) => [id, fields.get(stepInput(id))] as const)
    .filter(([, target]) => target !== "")
  const wish: MigrationWish = {
    service: code,
    from: from.hash,
    to: to.hash,
    steps: Object.fromEntries(chosen),
    recompute: fields.get("recompute") === "yes" || from.hash === to.hash,
  }
  return { wish, from, to }
}

function moveShown(request: PageRequest<"official", "code">, fields: Asked, problem?: Problem): Promise<Html> {
  return request.tx(async (tx) => {
    const { wish, from, to } = await wishOf(tx, request.params.code, fields)
    const tried = await triedOut(tx, wish)
    const desk = await loadDesk(tx, request, paths.deskDefinitions())
    const failed = problem ?? tried.mistake
    const mistake = failed && mistakeWords(desk.frame, failed, "migrate")
    const view = <MoveView {...{ desk, from, to, mistake }} dry={tried.dry} recompute={wish.recompute} typed={request.body} />
    return html(view, failed ? { status: 422 } : {})
  })
}

/** A map that can't be used is shown with its mistake and without its pairs. */
async function triedOut(tx: Tx, wish: MigrationWish) {
  try {
    return { dry: await dryRunMigration(tx, wish) }
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "step-map-incomplete") throw error
    return { dry: await dryRunMigration(tx, { ...wish, steps: {} }), mistake: error }
  }
}

function planPages(web: Web): void {
  const shown = (request: PageRequest<"official", "id">, failed?: Problem): Promise<Html> =>
    request.tx(async (tx) => {
      const plan = await getMigration(tx, planId(request))
      const [from, to] = [await getVersion(tx, plan.service, plan.from), await getVersion(tx, plan.service, plan.to)]
      const dry = plan.state === "proposed" ? await dryRunMigration(tx, plan) : undefined
      const desk = await loadDesk(tx, request, paths.deskDefinitions())
      const mistake = failed && mistakeWords(desk.frame, failed, "migrate")
      return html(<PlanView {...{ desk, plan, from, to, dry, mistake }} />, failed ? { status: 422 } : {})
    })
  web.page({ method: "GET", path: routes.deskMigration, for: "official", handle: (request) => shown(request) })
  web.page({
    method: "POST",
    path: routes.deskMigration,
    for: "official",
    comeBackTo: ({ id }) => paths.deskMigration(id),
    handle: async (request) => {
      const id = planId(request)
      try {
        await request.tx((tx) => (request.body.get("do") === "approve" ? approveMigration(tx, id) : dropMigration(tx, id)))
        return redirect(paths.deskMigration(id))
      } catch (error) {
        if (error instanceof Problem && (error.code === "second-person-needed" || error.code === "migration-decided"))
          return shown(request, error)
        throw error
      }
    },
  })
}

function planId({ params: { id } }: { readonly params: { readonly id: string } }): string {
  if (!isId(id)) throw problem("not-found")
  return id
}
