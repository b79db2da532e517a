// A draft: what the check says, what differs, its files, and the way to publishing by a second person.
import type { Change, CheckedDraft, Draft } from "#catalogue"
import { type Finding, serviceFiles } from "#country"
import { Alert } from "#kit/alert.tsx"
import { Button, ButtonLink } from "#kit/button.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Heading, Moment } from "#kit/text.tsx"
import { formats, textOf } from "#kit/words.ts"
import type { Fields, Frame } from "#platform/http"
import type { Problem } from "#platform/problem"
import { paths } from "../../paths.ts"
import { TextInput } from "../delegations/inputs.tsx"
import type { Desk } from "../desk.ts"
import { Changes, DefinitionLayout, Findings, StateTag } from "./frame.tsx"
import { definitionWords, said } from "./words.ts"

interface DraftProps {
  readonly desk: Desk
  readonly checked: CheckedDraft
  /** Against the version in force. */
  readonly changes: readonly Change[]
  /** What was typed and not kept, and why. */
  readonly typed: Fields
  readonly refused: readonly Finding[]
  readonly mistake: Problem | undefined
}

export function DraftView({ desk, checked: { draft, findings }, changes, typed, refused, mistake }: DraftProps) {
  const { frame } = desk
  const t = definitionWords(frame)
  const shown = refused.length > 0 ? refused : findings
  const isRetirement = draft.kind === "retirement"
  return (
    <DefinitionLayout desk={desk} title={t("draftOf", { name: textOf(frame, draft.name) })} mistake={mistake}>
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
      {!isRetirement && <Findings frame={frame} findings={shown} />}
      {!isRetirement && (
        <>
          <div>
            <ButtonLink kind="secondary" href={paths.deskPreview(draft.code, draft.id)}>
              {t("preview")}
            </ButtonLink>
          </div>
          <Heading level={2}>{t("draftDifferences")}</Heading>
          <Changes frame={frame} changes={changes} />
        </>
      )}
      <Publishing frame={frame} draft={draft} isClean={findings.length === 0} typed={typed} />
      {draft.state === "open" && <Files frame={frame} draft={draft} typed={typed} />}
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
}

function Publishing({ frame, draft, isClean, typed }: PartProps & { isClean: boolean }) {
  const t = definitionWords(frame)
  if (draft.state !== "open" && draft.state !== "proposed") return null
  const nothing = { typed, mistake: undefined }
  return (
    <>
      <Heading level={2}>{t("publishing")}</Heading>
      {draft.state === "open" && !isClean && <p>{t("mendFirst")}</p>}
      {draft.state === "open" && isClean && (
        <PostForm action={paths.deskDraft(draft.code, draft.id)} csrf={frame.csrf} class="stack">
          <TextInput type="date" name="validFrom" label={t("validFrom")} {...nothing} />
          <TextInput type="date" name="validUntil" label={t("validUntil")} hint={t("validUntilHint")} {...nothing} />
          <TextInput type="text" name="legalBasis" label={t("legalBasis")} hint={t("legalBasisHint")} {...nothing} />
          <div>
            <Button name="do" value="propose">
              {t("propose")}
            </Button>
          </div>
        </PostForm>
      )}
      {draft.proposal && <Decision frame={frame} draft={draft} proposal={draft.proposal} typed={typed} />}
    </>
  )
}

function Decision({ frame, draft, proposal, typed }: PartProps & { proposal: NonNullable<Draft["proposal"]> }) {
  const t = definitionWords(frame)
  const from = formats(frame).day(proposal.validFrom)
  return (
    <>
      <p>
        {t("proposal", { name: proposal.by, from, law: proposal.legalBasis })}{" "}
        {proposal.replacedBy && t("replacedBy", { code: proposal.replacedBy })}
      </p>
      <p class="subtle">{t("ownProposal")}</p>
      <PostForm action={paths.deskDraft(draft.code, draft.id)} csrf={frame.csrf} class="stack">
        <input type="hidden" name="revision" value={draft.revision} />
        <div>
          <Button name="do" value="publish">
            {t("publish")}
          </Button>
        </div>
        <TextInput type="text" name="reason" label={t("giveBackWhy")} typed={typed} mistake={undefined} />
        <div>
          <Button kind="secondary" name="do" value="return">
            {t("giveBack")}
          </Button>
        </div>
      </PostForm>
    </>
  )
}

const ROWS = 14

function Files({ frame, draft, typed }: PartProps) {
  const t = definitionWords(frame)
  const isTyped = typed.get("do") === "save"
  return (
    <>
      <Heading level={2}>{t("files")}</Heading>
      <PostForm action={paths.deskDraft(draft.code, draft.id)} csrf={frame.csrf} class="stack">
        <input type="hidden" name="revision" value={draft.revision} />
        {serviceFiles.map((name) => (
          <div class="ds-field" key={name}>
            <label class="ds-label" data-weight="medium" for={`file-${name}`}>
              {said(frame, "file", name)}
            </label>
            <textarea class="ds-input code" id={`file-${name}`} name={name} rows={ROWS} spellcheck={false}>
              {isTyped ? typed.get(name) : (draft.texts[name] ?? "")}
            </textarea>
          </div>
        ))}
        <TextInput type="text" name="why" label={t("saveWhy")} typed={typed} mistake={undefined} />
        <div class="row">
          <Button name="do" value="save">
            {t("save")}
          </Button>
          <Button kind="tertiary" danger name="do" value="drop">
            {t("drop")}
          </Button>
        </div>
      </PostForm>
    </>
  )
}
