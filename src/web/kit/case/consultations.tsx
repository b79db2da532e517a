// Which other agencies a case has asked, by when they have to answer, and what they said.
import type { CaseFile } from "#cases"
import type { Frame } from "#platform/http"
import { Card } from "../card.tsx"
import { Tag } from "../tag.tsx"
import { Heading } from "../text.tsx"
import { formats } from "../words.ts"
import { outcomeText } from "./decisions.tsx"
import { caseWords } from "./words.ts"

interface ConsultationsProps {
  readonly frame: Frame
  readonly file: CaseFile
  readonly agencyName: (id: string) => string
  readonly now: Date
  /** Officials read what was written; the applicant, what came of it. */
  readonly atDesk?: boolean
}

export function Consultations({ frame, file, agencyName, now, atDesk }: ConsultationsProps) {
  const t = caseWords(frame)
  const { dateTime } = formats(frame)
  if (file.consultations.length === 0) return null
  return (
    <Card>
      <Heading level={2}>{t("consultations")}</Heading>
      {file.consultations.map(({ id, state, consulted, askedAt, dueAt, answeredAt, answeredBy, answer, outcome }) => {
        const agency = agencyName(consulted)
        const at = dateTime(answeredAt ?? askedAt)
        return (
          <div key={id} class="stack tight">
            {state === "answered" ? (
              <p>{t("consultationAnswered", { agency, at, outcome: outcomeText(frame, file, outcome ?? "") })}</p>
            ) : state === "closed" ? (
              <p>{t("consultationClosed", { agency, at })}</p>
            ) : (
              <p>
                {t("consultationOpen", { agency, at, until: dateTime(dueAt) })}{" "}
                {dueAt < now && <Tag tone="danger">{t("consultationLate")}</Tag>}
              </p>
            )}
            {atDesk && answer && <p class="subtle">{t("consultationNote", { name: answeredBy ?? "", answer })}</p>}
          </div>
        )
      })}
    </Card>
  )
}
