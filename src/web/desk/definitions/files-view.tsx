// The files of a draft: each with its findings, its text to edit, a box to choose another, and a way to download it.
import type { Draft } from "#catalogue"
import { drawings, type Finding, faultsAmong, fileNameOf, serviceFiles } from "#country"
import { Button } from "#kit/button.tsx"
import { sizeInWords } from "#kit/form/drawing.ts"
import { Tag } from "#kit/tag.tsx"
import { Heading } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Fields, Frame, UploadedFile } from "#platform/http"
import { paths } from "../../paths.ts"
import { type Mistake, TextInput } from "../delegations/inputs.tsx"
import { type ChosenFile, DRAFT_FILE_BYTES_MAX, type FileName, inputOf, isEdited } from "./draft-files.ts"
import { definitionWords, said } from "./words.ts"

interface FilesProps {
  readonly frame: Frame
  readonly draft: Draft
  readonly typed: Fields
  readonly mistake: Mistake | undefined
  readonly findings: readonly Finding[]
  readonly unread: readonly Mistake[]
}

/** What is wrong with the chosen files themselves, each at its input. */
export function unreadFiles(frame: Frame, files: readonly UploadedFile<ChosenFile>[]): Mistake[] {
  const t = definitionWords(frame)
  return files
    .filter(({ taken }) => taken?.text === undefined)
    .map(({ field, fileName: file, refused }) => {
      const size = sizeInWords(DRAFT_FILE_BYTES_MAX, frame.lang)
      return { field, text: refused ? t("fileTooLarge", { file, size }) : t("fileNoText", { file }) }
    })
}

/** Each file is folded until something in it is to be mended; what is folded is sent along all the same. */
export function Files({ frame, draft, typed, mistake, findings, unread }: FilesProps) {
  const t = definitionWords(frame)
  if (draft.state !== "open") return <Downloads frame={frame} draft={draft} />
  return (
    <>
      <Heading level={2}>{t("files")}</Heading>
      <p>{t("filesText")}</p>
      <div>
        {serviceFiles.map((name) => {
          const own = findings.filter(({ file }) => file.includes(`/${name}.`))
          const error = unread.find(({ field }) => field === inputOf(name))
          return <File key={name} frame={frame} draft={draft} name={name} typed={typed} findings={own} error={error?.text} />
        })}
      </div>
      <TextInput name="why" label={t("saveWhy")} typed={typed} mistake={mistake} />
      <div class="row">
        <Button name="do" value="save">
          {t("save")}
        </Button>
        <Button kind="tertiary" danger name="do" value="drop">
          {t("drop")}
        </Button>
      </div>
    </>
  )
}

/** What a second person decides on, to be read in full. */
function Downloads({ frame, draft }: Pick<FilesProps, "frame" | "draft">) {
  const present = serviceFiles.filter((name) => draft.texts[name] !== undefined)
  if (present.length === 0) return null
  return (
    <>
      <Heading level={2}>{definitionWords(frame)("files")}</Heading>
      <ul class="list">
        {present.map((name) => (
          <li key={name}>
            <Download frame={frame} draft={draft} name={name} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Download({ frame, draft, name }: Pick<FilesProps, "frame" | "draft"> & { readonly name: FileName }) {
  const file = fileNameOf(name, draft.texts[name]!)
  return (
    <a class="ds-link" href={paths.deskDraftFile(draft.code, draft.id, name)}>
      {definitionWords(frame)("download", { file })}
    </a>
  )
}

interface FileProps extends Pick<FilesProps, "frame" | "draft" | "typed" | "findings"> {
  readonly name: FileName
  /** Why the chosen file couldn't be taken. */
  readonly error: string | undefined
}

function File({ frame, draft, name, typed, findings, error }: FileProps) {
  const t = definitionWords(frame)
  const kept = draft.texts[name] ?? ""
  const text = typed.has(name) ? typed.get(name).replaceAll("\r\n", "\n") : kept
  const faults = faultsAmong(findings).length
  const lines = text.split("\n")
  const state = text === "" ? t("fileEmpty") : t("fileLines", { count: lines.length })
  return (
    <details class="more" open={text !== kept || findings.length > 0 || error !== undefined}>
      <summary>
        {fileNameOf(name, text)}: {said(frame, "file", name)} <span class="subtle small">({state})</span>{" "}
        {findings.length > 0 && (
          <Tag tone={faults > 0 ? "danger" : "warning"}>
            {t(faults > 0 ? "findings" : "warnings", { count: faults || findings.length })}
          </Tag>
        )}
      </summary>
      <div class="stack tight">
        <OwnFindings frame={frame} name={name} lines={lines} findings={findings} />
        {isEdited(text) ? (
          <TextOfFile frame={frame} name={name} text={text} findings={findings} />
        ) : (
          <p id={`file-${name}`}>{t("fileLong")}</p>
        )}
        <Choose frame={frame} name={name} error={error} />
        {kept !== "" && (
          <p>
            <Download frame={frame} draft={draft} name={name} />
          </p>
        )}
      </div>
    </details>
  )
}

interface PartProps {
  readonly frame: Frame
  readonly name: FileName
}

function OwnFindings({ frame, name, lines, findings }: PartProps & { lines: readonly string[]; findings: readonly Finding[] }) {
  if (findings.length === 0) return null
  return (
    <ul class="list" id={`file-${name}-findings`}>
      {findings.map(({ line, column, words, mend }, nth) => (
        <li key={`${line}:${column}:${textOf(frame, words)}`}>
          <strong>{definitionWords(frame)("line", { line })}</strong> {textOf(frame, words)} {textOf(frame, mend)}
          {line !== findings[nth + 1]?.line && lines[line - 1]?.trim() && <code class="quote">{lines[line - 1]!.trim()}</code>}
        </li>
      ))}
    </ul>
  )
}

const ROWS_MAX = 24
const ROWS_MIN = 4

function TextOfFile({ frame, name, text, findings }: PartProps & { text: string; findings: readonly Finding[] }) {
  const id = `file-${name}`
  const rows = Math.min(ROWS_MAX, Math.max(ROWS_MIN, text.split("\n").length))
  return (
    <>
      <label class="unseen" for={id}>
        {fileNameOf(name, text)}: {said(frame, "file", name)}
      </label>
      <textarea
        class="ds-input code"
        id={id}
        name={name}
        rows={rows}
        spellcheck={false}
        aria-invalid={faultsAmong(findings).length > 0 ? "true" : undefined}
        aria-describedby={findings.length > 0 ? `${id}-findings` : undefined}
      >
        {text}
      </textarea>
    </>
  )
}

function Choose({ frame, name, error }: PartProps & { error: string | undefined }) {
  const t = definitionWords(frame)
  const id = inputOf(name)
  const drawing = drawings[name]
  const endings = [".yaml", ".yml", ...(drawing ? [`.${drawing}`, ".xml"] : [])]
  const kinds = ["YAML", ...(drawing ? [drawing.toUpperCase()] : [])].join(", ")
  return (
    <div class="ds-field">
      <label class="ds-label" data-weight="medium" for={id}>
        {t("choose")}
      </label>
      <div data-field="description" id={`${id}-hint`}>
        {t("chooseHint", { kinds, size: sizeInWords(DRAFT_FILE_BYTES_MAX, frame.lang) })}
      </div>
      <input
        class="ds-input"
        type="file"
        id={id}
        name={id}
        accept={endings.join(",")}
        aria-describedby={[`${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ")}
        aria-invalid={error ? "true" : undefined}
      />
      {error && (
        <p class="ds-validation-message" data-field="validation" data-color="danger" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}
