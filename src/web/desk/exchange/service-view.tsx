// One service of the catalogue, and one contract with who signed it when.
import { ButtonLink } from "#kit/button.tsx"
import { Empty } from "#kit/card.tsx"
import { SummaryList } from "#kit/summary-list.tsx"
import { Table } from "#kit/table.tsx"
import { Day, Heading, Moment } from "#kit/text.tsx"
import type { getContract, SeenContract, SeenService } from "#oversight"
import type { Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import { fieldNames, registerNames } from "../../register-names.ts"
import type { Desk } from "../desk.ts"
import { ExchangeLayout, Named, StandingTag } from "./frame.tsx"
import { exchangeWords, purposeName, said } from "./words.ts"

type Contract = Awaited<ReturnType<typeof getContract>>

export function ServiceView({ desk, service, mayTry }: { desk: Desk; service: SeenService; mayTry: boolean }) {
  const { frame } = desk
  const t = exchangeWords(frame)
  return (
    <ExchangeLayout desk={desk} title={service.name}>
      <SummaryList
        frame={frame}
        rows={[
          { label: t("id"), value: service.id },
          { label: t("type"), value: said(frame, "type", service.type) },
          { label: t("member"), value: <Named name={service.memberName} id={service.member} /> },
          { label: t("subsystem"), value: service.subsystemName },
          { label: t("site"), value: <Named name={service.siteName} id={service.site} /> },
        ]}
      />
      <div class="btns">
        {isDescribed(service) && (
          <ButtonLink href={paths.deskExchangeDescription(service.id)} kind="secondary">
            {t(service.type === "SOAP" ? "seeWsdl" : "seeOpenApi")}
          </ButtonLink>
        )}
        {mayTry && service.type !== "SOAP" && service.type !== "REGISTER" && (
          <ButtonLink href={paths.deskExchangeTry(service.id)} kind="secondary">
            {t("tryIt")}
          </ButtonLink>
        )}
      </div>
      <Heading level={2}>{t("endpoints")}</Heading>
      <Endpoints frame={frame} endpoints={service.endpoints} />
      <Heading level={2}>{t("contracts")}</Heading>
      {service.contracts.length === 0 ? (
        <Empty>{t("noContracts")}</Empty>
      ) : (
        <Contracts desk={desk} contracts={service.contracts} />
      )}
    </ExchangeLayout>
  )
}

/** A WSDL is shown where its service is offered; an OpenAPI document is asked for wherever it is. */
const isDescribed = ({ type, isOwn }: SeenService): boolean => type === "OPENAPI" || (type === "SOAP" && isOwn)

function Endpoints({ frame, endpoints }: { frame: Frame; endpoints: SeenService["endpoints"] }) {
  const t = exchangeWords(frame)
  if (endpoints.length === 0) return <p>{t("endpointsAll")}</p>
  return (
    <Table
      frame={frame}
      caption={t("endpoints")}
      captionUnseen
      rows={endpoints}
      rowKey={({ method, path }) => `${method} ${path}`}
      columns={[
        { key: "method", title: t("method"), cell: ({ method }) => <code>{method}</code> },
        { key: "path", title: t("path"), cell: ({ path }) => <code>{path}</code> },
      ]}
    />
  )
}

function Contracts({ desk: { frame, country }, contracts }: { desk: Desk; contracts: readonly SeenContract[] }) {
  const t = exchangeWords(frame)
  return (
    <Table
      frame={frame}
      caption={t("contracts")}
      captionUnseen
      rows={contracts}
      rowKey={({ hash }) => hash}
      columns={[
        {
          key: "consumer",
          title: t("consumer"),
          cell: ({ hash, consumerName, content }) => (
            <div>
              <a class="ds-link" href={paths.deskExchangeContract(hash)}>
                {consumerName}
              </a>
              <div class="subtle small">{content.consumer}</div>
            </div>
          ),
        },
        { key: "state", title: t("state"), cell: ({ standing }) => <StandingTag frame={frame} standing={standing} /> },
        {
          key: "purposes",
          title: t("purposes"),
          cell: ({ content }) => content.purposes.map((code) => purposeName(frame, country, code)).join("; "),
        },
        { key: "period", title: t("period"), cell: ({ content }) => <Period frame={frame} content={content} /> },
      ]}
    />
  )
}

const Period = ({ frame, content }: { frame: Frame; content: SeenContract["content"] }) => (
  <span>
    <Day frame={frame} value={new Date(content.from)} /> – <Day frame={frame} value={new Date(Date.parse(content.until) - 1)} />
  </span>
)

export function ContractView({ desk, contract }: { desk: Desk; contract: Contract }) {
  const { frame, country } = desk
  const t = exchangeWords(frame)
  const { content, hash, standing, consumerName, providerName } = contract
  const service = `${content.provider}/${content.service}`
  const subjects = content.subjectKinds.map((kind) => said(frame, "subject", kind))
  return (
    <ExchangeLayout desk={desk} title={t("contractTitle")}>
      <SummaryList
        frame={frame}
        rows={[
          { label: t("state"), value: <StandingTag frame={frame} standing={standing} /> },
          {
            label: t("service"),
            value: (
              <a class="ds-link" href={paths.deskExchangeService(service)}>
                {service}
              </a>
            ),
          },
          { label: t("provider"), value: <Named name={providerName} id={content.provider} /> },
          { label: t("consumer"), value: <Named name={consumerName} id={content.consumer} /> },
          { label: t("purposes"), value: content.purposes.map((code) => purposeName(frame, country, code)).join("; ") },
          { label: t("ground"), value: t("groundText", content.legalGround) },
          { label: t("period"), value: <Period frame={frame} content={content} /> },
          { label: t("subjects"), value: subjects.length > 0 ? subjects.join("; ") : t("noSubjects") },
          { label: t("named"), value: t(content.subjectNeeded ? "namedNeeded" : "namedNot") },
          ...delayRows(frame, content),
          { label: t("consent"), value: t(content.consentNeeded ? "consentNeeded" : "consentNot") },
          { label: t("bodies"), value: t(`bodies.${content.bodies}`) },
          { label: t("hash"), value: <code>{hash}</code> },
        ]}
      />
      {content.consent && <ConsentTermsOf desk={desk} terms={content.consent} />}
      <Heading level={2}>{t("signatures")}</Heading>
      {contract.signatures.length === 0 ? <Empty>{t("noSignatures")}</Empty> : <Signatures frame={frame} contract={contract} />}
      <Heading level={2}>{t("endpoints")}</Heading>
      <Endpoints frame={frame} endpoints={content.endpoints} />
    </ExchangeLayout>
  )
}

/** When the person sees a call about them, where that is not at once. */
function delayRows(frame: Frame, { delay }: Contract["content"]) {
  const t = exchangeWords(frame)
  return delay ? [{ label: t("delay"), value: t("delayText", { count: delay.days, ...delay.ground }) }] : []
}

/** What a person is asked to agree to, as both sides have signed it. */
function ConsentTermsOf({ desk: { frame, country }, terms }: { desk: Desk; terms: NonNullable<Contract["content"]["consent"]> }) {
  const t = exchangeWords(frame)
  const named = registerNames(frame, country)
  const { days, keptDays, uses } = terms
  const data = terms.data.map(({ register, fields }) => (
    <div key={register}>
      {named(register)}
      <div class="subtle small">{fieldNames(frame, country)(register, fields)}</div>
    </div>
  ))
  return (
    <>
      <Heading level={2}>{t("consentTerms")}</Heading>
      <SummaryList
        frame={frame}
        rows={[
          { label: t("consentData"), value: <>{data}</> },
          { label: t("consentDays"), value: t("days", { count: days }) },
          { label: t("consentUses"), value: t("usesAt", { count: uses.max, days: uses.perDays }) },
          { label: t("consentKept"), value: keptDays === 0 ? t("consentKeptNot") : t("days", { count: keptDays }) },
        ]}
      />
    </>
  )
}

const Signatures = ({ frame, contract }: { frame: Frame; contract: Contract }) => {
  const t = exchangeWords(frame)
  return (
    <Table
      frame={frame}
      caption={t("signatures")}
      captionUnseen
      rows={contract.signatures}
      rowKey={({ site, type, signedAt }) => `${site} ${type} ${signedAt.getTime()}`}
      columns={[
        { key: "site", title: t("signedBy"), cell: ({ site }) => site },
        { key: "type", title: t("signedHow"), cell: ({ type }) => t(`sign.${type}`) },
        { key: "at", title: t("signedAt"), cell: ({ signedAt }) => <Moment frame={frame} value={signedAt} /> },
      ]}
    />
  )
}
