// What the person has agreed to, as a part of "who has looked at my data".
import type { MyConsent } from "#consents"
import type { Country } from "#country"
import { Empty } from "#kit/card.tsx"
import { Table } from "#kit/table.tsx"
import { Tag } from "#kit/tag.tsx"
import { Day, Heading } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import { en } from "./list-words.en.ts"
import { vi } from "./list-words.vi.ts"
import type { PartyNames } from "./party-names.ts"
import { consentTones, consentWords } from "./view.tsx"

interface ListProps {
  readonly frame: Frame
  readonly country: Country
  readonly consents: readonly MyConsent[]
  readonly names: PartyNames
}

export function MyConsents({ frame, country, consents, names }: ListProps) {
  const t = wordsOf(frame.lang, { vi, en }, frame.place.languages[0])
  const states = consentWords(frame)
  const purpose = (id: string) => textOf(frame, country.vocabulary.purposes[id]?.name ?? {}) || id
  return (
    <section id="consents" class="stack">
      <Heading level={2}>{t("title")}</Heading>
      {consents.length === 0 ? (
        <Empty>{t("none")}</Empty>
      ) : (
        <Table
          frame={frame}
          caption={t("title")}
          captionUnseen
          rows={consents}
          rowKey={({ id }) => id}
          columns={[
            {
              key: "who",
              title: t("who"),
              cell: ({ id, artefact }) => (
                <a class="ds-link" href={paths.myConsent(id)}>
                  {names.party(artefact.consumer)}
                </a>
              ),
            },
            { key: "why", title: t("why"), cell: ({ artefact }) => purpose(artefact.purpose) },
            {
              key: "state",
              title: t("state"),
              cell: ({ state, revokedAt, artefact }) => (
                <>
                  <Tag tone={consentTones[state]}>{states(`state_${state}`)}</Tag>
                  <br />
                  <span class="subtle small">
                    {revokedAt ? t("on") : t("until")} <Day frame={frame} value={revokedAt ?? new Date(artefact.until)} />
                  </span>
                </>
              ),
            },
            { key: "uses", title: t("uses"), cell: ({ uses }) => t("times", { count: uses.length }) },
          ]}
        />
      )}
    </section>
  )
}
