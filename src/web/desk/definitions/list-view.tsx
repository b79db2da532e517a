// All definitions with their state, the drafts in work, and the way to begin a new one.
import type { DefinitionRow, Draft } from "#catalogue"
import { Button } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Table } from "#kit/table.tsx"
import { Day, Heading, Moment } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Fields, Frame } from "#platform/http"
import type { Problem } from "#platform/problem"
import { paths } from "../../paths.ts"
import { TextInput } from "../delegations/inputs.tsx"
import type { Desk } from "../desk.ts"
import { DefinitionLayout, StateTag } from "./frame.tsx"
import { definitionWords } from "./words.ts"

interface ListProps {
  readonly desk: Desk
  readonly definitions: readonly DefinitionRow[]
  readonly drafts: readonly Draft[]
  readonly typed: Fields
  readonly mistake: Problem | undefined
}

export function DefinitionsView({ desk, definitions, drafts, typed, mistake }: ListProps) {
  const { frame } = desk
  const t = definitionWords(frame)
  return (
    <DefinitionLayout desk={desk} title={t("title")} lead={t("lead")} mistake={mistake}>
      <Heading level={2}>{t("drafts")}</Heading>
      <Drafts frame={frame} drafts={drafts} />
      <Heading level={2}>{t("newDraft")}</Heading>
      <PostForm action={paths.deskDefinitions()} csrf={frame.csrf} class="stack">
        <TextInput type="text" name="code" label={t("newCode")} hint={t("newCodeHint")} typed={typed} mistake={undefined} />
        <TextInput type="text" name="why" label={t("why")} typed={typed} mistake={undefined} />
        <div>
          <Button kind="secondary">{t("begin")}</Button>
        </div>
      </PostForm>
      <Heading level={2}>{t("list")}</Heading>
      <Table
        frame={frame}
        caption={t("list")}
        captionUnseen
        rows={definitions}
        rowKey={({ code }) => code}
        columns={[
          { key: "code", title: t("code"), cell: ({ code }) => code, nowrap: true },
          {
            key: "name",
            title: t("name"),
            cell: ({ code, service: { definition } }) => (
              <a class="ds-link" href={paths.deskDefinition(code)}>
                {textOf(frame, definition.service.shortName ?? definition.service.name)}
              </a>
            ),
          },
          { key: "version", title: t("version"), cell: ({ service }) => service.version, end: true },
          { key: "from", title: t("from"), cell: ({ service }) => <Day frame={frame} value={service.validFrom} />, nowrap: true },
          { key: "state", title: t("state"), cell: ({ state }) => <StateTag frame={frame} state={state} /> },
        ]}
      />
    </DefinitionLayout>
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
        { key: "code", title: t("code"), cell: ({ code }) => code, nowrap: true },
        {
          key: "name",
          title: t("name"),
          cell: (draft) => (
            <a class="ds-link" href={paths.deskDraft(draft.code, draft.id)}>
              {textOf(frame, draft.name)}
              {draft.kind === "retirement" && ` (${t("retirement")})`}
            </a>
          ),
        },
        { key: "saved", title: t("saves"), cell: ({ savedAt }) => <Moment frame={frame} value={savedAt} /> },
        { key: "state", title: t("state"), cell: ({ state }) => <StateTag frame={frame} state={state} /> },
      ]}
    />
  )
}
