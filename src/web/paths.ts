// Every path of the portal, the desk, the open pages and the API, typed in one place. `routes` are patterns, `paths` make addresses.

/** Patterns for registration: `page({ path: routes.caseOf, ... })`. */
export const routes = {
  home: "/",
  search: "/search",
  service: "/services/:code",
  signIn: "/sign-in",
  signInReturn: "/sign-in/return",
  signOut: "/sign-out",
  actAs: "/act-as",
  demoPeople: "/demo-idp/people/:uid",
  start: "/start/:code",
  draftPage: "/drafts/:id/:page",
  draftCheck: "/drafts/:id/check",
  draftDone: "/drafts/:id/done",
  myCases: "/my/cases",
  caseOf: "/my/cases/:id",
  caseSupplement: "/my/cases/:id/supplement",
  caseWithdraw: "/my/cases/:id/withdraw",
  myInbox: "/my/inbox",
  myData: "/my/data",
  document: "/documents/:id",
  upload: "/uploads/:id",
  verify: "/verify",
  verifyCode: "/verify/:code",
  desk: "/desk",
  deskClaimNext: "/desk/claim-next",
  deskCase: "/desk/cases/:id",
  deskCaseClaim: "/desk/cases/:id/claim",
  deskCaseStep: "/desk/cases/:id/step",
  deskDelegations: "/desk/delegations",
  deskCorrections: "/desk/corrections",
  deskCorrection: "/desk/corrections/:id",
  deskDeliveries: "/desk/deliveries",
  deskCaseRelease: "/desk/cases/:id/release",
  deskRegister: "/desk/registers/:register",
  deskRecord: "/desk/registers/:register/:id",
  deskExchange: "/desk/exchange",
  deskExchangeServices: "/desk/exchange/services",
  deskExchangeService: "/desk/exchange/service",
  deskExchangeContract: "/desk/exchange/contracts/:hash",
  deskExchangeTry: "/desk/exchange/try",
  deskExchangeFigures: "/desk/exchange/figures",
  deskExchangeLog: "/desk/exchange/log",
  deskExchangePerson: "/desk/exchange/log/person",
  deskExchangeRecords: "/desk/exchange/records",
  deskExchangeMessage: "/desk/exchange/messages/:id",
  deskExchangeBundle: "/desk/exchange/messages/:id/bundle",
  healthz: "/healthz",
  readyz: "/readyz",
  metrics: "/metrics",
  asset: "/assets/:name",
} as const

const enc = encodeURIComponent
type Query = Readonly<Record<string, string | number | undefined>>
const withQuery = (path: string, query: Query): string => {
  const pairs = Object.entries(query).filter((pair): pair is [string, string | number] => pair[1] !== undefined && pair[1] !== "")
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs.map(([k, v]) => [k, String(v)]))}`
}

/** Addresses for links and redirects: `paths.caseOf(id)`. Parts are encoded here and nowhere else. */
export const paths = {
  home: () => "/",
  search: (q?: string, page?: number) => withQuery("/search", { q, page }),
  lifeEvent: (event: string) => withQuery("/search", { event }),
  service: (code: string) => `/services/${enc(code)}`,
  signIn: (comeBackTo?: string) => withQuery("/sign-in", { return: comeBackTo }),
  /** Asks for a new proof of who one is, before a signature. */
  signInAgain: (comeBackTo: string) => withQuery("/sign-in", { return: comeBackTo, fresh: 1 }),
  signInReturn: () => "/sign-in/return",
  signOut: () => "/sign-out",
  actAs: () => "/act-as",
  demoPeople: (uid: string) => `/demo-idp/people/${enc(uid)}`,
  start: (code: string) => `/start/${enc(code)}`,
  draftPage: (id: string, page: string) => `/drafts/${enc(id)}/${enc(page)}`,
  draftCheck: (id: string) => `/drafts/${enc(id)}/check`,
  draftDone: (id: string) => `/drafts/${enc(id)}/done`,
  myCases: () => "/my/cases",
  caseOf: (id: string) => `/my/cases/${enc(id)}`,
  caseSupplement: (id: string) => `/my/cases/${enc(id)}/supplement`,
  caseWithdraw: (id: string) => `/my/cases/${enc(id)}/withdraw`,
  myInbox: () => "/my/inbox",
  myData: () => "/my/data",
  /** Where a lookup stands, for the person whom it was about. */
  myLookup: (day: string, message: string) => `${withQuery("/my/data", { day, message })}#${enc(message)}`,
  document: (id: string) => `/documents/${enc(id)}`,
  upload: (id: string) => `/uploads/${enc(id)}`,
  verify: () => "/verify",
  verifyCode: (code: string) => `/verify/${enc(code)}`,
  desk: (query: { queue?: string; q?: string; page?: number } = {}) => withQuery("/desk", query),
  deskClaimNext: () => "/desk/claim-next",
  deskCase: (id: string) => `/desk/cases/${enc(id)}`,
  deskCaseClaim: (id: string) => `/desk/cases/${enc(id)}/claim`,
  deskCaseStep: (id: string) => `/desk/cases/${enc(id)}/step`,
  deskDelegations: () => "/desk/delegations",
  deskCorrections: () => "/desk/corrections",
  deskCorrection: (id: string) => `/desk/corrections/${enc(id)}`,
  deskDeliveries: () => "/desk/deliveries",
  deskCaseRelease: (id: string) => `/desk/cases/${enc(id)}/release`,
  deskRegister: (register: string) => `/desk/registers/${enc(register)}`,
  deskRecord: (register: string, id: string) => `/desk/registers/${enc(register)}/${enc(id)}`,
  deskExchange: (span?: string, live?: boolean) => withQuery("/desk/exchange", { span, live: live ? 1 : undefined }),
  deskExchangeServices: (query: Query = {}) => withQuery("/desk/exchange/services", query),
  deskExchangeService: (id: string) => withQuery("/desk/exchange/service", { id }),
  deskExchangeContract: (hash: string) => `/desk/exchange/contracts/${enc(hash)}`,
  deskExchangeTry: (service?: string) => withQuery("/desk/exchange/try", { service }),
  deskExchangeFigures: (span?: string) => withQuery("/desk/exchange/figures", { span }),
  deskExchangeLog: (query: Query = {}) => withQuery("/desk/exchange/log", query),
  deskExchangePerson: () => "/desk/exchange/log/person",
  deskExchangeRecords: (query: Query = {}) => withQuery("/desk/exchange/records", query),
  deskExchangeMessage: (id: string) => `/desk/exchange/messages/${enc(id)}`,
  deskExchangeBundle: (id: string) => `/desk/exchange/messages/${enc(id)}/bundle`,
} as const satisfies Record<string, (...parts: never[]) => string>

/** The same page in another language: its own path and query, with `lang` set once. */
export function inLanguage(url: string, lang: string): string {
  const [path, query] = url.split("?", 2)
  const params = new URLSearchParams(query)
  params.set("lang", lang)
  return `${path}?${params}`
}
