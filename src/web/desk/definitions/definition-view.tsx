// One definition: its versions, what differs between two, its drafts, its retirement, and plans for its running cases.

import type { Migration } from "#cases"
import { type Draft, differencesOf, type VersionEntry } from "#catalogue"
import { Button } from "#kit/button.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Table } from "#kit/table.tsx"
import { Day, Heading, Moment } from "#kit/text.tsx"
import { formats, textOf } from "#kit/words.ts"
import type { Fields, Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import { DayInput, type Mistake, TextInput } from "../delegations/inputs.tsx"
import type { Desk } from "../desk.ts"
import { Changes, DefinitionLayout, StateTag, stateOf } from "./frame.tsx"
import { Drafts } from "./list-view.tsx"
import { definitionWords } from "./words.ts"

interface DefinitionProps {
  readonly desk: Desk
  readonly code: string
  readonly versions: readonly VersionEntry[]
  readonly drafts: readonly Draft[]
  readonly plans: readonly Migration[]
  /** Versions to compare: those that the query names, else the two newest. */
  readonly compared: readonly VersionEntry[]
  readonly typed: Fields
  readonly mistake: Mistake | undefined
}

export function DefinitionView(props: DefinitionProps) {
  const { desk, code, versions, drafts, plans, compared, typed, mistake } = props
  const { frame } = desk
  const t = definitionWords(frame)
  const newest = versions.find(({ kind }) => kind === "published")
  const name = newest ? textOf(frame, newest.service.definition.service.name) : code
  const published = versions.filter(({ kind }) => kind === "published")
  return (
    <DefinitionLayout desk={desk} title={name} lead={code} mistake={mistake} hasForm>
      <Heading level={2}>{t("versions")}</Heading>
      <Versions frame={frame} code={code} versions={versions} />
      {drafts.length > 0 && (
        <>
          <Heading level={2}>{t("drafts")}</Heading>
          <Drafts frame={frame} drafts={drafts} />
        </>
      )}
      {/* One form for both deeds, so that a switch of language loses nothing of either. */}
      <PostForm id="page" action={paths.deskDefinition(code)} csrf={frame.csrf} class="stack">
        <Heading level={2}>{t("newDraft")}</Heading>
        <TextInput name="why" label={t("why")} hint={t("whyHint")} typed={typed} mistake={mistake} />
        <div>
          <Button kind="secondary" name="do" value="begin">
            {t("newDraft")}
          </Button>
        </div>
        {versions[0]?.kind === "published" && <Retire frame={frame} typed={typed} mistake={mistake} />}
      </PostForm>
      {compared.length === 2 && <Compared frame={frame} code={code} versions={published} compared={compared} />}
      <Plans frame={frame} code={code} versions={published} plans={plans} />
    </DefinitionLayout>
  )
}

function Versions({ frame, code, versions }: { frame: Frame; code: string; versions: readonly VersionEntry[] }) {
  const t = definitionWords(frame)
  return (
    <Table
      frame={frame}
      caption={t("versions")}
      captionUnseen
      rows={versions}
      rowKey={({ service }) => String(service.version)}
      columns={[
        {
          key: "version",
          title: t("version"),
          cell: ({ kind, service: { version } }) =>
            kind === "published" ? (
              <a class="ds-link" href={paths.deskVersion(code, version)}>
                {t("versionAndFiles", { version })}
              </a>
            ) : (
              version
            ),
          nowrap: true,
        },
        {
          key: "state",
          title: t("state"),
          cell: (entry) => (
            <div>
              <StateTag frame={frame} state={stateOf(entry)} />{" "}
              {entry.replacedBy && (
                <a class="ds-link" href={paths.deskDefinition(entry.replacedBy)}>
                  {t("replacedBy", { code: entry.replacedBy })}
                </a>
              )}
            </div>
          ),
        },
        { key: "from", title: t("from"), cell: ({ service }) => <Day frame={frame} value={service.validFrom} />, nowrap: true },
        {
          key: "until",
          title: t("until"),
          cell: ({ service }) => (service.validUntil ? <Day frame={frame} value={service.validUntil} /> : "–"),
          nowrap: true,
        },
        { key: "law", title: t("law"), cell: ({ legalBasis }) => legalBasis ?? "–" },
        {
          key: "by",
          title: t("by"),
          cell: ({ origin, authorName, publisherName }) =>
            origin === "pack" ? t("pack") : `${authorName ?? ""}; ${publisherName ?? ""}`,
        },
        {
          key: "signature",
          title: t("signature"),
          cell: ({ service }) => <code title={service.signature}>{service.hash.slice(0, 12)}</code>,
        },
      ]}
    />
  )
}

const optionsOf = (frame: Frame, versions: readonly VersionEntry[]) =>
  versions.map(({ service }) => ({
    value: String(service.version),
    name: definitionWords(frame)("versionName", {
      version: service.version,
      from: formats(frame).day(service.validFrom),
    }),
  }))

/** A form that asks by address which two versions are meant. */
function PairForm({
  frame,
  action,
  versions,
  from,
  to,
  button,
}: {
  readonly frame: Frame
  readonly action: string
  readonly versions: readonly VersionEntry[]
  readonly from: string
  readonly to: string
  readonly button: string
}) {
  const t = definitionWords(frame)
  const prefix = action.endsWith("/move") ? "move" : "compare"
  const select = (name: "from" | "to", label: string, chosen: string) => (
    <div class="ds-field">
      <label class="ds-label" data-weight="medium" for={`${prefix}-${name}`}>
        {label}
      </label>
      <select class="ds-input" id={`${prefix}-${name}`} name={name}>
        {optionsOf(frame, versions).map((option) => (
          <option key={option.value} value={option.value} selected={option.value === chosen}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
  return (
    <form method="get" action={action} class="stack">
      {select("from", t("fromVersion"), from)}
      {select("to", t("toVersion"), to)}
      <div>
        <Button kind="secondary">{button}</Button>
      </div>
    </form>
  )
}

function Compared({
  frame,
  code,
  versions,
  compared,
}: {
  readonly frame: Frame
  readonly code: string
  readonly versions: readonly VersionEntry[]
  readonly compared: readonly VersionEntry[]
}) {
  const t = definitionWords(frame)
  const [before, after] = compared as [VersionEntry, VersionEntry]
  const [from, to] = [before.service.version, after.service.version]
  return (
    <>
      <Heading level={2} id="differences">
        {t("differences", { before: from, after: to })}
      </Heading>
      <Changes frame={frame} changes={differencesOf(before.service.definition, after.service.definition)} />
      <PairForm
        frame={frame}
        action={paths.deskDefinition(code)}
        versions={versions}
        from={String(from)}
        to={String(to)}
        button={t("show")}
      />
    </>
  )
}

function Plans({
  frame,
  code,
  versions,
  plans,
}: {
  readonly frame: Frame
  readonly code: string
  readonly versions: readonly VersionEntry[]
  readonly plans: readonly Migration[]
}) {
  const t = definitionWords(frame)
  const [newest, second = newest] = versions
  return (
    <>
      <Heading level={2}>{t("migrations")}</Heading>
      <p>{t("migrationsLead")}</p>
      {plans.length > 0 && (
        <Table
          frame={frame}
          caption={t("plans")}
          captionUnseen
          rows={plans}
          rowKey={({ id }) => id}
          columns={[
            {
              key: "at",
              title: t("planned"),
              cell: ({ id, proposedAt }) => (
                <a class="ds-link" href={paths.deskMigration(id)}>
                  <Moment frame={frame} value={proposedAt} />
                </a>
              ),
            },
            { key: "law", title: t("law"), cell: ({ legalBasis }) => legalBasis },
            { key: "state", title: t("state"), cell: ({ state }) => <StateTag frame={frame} state={state} /> },
            { key: "cases", title: t("cases"), cell: ({ moved, stayed }) => t("progress", { moved, stayed }) },
          ]}
        />
      )}
      {newest && second && (
        <PairForm
          frame={frame}
          action={paths.deskMove(code)}
          versions={versions}
          from={String(second.service.version)}
          to={String(newest.service.version)}
          button={t("plan")}
        />
      )}
    </>
  )
}

/** Seldom used, so it is folded until somebody has begun. */
function Retire({ frame, typed, mistake }: { frame: Frame; typed: Fields; mistake: Mistake | undefined }) {
  const t = definitionWords(frame)
  const of = { typed, mistake }
  const isBegun = ["validFrom.day", "validFrom.month", "validFrom.year", "legalBasis", "replacedBy", "retireWhy"].some(
    (name) => typed.get(name) !== "",
  )
  return (
    <details class="more" open={isBegun || typed.get("do") === "retire"}>
      <summary>{t("retire")}</summary>
      <div class="stack">
        <p>{t("retireText")}</p>
        <DayInput frame={frame} name="validFrom" label={t("retireFrom")} hint={t("retireFromHint")} {...of} />
        <TextInput name="legalBasis" label={t("legalBasis")} hint={t("legalBasisHint")} {...of} />
        <TextInput name="replacedBy" label={t("replacement")} hint={t("replacementHint")} {...of} />
        <TextInput name="retireWhy" label={t("why")} {...of} />
        <div>
          <Button kind="secondary" danger name="do" value="retire">
            {t("proposeRetirement")}
          </Button>
        </div>
      </div>
    </details>
  )
}
