// Words of every problem code, English: what happened, and what to do now.

import type { ProblemCode } from "#problems"
import { betweenSites } from "./problem-words-between-sites.en.ts"
import { ofDefinitions } from "./problem-words-of-definitions.en.ts"
import { ofSteps } from "./problem-words-of-steps.en.ts"

export const en: Readonly<Record<ProblemCode, { readonly title: string; readonly text: string }>> = {
  "not-found": {
    title: "This page was not found",
    text: "The address may have changed or lost a letter. Please check it, or look for the service from the home page.",
  },
  "not-signed-in": {
    title: "Please sign in",
    text: "Your session has ended or has not begun. Sign in and try again; what was saved is still there.",
  },
  "not-allowed": {
    title: "You may not do this",
    text: "This page is for people with another duty. If you think that is wrong, ask the administrator of your agency.",
  },
  "bad-request": {
    title: "The request could not be read",
    text: "What was sent is damaged or has the wrong form. Nothing was changed. Please try again.",
  },
  "wrong-method": {
    title: "This page does not take that method",
    text: "Nothing was changed. Please open the page again from its beginning.",
  },
  "csrf-stale": {
    title: "The page was open for too long",
    text: "To protect you, this form is no longer taken. Nothing was changed. Go back, reload the page and send it again.",
  },
  "too-many-requests": {
    title: "Too many requests",
    text: "Please wait {seconds} seconds and try again.",
  },
  "body-too-large": {
    title: "Too much was sent",
    text: "A field or the whole form is beyond its limit. Nothing was changed. Please shorten it and send it again.",
  },
  "unsupported-media-type": {
    title: "This type of content is not taken",
    text: "Please use the form of the page, or the type that the interface's documentation names.",
  },
  "files-too-many": {
    title: "Too many files",
    text: "Please leave some files out and send again.",
  },
  "file-too-large": {
    title: "The file is too large",
    text: "Please choose a smaller file, or take the picture again at a lower resolution.",
  },
  "internal-fault": {
    title: "Something went wrong on our side",
    text: "What you just did was not recorded. Please try again in a few minutes.",
  },
  "not-ready": {
    title: "The portal is starting or under maintenance",
    text: "Please try again in a few minutes. What was saved is still there.",
  },
  "sign-in-stale": {
    title: "This sign-in has expired",
    text: "Please begin the sign-in again, in the same browser.",
  },
  "sign-in-refused": {
    title: "The sign-in did not succeed",
    text: "The identity provider did not confirm it. Please try again.",
  },
  "sign-in-unavailable": {
    title: "Signing in is not possible now",
    text: "The identity provider does not answer. Please try again in a few minutes.",
  },
  "identity-changed": {
    title: "This login belongs to someone else",
    text: "The identity provider names another person than before. Please contact support.",
  },
  "fresh-sign-in-needed": {
    title: "Please prove who you are again",
    text: "This needs a sign-in within the last {minutesMax} minutes.",
  },
  "delegation-beyond-own": {
    title: "You cannot delegate what you do not hold",
    text: "Only a position of your own can be delegated.",
  },
  "delegation-dates": {
    title: "The dates of the delegation are not valid",
    text: "The last day must follow the first, within {daysMax} days.",
  },
  "delegation-reason": {
    title: "Please give a reason for the delegation",
    text: "The reason may not be empty nor longer than {charsMax} characters.",
  },
  "delegation-people": {
    title: "It cannot be given to this person",
    text: "The receiver must be a colleague of the same agency, and not yourself.",
  },
  "register-unknown": {
    title: "There is no such register",
    text: "The register's name is not in the catalogue.",
  },
  "record-invalid": {
    title: "The record is not valid",
    text: "The field “{field}” is missing or wrong.",
  },
  "record-exists": {
    title: "This record exists already",
    text: "The register has such a record. Nothing was changed.",
  },
  "record-likely-duplicate": {
    title: "It may be registered already",
    text: "The register has a record much like this one. Please compare before going on.",
  },
  "number-not-assigned": {
    title: "No personal number could be assigned",
    text: "None can be made from the facts given. Please check the date of birth and the place of registration.",
  },
  "exchange-refused": {
    title: "The agency that holds the data refused",
    text: "The request has no sufficient ground or was refused. The refusal is on record.",
  },
  "correction-decided": {
    title: "This has been decided",
    text: "Somebody else has decided about this correction. Open the list again to see what was decided.",
  },
  "source-not-corrected": {
    title: "The old system still says otherwise",
    text: "This value stands in a system of your agency. Correct it there first, then say here that it is corrected.",
  },
  "register-silent": {
    title: "The register does not answer",
    text: "The agency that keeps it can't be reached right now. Nothing is lost: please try again in a few minutes.",
  },
  "delivery-differs": {
    title: "The same key came with another content",
    text: "Another write was delivered under this key before. Nothing was written.",
  },
  "search-reason-missing": {
    title: "The search needs a reason",
    text: "Give the personal number, a reason and the number of the paper that the search rests on (not a personal number).",
  },
  "service-ended": {
    title: "This service has ended",
    text: "It can no longer be handed in. What you have typed is kept until the draft expires. The page of the service says what takes its place.",
  },
  "service-not-online": {
    title: "This service is not online yet",
    text: "Please see the service's page for where to apply.",
  },
  "draft-not-found": {
    title: "The draft was not found",
    text: "It was submitted or deleted, or it is not yours.",
  },
  "draft-changed": {
    title: "The draft was just changed elsewhere",
    text: "Reload the page to see what is new, then go on.",
  },
  "draft-incomplete": {
    title: "The application is not complete",
    text: "Please answer the remaining questions before you submit.",
  },
  "draft-expired": {
    title: "The draft has expired",
    text: "Please begin again from the service's page.",
  },
  "no-competent-agency": {
    title: "No competent agency was found",
    text: "The address given belongs to no agency that uses this system.",
  },
  "case-not-found": {
    title: "The case was not found",
    text: "The code is wrong, or this case is not yours to see.",
  },
  "case-changed": {
    title: "The case was just changed by someone else",
    text: "Reload the page to see its new state, then go on.",
  },
  "task-not-found": {
    title: "The task was not found",
    text: "It is done, or belongs to another agency.",
  },
  "task-claimed": {
    title: "Someone has taken this task",
    text: "{name} is working on it. Please choose another.",
  },
  "task-not-claimed": {
    title: "Please claim the task first",
    text: "Only the person who claimed it can take this step.",
  },
  "supplement-not-open": {
    title: "No request for more is open",
    text: "It was answered, or its time is over.",
  },
  "reason-missing": {
    title: "Please give a reason",
    text: "This decision must tell the applicant why.",
  },
  "upload-empty": {
    title: "The file is empty",
    text: "There is nothing in it. Please open the file, then choose it again.",
  },
  "upload-too-large": {
    title: "The file is too large",
    text: "Please choose a smaller file, or take the picture again at a lower resolution.",
  },
  "upload-type-refused": {
    title: "This type of file is not taken",
    text: "Please send a JPG or PNG picture or a PDF.",
  },
  "upload-type-differs": {
    title: "The content is not what the file says",
    text: "It is named as one type and holds another. Please export it again.",
  },
  "upload-broken": {
    title: "The file is damaged",
    text: "It cannot be read to its end. Please save it or take the picture again.",
  },
  "upload-polyglot": {
    title: "The file holds two kinds of content",
    text: "For safety such a file is not taken. Please export it again.",
  },
  "upload-encrypted": {
    title: "The file has a password",
    text: "Please send it without a password.",
  },
  "upload-active": {
    title: "The file has code inside",
    text: "For safety such a file is not taken. Please print it to PDF and send that.",
  },
  "upload-too-many-pixels": {
    title: "The picture is too large",
    text: "Please make it smaller and send it again.",
  },
  "upload-too-many-pages": {
    title: "The file has too many pages",
    text: "Please send only the pages that are needed.",
  },
  "upload-infected": {
    title: "The file is infected",
    text: "It was not taken and not kept.",
  },
  "upload-not-scanned": {
    title: "The file could not be scanned",
    text: "The scanner does not answer. Please try again in a few minutes.",
  },
  "step-not-open": {
    title: "This step is not open",
    text: "It has not begun or is done. Reload the case to see where it stands.",
  },
  "role-missing": {
    title: "This step belongs to another position",
    text: "You do not hold the position that it is given to.",
  },
  "outcome-unknown": {
    title: "This step has no such outcome",
    text: "Please choose one from the list.",
  },
  "four-eyes": {
    title: "Another person is needed",
    text: "Whoever appraised this case may not approve it.",
  },
  "supplement-already-asked": {
    title: "More was asked for once already",
    text: "By law it may be asked for once, completely.",
  },
  "process-ended": {
    title: "The case has ended",
    text: "There is no step left to take.",
  },
  "decision-issued": {
    title: "A decision was issued",
    text: "A case cannot be withdrawn or stopped after that.",
  },
  "too-many-moves": {
    title: "The process takes too many steps",
    text: "Its definition may go in circles. Please tell the administrator of the catalogue.",
  },
  "checks-missing": {
    title: "Not every item is checked",
    text: "Please tick each item of the list before you finish this step.",
  },
  "federation-alone": {
    title: "This site belongs to no federation",
    text: "Write its site.yaml and join with an invitation of the hub.",
  },
  "not-the-hub": {
    title: "This site is not the hub",
    text: "Only the hub invites, certifies and publishes the directory. Ask there.",
  },
  "member-invalid": {
    title: "The member is not spelt rightly",
    text: "Write CLASS/CODE, then subsystems after further slashes, without blanks.",
  },
  "member-taken": {
    title: "Another site hosts this member",
    text: "{member} is on the list already. Ask the hub which site hosts it.",
  },
  "site-taken": {
    title: "This name of a site is taken",
    text: "Choose another name than {site} in site.yaml.",
  },
  "invitation-invalid": {
    title: "The invitation is not known",
    text: "Check that the code was copied whole, or ask the hub for a new one.",
  },
  "invitation-used": {
    title: "The invitation was used",
    text: "An invitation is for one site and one time. Ask the hub for a new one.",
  },
  "invitation-expired": {
    title: "The invitation has expired",
    text: "Ask the hub for a new one.",
  },
  "join-refused": {
    title: "The hub did not take the request to join",
    text: "A key was not proven, a certificate leads to no authority of the directory, or the request is damaged.",
  },
  "announcement-refused": {
    title: "The hub did not take what the site says of itself",
    text: "{name} is not this site's, was not granted to it, or is named twice.",
  },
  "hub-silent": {
    title: "The other site does not answer",
    text: "{address} could not be reached. Nothing was changed; try again later.",
  },
  "hub-refused": {
    title: "The other site answered something unexpected",
    text: "Check that the address leads to a hub or site of Motlan, and that both are of a like version.",
  },
  "token-away": {
    title: "The token with the site's key does not answer",
    text: "Nothing can be signed until it does. Check that it is plugged in and its module installed, as site.yaml says ({detail}).",
  },
  "token-pin-refused": {
    title: "The token does not take the PIN",
    text: "It was tried once and is not tried again, so that the token does not lock. Correct it where site.yaml says that it stands ({detail}).",
  },
  "directory-missing": {
    title: "There is no directory yet",
    text: "The site has not joined, or has not reached its hub since.",
  },
  "directory-expired": {
    title: "The directory has expired",
    text: "The hub has not been reached for too long. Exchange goes on as soon as it answers.",
  },
  "directory-invalid": {
    title: "The directory is not valid",
    text: "Its content, its instance or its times are not those of a directory of this federation.",
  },
  "directory-rolled-back": {
    title: "The directory is older than the one in use",
    text: "Version {version} came after version {known}. Somebody may be playing back an old one.",
  },
  "certificate-missing": {
    title: "The site has no certificate that holds",
    text: "Its certificates have ended before they were renewed. Join again with a new invitation.",
  },
  "certificate-refused": {
    title: "The certificate is not taken",
    text: "It has ended, belongs to a stranger, or is for another use.",
  },
  "signature-invalid": {
    title: "The signature does not hold",
    text: "What was signed was changed, or another key has signed it.",
  },
  "signature-stale": {
    title: "The signed message is out of its time",
    text: "It is too old, comes from the future, or was sent before. Check the clocks of both sites.",
  },
  "contract-invalid": {
    title: "The contract is not valid",
    text: "Check service, endpoints, purposes, legal ground and period: {fault}.",
  },
  "contract-unknown": {
    title: "There is no such contract",
    text: "It may not have arrived yet.",
  },
  "contract-altered": {
    title: "The contract is not what was signed",
    text: "Its text differs from the hash under the signatures, or another contract has the same id.",
  },
  "contract-not-party": {
    title: "This site is no party of the contract",
    text: "Only the sites of provider, consumer and delegator sign it.",
  },
  "contract-closed": {
    title: "The contract is closed",
    text: "It was rejected or revoked. Propose a new one.",
  },
  "proposals-too-many": {
    title: "Too many contracts wait for an answer",
    text: "Answer or reject those that wait before more are sent.",
  },
  ...betweenSites,
  ...ofDefinitions,
  ...ofSteps,
}
