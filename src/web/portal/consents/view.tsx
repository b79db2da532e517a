// What a person is asked to agree to, in plain words with two answers of equal weight; and what they have agreed to, with every use.
import type { MyConsent, Offer } from "#consents"
import type { Country } from "#country"
import { Alert } from "#kit/alert.tsx"
import { Button } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { Layout } from "#kit/layout.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { SummaryList, type SummaryRow } from "#kit/summary-list.tsx"
import { Table } from "#kit/table.tsx"
import { Tag } from "#kit/tag.tsx"
import { Day, Heading, Lead, Moment } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { paths } from "../../paths.ts"
import type { PartyNames } from "./party-names.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

export const consentWords = (frame: Pick<Frame, "lang" | "place">) => wordsOf(frame.lang, { vi, en }, frame.place.languages[0])
export const consentTones = { active: "success", expired: "neutral", revoked: "neutral" } as const

interface Shown {
  readonly frame: Frame
  readonly country: Country
  readonly names: PartyNames
}

/** What an offer and an artefact have in common. */
interface Agreed {
  readonly consumer: string
  readonly provider: string
  readonly service: string
  readonly purpose: string
  readonly data: Offer["terms"]["data"]
  readonly uses: Offer["terms"]["uses"]
  readonly keptDays: number
  readonly until: Date
}

function rowsOf({ frame, country, names }: Shown, agreed: Agreed): SummaryRow[] {
  const t = consentWords(frame)
  const { consumer, provider, service, purpose, data, uses, keptDays, until } = agreed
  const words = country.vocabulary.purposes[purpose]?.name
  return [
    { label: t("who"), value: names.party(consumer) },
    { label: t("whom"), value: names.party(provider) },
    { label: t("why"), value: words ? textOf(frame, words) : purpose },
    {
      label: t("what"),
      value: (
        <>
          {names.data(service, data).map(({ register, fields }) => (
            <div key={register}>
              {register}
              <ul class="list">
                {fields.map((field) => (
                  <li key={field}>{field}</li>
                ))}
              </ul>
            </div>
          ))}
        </>
      ),
    },
    { label: t("until"), value: <Day frame={frame} value={until} /> },
    { label: t("often"), value: t("oftenAt", { count: uses.max, days: uses.perDays }) },
    { label: t("kept"), value: keptDays === 0 ? t("keptNot") : t("keptFor", { count: keptDays }) },
  ]
}

interface AskProps extends Shown {
  readonly offer: Offer
  readonly from: { readonly draft: string; readonly page: string } | undefined
  readonly isDeclined: boolean
}

export function AskView({ offer, from, isDeclined, ...shown }: AskProps) {
  const { frame, names } = shown
  const t = consentWords(frame)
  const title = t("ask", { who: names.party(offer.consumer) })
  return (
    <Layout frame={frame} title={title} section="data">
      <div class="read stack">
        {isDeclined && (
          <Alert role="status" title={t("declined")}>
            <p>{t("declinedText")}</p>
          </Alert>
        )}
        <Heading>{title}</Heading>
        <Lead>{t("askLead")}</Lead>
        <SummaryList frame={frame} rows={rowsOf(shown, { ...offer, ...offer.terms })} />
        <Heading level={2}>{t("ifNot")}</Heading>
        <p>{from ? t("ifNotForm") : t("ifNotText")}</p>
        <Heading level={2}>{t("ifYes")}</Heading>
        <p>{t("ifYesText")}</p>
        <PostForm action={paths.consent()} csrf={frame.csrf} class="choices">
          <input type="hidden" name="contract" value={offer.contract} />
          {from && <input type="hidden" name="draft" value={from.draft} />}
          {from && <input type="hidden" name="page" value={from.page} />}
          <Button kind="secondary" size="lg" name="answer" value="agree">
            {t("agree")}
          </Button>
          <Button kind="secondary" size="lg" name="answer" value="decline">
            {t("decline")}
          </Button>
        </PostForm>
      </div>
    </Layout>
  )
}

interface ConsentProps extends Shown {
  readonly consent: MyConsent
  readonly isGiven: boolean
  /** Messages of uses that stand among the lookups of this site. */
  readonly here: ReadonlySet<string>
}

export function ConsentView({ consent, isGiven, here, ...shown }: ConsentProps) {
  const { frame, names } = shown
  const t = consentWords(frame)
  const { artefact, state, revokedAt, uses, jws } = consent
  const title = t("one", { who: names.party(artefact.consumer) })
  const until = new Date(artefact.until)
  return (
    <Layout frame={frame} title={title} section="data" trail={[{ name: t("myData"), href: paths.myConsents() }]}>
      <div class="stack">
        {isGiven && state === "active" && (
          <Alert tone="success" role="status">
            <p>{t("given")}</p>
          </Alert>
        )}
        <Heading>{title}</Heading>
        <p>
          <Tag tone={consentTones[state]}>{t(`state_${state}`)}</Tag> {revokedAt && <Moment frame={frame} value={revokedAt} />}
        </p>
        <div class="read">
          <SummaryList
            frame={frame}
            rows={[
              { label: t("since"), value: <Moment frame={frame} value={new Date(artefact.issuedAt)} /> },
              ...rowsOf(shown, { ...artefact, until }),
              { label: t("id"), value: <code>{consent.id}</code> },
            ]}
          />
        </div>
        {state === "active" && <Revoke frame={frame} id={consent.id} />}
        <Uses frame={frame} uses={uses} here={here} />
        <details>
          <summary>{t("signed")}</summary>
          <p class="read">{t("signedText")}</p>
          <p>
            <code>{jws}</code>
          </p>
        </details>
      </div>
    </Layout>
  )
}

function Revoke({ frame, id }: { frame: Frame; id: string }) {
  const t = consentWords(frame)
  return (
    <section class="read stack">
      <Heading level={2}>{t("revoke")}</Heading>
      <p>{t("revokeText")}</p>
      <PostForm action={paths.myConsent(id)} csrf={frame.csrf}>
        <Button kind="secondary">{t("revokeNow")}</Button>
      </PostForm>
    </section>
  )
}

function Uses({ frame, uses, here }: { frame: Frame; uses: MyConsent["uses"]; here: ConsentProps["here"] }) {
  const t = consentWords(frame)
  const { timeZone } = frame.place
  const dayOf = (at: Date) => new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(at)
  return (
    <section class="stack">
      <Heading level={2}>{t("uses")}</Heading>
      {uses.length === 0 ? (
        <Empty>{t("usesNone")}</Empty>
      ) : (
        <Table
          frame={frame}
          caption={t("uses")}
          captionUnseen
          rows={uses}
          rowKey={({ message }) => message}
          columns={[
            { key: "when", title: t("when"), cell: ({ usedAt }) => <Moment frame={frame} value={usedAt} /> },
            {
              key: "message",
              title: t("message"),
              cell: ({ message, usedAt }) =>
                here.has(message) ? (
                  <a class="ds-link" href={paths.myLookup(dayOf(usedAt), message)}>
                    {t("messageOf", { message: message.slice(0, 8) })}
                  </a>
                ) : (
                  message
                ),
            },
          ]}
        />
      )}
    </section>
  )
}
