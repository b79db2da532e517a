// The catalogue of the exchange: services with who offers them and what is agreed, and the sites of the federation.
import { Alert } from "#kit/alert.tsx"
import { Empty } from "#kit/card.tsx"
import { Filters } from "#kit/filters.tsx"
import { Pagination } from "#kit/pagination.tsx"
import { Table } from "#kit/table.tsx"
import { Heading } from "#kit/text.tsx"
import { formats } from "#kit/words.ts"
import type { Catalogue, CatalogueFilter, ContractStanding, SeenService } from "#oversight"
import type { Frame } from "#platform/http"
import { paths } from "../../paths.ts"
import type { Desk } from "../desk.ts"
import { ExchangeLayout, Named, StandingTag } from "./frame.tsx"
import { exchangeWords, said } from "./words.ts"

interface ServicesProps {
  readonly desk: Desk
  readonly catalogue: Catalogue
  readonly filter: CatalogueFilter
}

const TYPES = ["REST", "OPENAPI", "SOAP", "REGISTER"]
const STANDINGS = ["signed", "proposed", "not-begun", "ended", "rejected", "revoked", "none"]

export function ServicesView({ desk, catalogue, filter }: ServicesProps) {
  const { frame } = desk
  const t = exchangeWords(frame)
  const { dateTime } = formats(frame)
  const { directory, services, count, pages, sites } = catalogue
  const { page, ...kept } = filter
  if (!directory)
    return (
      <ExchangeLayout desk={desk} title={t("servicesTitle")}>
        <Alert tone="warning">{t("noDirectory")}</Alert>
      </ExchangeLayout>
    )
  const times = { issued: dateTime(new Date(directory.issuedAt)), expires: dateTime(new Date(directory.expiresAt)) }
  return (
    <ExchangeLayout desk={desk} title={t("servicesTitle")} lead={t("servicesLead")}>
      <p class="small subtle">{t("directory", { version: directory.version, ...times })}</p>
      <ServiceFilters frame={frame} filter={filter} sites={sites} />
      <p role="status">{t("found", { count })}</p>
      {services.length === 0 ? <Empty>{t("noServices")}</Empty> : <ServiceTable frame={frame} services={services} />}
      <Pagination frame={frame} page={page} pages={pages} href={(n) => paths.deskExchangeServices({ ...kept, page: n })} />
      <Heading level={2}>{t("sitesTable")}</Heading>
      <Table
        frame={frame}
        caption={t("sitesTable")}
        captionUnseen
        rows={sites}
        rowKey={({ id }) => id}
        columns={[
          { key: "site", title: t("site"), cell: ({ id, name }) => <Named name={name} id={id} /> },
          { key: "members", title: t("members"), end: true, cell: ({ members }) => members },
          { key: "services", title: t("services"), end: true, cell: (site) => site.services },
        ]}
      />
    </ExchangeLayout>
  )
}

function ServiceFilters({ frame, filter, sites }: { frame: Frame; filter: CatalogueFilter; sites: Catalogue["sites"] }) {
  const t = exchangeWords(frame)
  const any = { value: "", label: t("any") }
  const options = (prefix: string, codes: readonly string[]) => [
    any,
    ...codes.map((value) => ({ value, label: said(frame, prefix, value) })),
  ]
  const siteOptions = [any, ...sites.map(({ id, name }) => ({ value: id, label: name }))]
  return (
    <Filters
      frame={frame}
      action={paths.deskExchangeServices()}
      clearHref={paths.deskExchangeServices()}
      filters={[
        { name: "words", label: t("words"), value: filter.words ?? "" },
        { name: "type", label: t("type"), value: filter.type ?? "", options: options("type", TYPES) },
        { name: "site", label: t("site"), value: filter.site ?? "", options: siteOptions },
        { name: "standing", label: t("contract"), value: filter.standing ?? "", options: options("standing", STANDINGS) },
      ]}
    />
  )
}

function ServiceTable({ frame, services }: { frame: Frame; services: readonly SeenService[] }) {
  const t = exchangeWords(frame)
  return (
    <Table
      frame={frame}
      caption={t("services")}
      captionUnseen
      rows={services}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "service",
          title: t("service"),
          cell: ({ id, name }) => (
            <div>
              <a class="ds-link" href={paths.deskExchangeService(id)}>
                {name}
              </a>
              <div class="subtle small">{id}</div>
            </div>
          ),
        },
        { key: "member", title: t("member"), cell: (one) => one.memberName },
        { key: "site", title: t("site"), cell: (one) => one.siteName },
        { key: "type", title: t("type"), cell: ({ type }) => said(frame, "type", type) },
        { key: "contracts", title: t("contracts"), cell: ({ contracts }) => <Standings frame={frame} contracts={contracts} /> },
      ]}
    />
  )
}

/** How many contracts stand in which state. */
function Standings({ frame, contracts }: { frame: Frame; contracts: SeenService["contracts"] }) {
  const counts = new Map<ContractStanding, number>()
  for (const { standing } of contracts) counts.set(standing, (counts.get(standing) ?? 0) + 1)
  if (counts.size === 0) return <span class="subtle">{exchangeWords(frame)("standing.none")}</span>
  return (
    <ul class="plain">
      {[...counts].map(([standing, count]) => (
        <li key={standing}>
          {count} <StandingTag frame={frame} standing={standing} />
        </li>
      ))}
    </ul>
  )
}
