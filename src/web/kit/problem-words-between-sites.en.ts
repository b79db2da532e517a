// English words for what sites refuse each other, read by administrators.
import type { ProblemWords } from "./problem-words.ts"

export const betweenSites = {
  "contract-missing": {
    title: "There is no contract for this",
    text: "No contract between the two agencies covers this service. Propose one, and have the other side accept it.",
  },
  "contract-not-signed": {
    title: "The contract is not signed by all",
    text: "One side has not accepted it yet.",
  },
  "contract-rejected": {
    title: "The contract was rejected",
    text: "One side has rejected it. Propose another.",
  },
  "contract-revoked": {
    title: "The contract was revoked",
    text: "One side has ended it. Nothing more is asked or answered under it; a new one must be signed by both.",
  },
  "contract-not-begun": {
    title: "The contract has not begun",
    text: "Its first day is still to come.",
  },
  "contract-ended": {
    title: "The contract has ended",
    text: "Its last day has passed. Propose a new one.",
  },
  "purpose-missing": {
    title: "The request names no purpose",
    text: "The contract has several purposes; the request must name one of them.",
  },
  "purpose-not-covered": {
    title: "The contract does not cover this purpose",
    text: "Data may be asked for under the purposes of the contract alone.",
  },
  "endpoint-not-covered": {
    title: "The contract does not cover this call",
    text: "The service is agreed, this part of it is not.",
  },
  "consent-missing": {
    title: "The person has not agreed",
    text: "The contract rests on the consent of the person, and the request brought none. Ask the person for it.",
  },
  "consent-expired": {
    title: "The consent has expired",
    text: "The time that the person agreed to is over. Ask for a new consent.",
  },
  "consent-revoked": {
    title: "The person took the consent back",
    text: "Nothing more may be asked or answered under it.",
  },
  "consent-differs": {
    title: "The consent is for something else",
    text: "It was given by another person, to somebody else, for another purpose or other data, or its signature is not good.",
  },
  "consent-used-up": {
    title: "The consent was used as often as was agreed",
    text: "Wait until the agreed time has passed, or ask for a new consent.",
  },
  "subject-missing": {
    title: "The call does not say whom it is about",
    text: "The contract demands the personal number in the header motlan-subject, so that the person can see the call.",
  },
  "consumer-unknown": {
    title: "The agency that asks is not in the directory",
    text: "Nobody in the federation has this name.",
  },
  "consumer-not-of-peer": {
    title: "A site asked in another agency's name",
    text: "The site is known, but the agency that it names is not one of its own. If this comes again, ask the site's operator what is wrong there.",
  },
  "service-unknown": {
    title: "There is no such service here",
    text: "This site does not offer what was asked for.",
  },
  "call-not-allowed": {
    title: "The call is not allowed",
    text: "The two sites do not hold the same contract for it. Compare what motlan contract list says on both sides.",
  },
  "client-not-hosted": {
    title: "A system asked in a foreign name",
    text: "An information system here asked in the name of an agency that is not hosted by this site. Correct the name in that system.",
  },
  "client-not-authenticated": {
    title: "A system did not prove who it is",
    text: "It must come over TLS, with a certificate that is registered for its agency where one is demanded.",
  },
  "peer-unknown": {
    title: "The site is not in the directory",
    text: "It came with a certificate that the directory does not list.",
  },
  "peer-certificate-refused": {
    title: "The certificate of the other site is not taken",
    text: "It has expired, or no authority of this federation has made it. The other site must renew it.",
  },
  "seal-missing": {
    title: "The request had no seal",
    text: "Nobody vouches for what it says. Nothing was answered.",
  },
  "seal-stale": {
    title: "The request was sealed at another time",
    text: "It is older than two minutes or from the future: it was kept back by somebody, or a clock is wrong.",
  },
  "seal-key-unknown": {
    title: "The key of the seal is not valid",
    text: "The directory does not list it for that site, or its certificate has expired.",
  },
  "seal-broken": {
    title: "The request is not the one that was sealed",
    text: "Somebody changed it on its way, or put parts of several together. Nothing was answered.",
  },
  "request-repeated": {
    title: "The request came a second time",
    text: "It was taken before; somebody recorded it and sent it again. The first answer stands, nothing was done twice.",
  },
  "checkpoint-malformed": {
    title: "The checkpoint is not one of this log",
    text: "It can't be read, or the log's own signature does not hold.",
  },
  "log-unknown": {
    title: "This site does not witness that log",
    text: "Only sites whose site.yaml names this one under witnesses are witnessed here.",
  },
  "cosignature-invalid": {
    title: "The witness has answered something else",
    text: "Its answer is not a cosignature of this checkpoint by the key that the directory lists.",
  },
  "member-unknown": {
    title: "There is no such site, member or subsystem",
    text: "“{name}” is not on the list of this hub. Write SITE, CLASS/CODE or CLASS/CODE/SUBSYSTEM; what the hub hosts itself is taken out of its site.yaml.",
  },
  "directory-key-not-announced": {
    title: "No next key was announced",
    text: "Announce it first: motlan directory announce-key.",
  },
  "directory-key-too-new": {
    title: "The next key was announced too short a while ago",
    text: "Every site must have time to hear of it. It can take over from {from}.",
  },
} as const satisfies Record<string, ProblemWords>
