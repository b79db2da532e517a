// Definitions with their state, found by words and filters, the drafts in work, and the way to begin a new one.
import { type DefinitionFilter, type DefinitionRow, type Draft, definitionStates, type FoundDefinitions } from "#catalogue"
import { Button } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { Filters } from "#kit/filters.tsx"
import { Pagination } from "#kit/pagination.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Table } from "#kit/table.tsx"
import { Day, Heading, Moment } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Fields, Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import { type Mistake, TextInput } from "../delegations/inputs.tsx"
import type { Desk } from "../desk.ts"
import { DefinitionLayout, StateTag, stateOf } from "./frame.tsx"
import { definitionWords, said } from "./words.ts"

interface ListProps {
  readonly desk: Desk
  readonly found: FoundDefinitions
  readonly filter: DefinitionFilter
  readonly typed: Fields
  readonly mistake: Mistake | undefined
}

export function DefinitionsView({ desk, found, filter, typed, mistake }: ListProps) {
  const { frame } = desk
  const t = definitionWords(frame)
  const { definitions, drafts, count, pages } = found
  const { page, ...kept } = filter
  return (
    <DefinitionLayout desk={desk} title={t("title")} lead={t("lead")} mistake={mistake} hasForm>
      {drafts.length > 0 && (
        <>
          <Heading level={2}>{t("drafts")}</Heading>
          <Drafts frame={frame} drafts={drafts} />
        </>
      )}
      <Heading level={2}>{t("list")}</Heading>
      <DefinitionFilters frame={frame} found={found} filter={filter} />
      <p role="status">{t("found", { count })}</p>
      {count === 0 ? <Empty>{t("noneFound")}</Empty> : <Definitions frame={frame} rows={definitions} />}
      <Pagination frame={frame} page={page} pages={pages} href={(n) => paths.deskDefinitions({ ...kept, page: n })} />
      <Heading level={2}>{t("newService")}</Heading>
      <PostForm
        id="page"
        action={paths.deskDefinitions({ ...kept, page: page > 1 ? page : undefined })}
        csrf={frame.csrf}
        class="stack"
      >
        <TextInput name="code" label={t("newCode")} hint={t("newCodeHint")} typed={typed} mistake={mistake} />
        <TextInput name="why" label={t("why")} hint={t("whyHint")} typed={typed} mistake={mistake} />
        <div>
          <Button kind="secondary">{t("begin")}</Button>
        </div>
      </PostForm>
    </DefinitionLayout>
  )
}

function DefinitionFilters({ frame, found, filter }: { frame: Frame; found: FoundDefinitions; filter: DefinitionFilter }) {
  const t = definitionWords(frame)
  const any = { value: "", label: t("any") }
  const named = (all: FoundDefinitions["fields"]) => [
    any,
    ...all
      .map(({ code, name }) => ({ value: code, label: textOf(frame, name) }))
      .sort((one, other) => one.label.localeCompare(other.label, frame.lang)),
  ]
  const states = definitionStates.map((value) => ({ value, label: said(frame, "state", value) }))
  return (
    <Filters
      frame={frame}
      action={paths.deskDefinitions()}
      clearHref={paths.deskDefinitions()}
      filters={[
        { name: "words", label: t("words"), value: filter.words },
        { name: "state", label: t("state"), value: filter.state, options: [any, ...states] },
        { name: "ministry", label: t("ministry"), value: filter.ministry, options: named(found.ministries) },
        { name: "field", label: t("field"), value: filter.field, options: named(found.fields) },
      ]}
    />
  )
}

function Definitions({ frame, rows }: { frame: Frame; rows: readonly DefinitionRow[] }) {
  const t = definitionWords(frame)
  return (
    <Table
      frame={frame}
      caption={t("list")}
      captionUnseen
      rows={rows}
      rowKey={({ code }) => code}
      columns={[
        {
          key: "name",
          title: t("name"),
          cell: ({ code, service }) => (
            <div>
              <a class="ds-link" href={paths.deskDefinition(code)}>
                {textOf(frame, service.name)}
              </a>
              <div class="subtle small">
                <span class="num">{code}</span>, {textOf(frame, service.field)}
              </div>
            </div>
          ),
        },
        {
          key: "version",
          title: t("version"),
          cell: ({ service }) => (
            <span>
              {service.version}, {t("since")} <Day frame={frame} value={service.validFrom} />
            </span>
          ),
          nowrap: true,
        },
        { key: "state", title: t("state"), cell: (row) => <StateTag frame={frame} state={stateOf(row)} /> },
      ]}
    />
  )
}

/** Drafts in work. */
export function Drafts({ frame, drafts }: { frame: Frame; drafts: readonly Draft[] }) {
  const t = definitionWords(frame)
  if (drafts.length === 0) return <Empty>{t("noDrafts")}</Empty>
  return (
    <Table
      frame={frame}
      caption={t("drafts")}
      captionUnseen
      rows={drafts}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "name",
          title: t("name"),
          cell: (draft) => (
            <div>
              <a class="ds-link" href={paths.deskDraft(draft.code, draft.id)}>
                {textOf(frame, draft.name)}
                {draft.kind === "retirement" && ` (${t("retirement")})`}
              </a>
              {textOf(frame, draft.name) !== draft.code && <div class="subtle small num">{draft.code}</div>}
            </div>
          ),
        },
        { key: "saved", title: t("savedAt"), cell: ({ savedAt }) => <Moment frame={frame} value={savedAt} /> },
        { key: "state", title: t("state"), cell: ({ state }) => <StateTag frame={frame} state={state} /> },
      ]}
    />
  )
}
