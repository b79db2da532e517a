// One published version: its days, its law, who wrote it, and its files.
import type { DefinitionFile, ExportedDefinition } from "#catalogue"
import { ButtonLink } from "#kit/button.tsx"
import { sizeInWords } from "#kit/form/drawing.ts"
import { SummaryList } from "#kit/summary-list.tsx"
import { Day, Heading } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import type { Desk } from "../desk.ts"
import { DefinitionLayout, StateTag, stateOf } from "./frame.tsx"
import { archiveOf } from "./version-files.ts"
import { definitionWords, said } from "./words.ts"

interface VersionProps {
  readonly desk: Desk
  readonly exported: ExportedDefinition
}

export function VersionView({ desk, exported }: VersionProps) {
  const { frame } = desk
  const t = definitionWords(frame)
  const { version, files, drawings, proof } = exported
  const { code, definition } = version.service
  const name = textOf(frame, definition.service.shortName ?? definition.service.name)
  return (
    <DefinitionLayout desk={desk} title={t("versionOf", { name, version: version.service.version })} lead={code}>
      <p>
        <a class="ds-link" href={paths.deskDefinition(code)}>
          {t("back")}
        </a>
      </p>
      <Publication frame={frame} exported={exported} />
      <Heading level={2}>{t("versionFiles")}</Heading>
      <p>{t("versionFilesText")}</p>
      <Files frame={frame} exported={exported} files={files} />
      <div>
        <ButtonLink kind="secondary" icon="download" href={hrefOf(exported, archiveOf(exported))}>
          {t("downloadAll")}
        </ButtonLink>
      </div>
      {drawings.length > 0 && (
        <>
          <Heading level={3}>{t("drawings")}</Heading>
          <p>{t("drawingsText")}</p>
          <Files frame={frame} exported={exported} files={drawings} />
        </>
      )}
      <Heading level={2}>{t("proof")}</Heading>
      <p>{t("proofText")}</p>
      <Files frame={frame} exported={exported} files={proof} />
      <pre class="raw">motlan verify definition definition.json signature.jws --anchor key.jwk</pre>
    </DefinitionLayout>
  )
}

interface PartProps {
  readonly frame: Frame
  readonly exported: ExportedDefinition
}

function Publication({ frame, exported: { version } }: PartProps) {
  const t = definitionWords(frame)
  const { service, origin, legalBasis, authorName, publisherName } = version
  return (
    <SummaryList
      frame={frame}
      rows={[
        { label: t("state"), value: <StateTag frame={frame} state={stateOf(version)} /> },
        { label: t("from"), value: <Day frame={frame} value={service.validFrom} /> },
        ...(service.validUntil ? [{ label: t("until"), value: <Day frame={frame} value={service.validUntil} /> }] : []),
        ...(legalBasis ? [{ label: t("law"), value: legalBasis }] : []),
        { label: t("by"), value: origin === "pack" ? t("pack") : `${authorName ?? ""}; ${publisherName ?? ""}` },
        { label: t("hash"), value: <code>{service.hash}</code> },
      ]}
    />
  )
}

function Files({ frame, exported, files }: PartProps & { readonly files: readonly DefinitionFile[] }) {
  return (
    <ul class="list">
      {files.map(({ name, text }) => (
        <li key={name}>
          <a class="ds-link" href={hrefOf(exported, name)} download>
            {name}
          </a>
          : {said(frame, "file", name.replace(/\.(yaml|bpmn|dmn)$/, ""))}{" "}
          <span class="subtle small">({sizeInWords(Buffer.byteLength(text), frame.lang)})</span>
        </li>
      ))}
    </ul>
  )
}

const hrefOf = ({ version: { service } }: ExportedDefinition, file: string): string =>
  paths.deskVersionFile(service.code, service.version, file)
