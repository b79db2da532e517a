// The one list of what the book records. Each event names the details it may carry; reference: docs/audit-events.md.

/** Event → its details. Details are codes, ids, counts and versions: never a name, a number of a person, or a text that somebody typed. */
export const auditEvents = {
  // identity
  "signed-in": { says: "A person or official signed in", details: ["method", "level"] },
  "sign-in-refused": { says: "A sign-in was refused", details: ["method", "reason"] },
  "signed-out": { says: "A session was ended by its holder", details: [] },
  "session-revoked": { says: "A session was ended by somebody else or by a rule", details: ["account", "reason"] },
  "acting-switched": { says: "A person went on as a citizen or in a post", details: ["as", "position"] },
  "account-opened": { says: "An account was made at the first sign-in", details: ["account"] },
  "position-given": { says: "An official was given a position", details: ["account", "position", "from", "to"] },
  "position-taken": { says: "An official's position ended", details: ["account", "position"] },
  "delegation-given": {
    says: "A position was delegated for a while",
    details: ["delegation", "position", "account", "from", "to"],
  },
  "delegation-taken": { says: "A delegation was ended before its time", details: ["delegation", "position", "account"] },
  "mandate-given": { says: "A person was empowered to act for another", details: ["mandate", "scope", "from", "to"] },
  "mandate-taken": { says: "A mandate was ended", details: ["mandate"] },
  // catalogue
  "service-published": { says: "A version of a service was published", details: ["service", "version", "hash"] },
  "cases-migrated": {
    says: "Running cases went on under another version",
    details: ["migration", "service", "version", "count"],
  },
  "service-withdrawn": { says: "A version of a service stopped being offered", details: ["service", "version"] },
  // registers and exchange
  "record-written": {
    says: "A register gained a record or a new version of one",
    details: ["register", "record", "version", "kind"],
  },
  "record-read": { says: "A record was read at its own register", details: ["register", "record", "purpose"] },
  "number-assigned": { says: "A personal number was given to a person", details: ["register", "record"] },
  "request-answered": { says: "The exchange answered a request", details: ["message", "service", "purpose", "records"] },
  "request-refused": { says: "The exchange refused a request", details: ["message", "service", "purpose", "reason"] },
  "exchange-searched": {
    says: "The log of the exchange was searched for a person",
    details: ["reason", "reference", "rows"],
  },
  "evidence-exported": { says: "The evidence of an exchange was exported", details: ["message"] },
  "service-tried": {
    says: "A service of the exchange was tried",
    details: ["message", "service", "consumer", "purpose", "method"],
  },
  "delivery-stuck": { says: "What stood in the outbox was given up", details: ["parcel", "recipient", "kind", "reason"] },
  "delivery-retried": { says: "What was given up is tried again", details: ["parcel", "recipient", "kind"] },
  "consent-given": {
    says: "A person agreed to the use of their data, or such a consent arrived",
    details: ["consent", "contract", "purpose", "site"],
  },
  "consent-revoked": { says: "A person took a consent back, or word of it arrived", details: ["consent", "contract"] },
  "correction-decided": {
    says: "The owner of a register decided what a person said to be wrong",
    details: ["correction", "register", "as"],
  },
  // cases
  "draft-opened": { says: "A citizen began a draft", details: ["service", "version"] },
  "draft-carried": {
    says: "A draft goes on under another version than it was begun on",
    details: ["service", "version", "before"],
  },
  "draft-dropped": { says: "A draft was dropped by its owner or by age", details: ["reason"] },
  "case-submitted": { says: "A case was submitted", details: ["code", "service", "version", "channel"] },
  "case-read": { says: "An official opened a case", details: ["code"] },
  "case-claimed": { says: "An official took up a task", details: ["code", "step"] },
  "case-released": { says: "An official put a task back", details: ["code", "step"] },
  "step-completed": { says: "A step of a case was completed", details: ["code", "step", "outcome", "position"] },
  "step-refused": { says: "A step was tried that the process forbids", details: ["code", "step", "outcome", "reason"] },
  "supplement-asked": { says: "The citizen was asked for a supplement; the clock stopped", details: ["code", "step", "items"] },
  "supplement-answered": { says: "The citizen supplemented; the clock runs", details: ["code", "items"] },
  "decision-made": { says: "A table decided a step of a case", details: ["code", "step", "table", "outcome"] },
  "register-queried": { says: "A step of a case asked a register", details: ["code", "step", "service", "as"] },
  "consultation-asked": { says: "A case asked another agency", details: ["code", "step", "consulted"] },
  "consultation-answered": {
    says: "An agency answered what a case of another asked",
    details: ["consultation", "asked", "outcome"],
  },
  "payment-recorded": { says: "The receipt of a fee was recorded", details: ["code", "amount", "currency"] },
  "step-stuck": { says: "A step of the system was handed to an official", details: ["code", "step", "reason"] },
  "case-ended": { says: "A case came to its end", details: ["code", "as"] },
  "file-received": { says: "An uploaded file was received", details: ["file", "sha256", "bytes", "type"] },
  "file-read": { says: "A file of a case was opened", details: ["file", "code"] },
  // documents and notices
  "document-issued": { says: "A document was issued", details: ["document", "kind", "code", "sha256"] },
  "document-signed": { says: "A document was signed", details: ["document", "kind", "code", "key"] },
  "document-read": { says: "A document was opened", details: ["document"] },
  "document-revoked": { says: "A document was revoked", details: ["document", "reason"] },
  "notice-sent": { says: "A notice was sent to a person", details: ["notice", "kind", "channel"] },
  // the federation
  "member-invited": { says: "The hub invited a member", details: ["invitation", "member", "until"] },
  "site-joined": { says: "A site joined the federation for a member", details: ["site", "invitation", "member"] },
  "site-announced": { says: "A site told the hub anew what it offers", details: ["site", "services"] },
  "federation-joined": { says: "This site joined a federation", details: ["site", "invitation"] },
  "member-removed": { says: "The hub took a site, a member or a subsystem off the directory", details: ["site", "member"] },
  "directory-key-announced": { says: "The hub announced the next key of the directory", details: ["key"] },
  "directory-key-changed": { says: "The next key of the directory took over", details: ["key"] },
  "directory-published": { says: "The hub published a changed directory", details: ["version", "sites"] },
  "certificate-renewed": { says: "A site's certificate was renewed", details: ["site", "use", "thumbprint", "until"] },
  "line-refused": {
    says: "The line refused requests",
    details: ["side", "reason", "road", "peer", "consumer", "service", "message", "count"],
  },
  "contract-proposed": { says: "A contract was proposed to its other parties", details: ["contract", "service", "site"] },
  "contract-received": { says: "A contract came from another party", details: ["contract", "service", "site"] },
  "contract-signed": { says: "A party accepted a contract", details: ["contract", "site"] },
  "contract-rejected": { says: "A party rejected a contract", details: ["contract", "site"] },
  "contract-revoked": { says: "A party revoked a contract", details: ["contract", "site"] },
  // the site
  "pack-loaded": { says: "A country pack was loaded", details: ["country", "version", "hash"] },
  "book-verified": { says: "The book was walked and its chain checked", details: ["entries", "broken"] },
  "personal-data-shown": { says: "A person looked at who has looked at their data, or took a copy", details: ["kind"] },
} as const satisfies Record<string, { says: string; details: readonly string[] }>

export type AuditEvent = keyof typeof auditEvents
