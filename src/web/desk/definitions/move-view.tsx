// A plan for running cases: the map of steps with its dry run, the proposal, the second person's word, how far it has come.

import type { DryRun, Migration } from "#cases"
import type { PublishedService } from "#catalogue"
import { Button } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { stepName } from "#kit/case/decisions.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Table } from "#kit/table.tsx"
import { Heading } from "#kit/text.tsx"
import { formats, textOf } from "#kit/words.ts"
import type { Fields, Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import { type Mistake, TextInput } from "../delegations/inputs.tsx"
import type { Desk } from "../desk.ts"
import { DefinitionLayout, StateTag } from "./frame.tsx"
import { definitionWords, said } from "./words.ts"

interface MoveProps {
  readonly desk: Desk
  readonly from: PublishedService
  readonly to: PublishedService
  readonly dry: DryRun
  readonly recompute: boolean
  readonly typed: Fields
  readonly mistake: Mistake | undefined
}

/** Name of the input that says where an old step goes. */
export const stepInput = (step: string): string => `step-${step}`

export function MoveView({ desk, from, to, dry, recompute, typed, mistake }: MoveProps) {
  const { frame } = desk
  const t = definitionWords(frame)
  const code = from.code
  const title = t("migrationTitle", { from: from.version, to: to.version })
  return (
    <DefinitionLayout desk={desk} title={title} lead={textOf(frame, from.definition.service.name)} mistake={mistake} hasForm>
      <p>
        <a class="ds-link" href={paths.deskDefinition(code)}>
          {t("back")}
        </a>
      </p>
      <PostForm id="page" action={paths.deskMove(code)} csrf={frame.csrf} class="stack">
        <input type="hidden" name="from" value={from.version} />
        <input type="hidden" name="to" value={to.version} />
        <Heading level={2}>{t("stepMap")}</Heading>
        {[...dry.route.from.process.steps.values()].map((step) => (
          <Select
            key={step.id}
            name={stepInput(step.id)}
            label={t("oldStep", { step: stepName(frame, step) })}
            chosen={dry.route.steps[step.id] ?? ""}
            options={[
              ...(dry.route.to.process.steps.has(step.id) ? [] : [{ value: "", name: t("leaveOut") }]),
              ...[...dry.route.to.process.steps.values()].map((one) => ({ value: one.id, name: stepName(frame, one) })),
            ]}
          />
        ))}
        <Select
          name="recompute"
          label={t("recompute")}
          chosen={recompute ? "yes" : ""}
          options={[
            { value: "", name: t("recompute.no") },
            { value: "yes", name: t("recompute.yes") },
          ]}
        />
        <div>
          <Button kind="secondary" name="do" value="try">
            {t("tryOut")}
          </Button>
        </div>
        <Heading level={2}>{t("dryRun")}</Heading>
        <DryRunTable frame={frame} dry={dry} />
        <TextInput name="legalBasis" label={t("legalBasis")} hint={t("legalBasisHint")} typed={typed} mistake={mistake} />
        <TextInput name="reason" label={t("why")} typed={typed} mistake={mistake} />
        <div>
          <Button name="do" value="propose">
            {t("proposeMigration")}
          </Button>
        </div>
      </PostForm>
    </DefinitionLayout>
  )
}

function Select({
  name,
  label,
  chosen,
  options,
}: {
  readonly name: string
  readonly label: string
  readonly chosen: string
  readonly options: readonly { readonly value: string; readonly name: string }[]
}) {
  return (
    <div class="ds-field">
      <label class="ds-label" data-weight="medium" for={name}>
        {label}
      </label>
      <select class="ds-input" id={name} name={name}>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === chosen}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
}

function DryRunTable({ frame, dry }: { frame: Frame; dry: DryRun }) {
  const t = definitionWords(frame)
  const { from, to } = dry.route
  const goes = dry.goes.map((row) => ({
    ...row,
    outcome: t("goesTo", { step: stepName(frame, to.process.steps.get(row.to) ?? { id: row.to }) }),
  }))
  const rows = [...goes, ...dry.stays.map((row) => ({ ...row, outcome: said(frame, "stay", row.why) }))]
  if (rows.length === 0) return <Empty>{t("nothingRuns")}</Empty>
  return (
    <>
      <p>{t("dryRunText", { moving: dry.moving, staying: dry.staying })}</p>
      <Table
        frame={frame}
        caption={t("dryRun")}
        captionUnseen
        rows={rows}
        rowKey={({ step, outcome }) => `${step} ${outcome}`}
        columns={[
          { key: "step", title: t("step"), cell: ({ step }) => stepName(frame, from.process.steps.get(step) ?? { id: step }) },
          { key: "cases", title: t("cases"), cell: ({ cases }) => formats(frame).number(cases), end: true },
          { key: "outcome", title: t("outcome"), cell: ({ outcome }) => outcome },
        ]}
      />
    </>
  )
}

interface PlanProps {
  readonly desk: Desk
  readonly plan: Migration
  readonly from: PublishedService
  readonly to: PublishedService
  /** Absent once the plan is decided. */
  readonly dry?: DryRun | undefined
  readonly mistake: Mistake | undefined
}

export function PlanView({ desk, plan, from, to, dry, mistake }: PlanProps) {
  const { frame } = desk
  const t = definitionWords(frame)
  const moment = (at: Date) => formats(frame).day(at)
  return (
    <DefinitionLayout
      desk={desk}
      title={t("migrationTitle", { from: from.version, to: to.version })}
      lead={textOf(frame, from.definition.service.name)}
      mistake={mistake}
    >
      <p>
        <StateTag frame={frame} state={plan.state} />{" "}
        <a class="ds-link" href={paths.deskDefinition(plan.service)}>
          {t("back")}
        </a>
      </p>
      <p>{t("planBy", { name: plan.proposedName, at: moment(plan.proposedAt), reason: plan.reason, law: plan.legalBasis })}</p>
      {plan.decidedAt && <p>{t("decidedBy", { name: plan.decidedName ?? "", at: moment(plan.decidedAt) })}</p>}
      {plan.state !== "proposed" && <p role="status">{t("progress", { moved: plan.moved, stayed: plan.stayed })}</p>}
      {dry && <DryRunTable frame={frame} dry={dry} />}
      {plan.state === "proposed" && (
        <PostForm action={paths.deskMigration(plan.id)} csrf={frame.csrf} class="row">
          <Button name="do" value="approve">
            {t("approve")}
          </Button>
          <Button kind="secondary" danger name="do" value="drop">
            {t("dropPlan")}
          </Button>
        </PostForm>
      )}
    </DefinitionLayout>
  )
}
