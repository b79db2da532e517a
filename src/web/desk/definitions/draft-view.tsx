// A draft: what the check says, what differs, its files, and the way to publishing by a second person.
import type { Change, CheckedDraft, Draft } from "#catalogue"
import { type Finding, faultsAmong } from "#country"
import { Alert } from "#kit/alert.tsx"
import { Button, ButtonLink } from "#kit/button.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { SummaryList } from "#kit/summary-list.tsx"
import { Heading, Moment } from "#kit/text.tsx"
import { formats, textOf } from "#kit/words.ts"
import type { Fields, Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import { DayInput, type Mistake, TextInput } from "../delegations/inputs.tsx"
import type { Desk } from "../desk.ts"
import { Files } from "./files-view.tsx"
import { Changes, DefinitionLayout, Findings, StateTag } from "./frame.tsx"
import { definitionWords } from "./words.ts"

interface DraftProps {
  readonly desk: Desk
  readonly checked: CheckedDraft
  /** Against the version in force; undefined where there is none, or the files are too faulty to compare. */
  readonly changes: readonly Change[] | undefined
  /** What was typed and not kept, and why. */
  readonly typed: Fields
  readonly refused: readonly Finding[]
  readonly mistake: Mistake | undefined
  /** Chosen files that couldn't be taken, each beside its input. */
  readonly unread: readonly Mistake[]
}

export function DraftView({ desk, checked: { draft, findings }, changes, typed, refused, mistake, unread }: DraftProps) {
  const { frame } = desk
  const t = definitionWords(frame)
  const shown = refused.length > 0 ? refused : findings
  const isRetirement = draft.kind === "retirement"
  const isAtWork = draft.state === "open" || draft.state === "proposed"
  const part = { frame, draft, typed, mistake }
  return (
    <DefinitionLayout
      desk={desk}
      title={t("draftOf", { name: textOf(frame, draft.name) })}
      {...{ mistake, unread }}
      hasForm={isAtWork}
    >
      <p>
        <StateTag frame={frame} state={draft.state} /> {isRetirement && t("retirement")}{" "}
        <a class="ds-link" href={paths.deskDefinition(draft.code)}>
          {t("back")}
        </a>
      </p>
      {draft.remark && (
        <Alert tone="warning">
          <p>{t("remark", { text: draft.remark })}</p>
        </Alert>
      )}
      {!isRetirement && (
        <>
          <Findings frame={frame} findings={shown} isLinked={draft.state === "open"} />
          <div>
            <ButtonLink kind="secondary" href={paths.deskPreview(draft.code, draft.id)}>
              {t("preview")}
            </ButtonLink>
          </div>
          {changes && (
            <>
              <Heading level={2}>{t("draftDifferences")}</Heading>
              <Changes frame={frame} changes={changes} />
            </>
          )}
        </>
      )}
      {isAtWork && (
        <PostForm id="page" action={paths.deskDraft(draft.code, draft.id)} csrf={frame.csrf} class="stack" files>
          <input type="hidden" name="revision" value={draft.revision} />
          <Files {...part} findings={shown} unread={unread} />
          <Heading level={2}>{t("publishing")}</Heading>
          {draft.state === "open" && (faultsAmong(findings).length > 0 ? <p>{t("mendFirst")}</p> : <Proposing {...part} />)}
          {draft.proposal && <Decision {...part} proposal={draft.proposal} />}
        </PostForm>
      )}
      <Heading level={2}>{t("saves")}</Heading>
      <ol class="list" reversed>
        {draft.saves.map(({ revision, why, authorName, at }) => (
          <li key={revision} value={revision}>
            {authorName}, <Moment frame={frame} value={at} />: {why}
          </li>
        ))}
      </ol>
    </DefinitionLayout>
  )
}

interface PartProps {
  readonly frame: Frame
  readonly draft: Draft
  readonly typed: Fields
  readonly mistake: Mistake | undefined
}

function Proposing({ frame, typed, mistake }: PartProps) {
  const t = definitionWords(frame)
  const of = { typed, mistake }
  return (
    <>
      <p>{t("proposeText")}</p>
      <DayInput frame={frame} name="validFrom" label={t("validFrom")} hint={t("validFromHint")} {...of} />
      <DayInput frame={frame} name="validUntil" label={t("validUntil")} hint={t("validUntilHint")} {...of} />
      <TextInput name="legalBasis" label={t("legalBasis")} hint={t("legalBasisHint")} {...of} />
      <div>
        <Button name="do" value="propose">
          {t("propose")}
        </Button>
      </div>
    </>
  )
}

function Decision({ frame, typed, mistake, proposal }: PartProps & { proposal: NonNullable<Draft["proposal"]> }) {
  const t = definitionWords(frame)
  const { day } = formats(frame)
  return (
    <>
      <SummaryList
        frame={frame}
        rows={[
          { label: t("proposedBy"), value: proposal.by },
          { label: t("validFrom"), value: day(proposal.validFrom) },
          ...(proposal.validUntil ? [{ label: t("validUntil"), value: day(proposal.validUntil) }] : []),
          { label: t("legalBasis"), value: proposal.legalBasis },
          ...(proposal.replacedBy ? [{ label: t("replacement"), value: proposal.replacedBy }] : []),
        ]}
      />
      <p class="subtle">{t("ownProposal")}</p>
      <div>
        <Button name="do" value="publish">
          {t("publish")}
        </Button>
      </div>
      <TextInput name="returnWhy" label={t("giveBackWhy")} typed={typed} mistake={mistake} />
      <div>
        <Button kind="secondary" name="do" value="return">
          {t("giveBack")}
        </Button>
      </div>
    </>
  )
}
