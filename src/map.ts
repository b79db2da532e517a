// The map of the house: every module, what it is for, and the doors it may open. test/tidy.test.ts keeps it true.

export const modules = {
  audit: { floor: 1, purpose: "The book: what was done, by whom, chained so that nothing can be changed unseen", opens: [] },
  identity: { floor: 1, purpose: "People, organisations, officials, positions, delegations and sessions", opens: ["audit"] },
  registers: { floor: 2, purpose: "Records with valid and recorded time, each change a version", opens: ["audit", "identity"] },
  documents: { floor: 2, purpose: "Signed papers, what verifies them, and uploads", opens: ["audit", "identity"] },
  notices: { floor: 2, purpose: "Messages to people", opens: ["audit", "identity"] },
  federation: {
    floor: 2,
    purpose: "What a site knows of itself and of all others: keys, directory, contracts, who may call whom",
    opens: ["audit"],
  },
  evidence: { floor: 2, purpose: "Sealed records of what passed between sites, in a log that nobody changes unseen", opens: [] },
  line: {
    floor: 3,
    purpose: "The signed road between sites: requests sealed, checked, kept",
    opens: ["evidence", "federation", "audit"],
  },
  consents: {
    floor: 3,
    purpose: "What a person has agreed to: given, signed, checked at each exchange, taken back",
    opens: ["federation", "audit", "identity"],
  },
  sources: {
    floor: 3,
    purpose: "Systems that an agency has already, read only, as answers to record types: declared, mapped, guarded",
    opens: ["registers"],
  },
  exchange: {
    floor: 4,
    purpose: "The only road to a register, here or at another site: authorised, logged, visible",
    opens: ["registers", "sources", "line", "consents", "federation", "audit", "identity"],
  },
  catalogue: { floor: 3, purpose: "Procedures as published, dated, unchanging definitions", opens: ["audit", "identity"] },
  cases: {
    floor: 5,
    purpose: "The life of a case from draft to result",
    opens: ["exchange", "catalogue", "documents", "notices", "audit", "identity"],
  },
  oversight: {
    floor: 5,
    purpose: "What officials and operators see of the exchange: catalogue, log, map, figures, trials",
    opens: ["exchange", "line", "evidence", "federation", "audit"],
  },
} as const satisfies Record<string, { floor: number; purpose: string; opens: readonly string[] }>

/** Folders outside the modules and what each may import besides npm packages and itself. */
export const layers = {
  platform: ["platform"],
  engines: ["engines"],
  country: ["country", "engines", "platform"],
  modules: ["modules", "country", "engines", "platform", "problems"],
  web: ["web", "modules", "country", "engines", "platform", "problems"],
  commands: ["commands", "web", "modules", "country", "engines", "platform", "problems"],
  demo: ["demo"],
} as const
