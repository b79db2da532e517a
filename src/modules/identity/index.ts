/** Identity: who a person is to this site, which positions they hold now, and the sessions they act in. */
export { type Agency, agencyForDivision, agencyOf, type Colleague, colleaguesOf } from "./agencies.ts"
export { noteRefusedSignIn } from "./book.ts"
export {
  type Delegation,
  type DelegationChoices,
  type DelegationWish,
  delegate,
  delegationChoices,
  listDelegations,
  revokeDelegation,
  wholeDays,
} from "./delegations.ts"
export { type LoadedAgencies, loadAgencies } from "./load-agencies.ts"
export { accountNumberOf } from "./person-number.ts"
export { type Post, positionsOf } from "./posts.ts"
export {
  type ActAs,
  type FoundSession,
  findSession,
  OFFICIAL_IDLE_MAX_MINUTES,
  OFFICIAL_SESSION_MAX_HOURS,
  PERSON_IDLE_MAX_MINUTES,
  PERSON_SESSION_MAX_HOURS,
  requireFreshSignIn,
  type Session,
} from "./session.ts"
export { type KnownPerson, type OpenedSession, signIn } from "./sign-in.ts"
export { beginSignIn, ownPath, SIGN_IN_ATTEMPT_MAX_MINUTES, type SignInAttempt, takeSignIn } from "./sign-in-attempt.ts"
export { signOut, signOutEverywhere } from "./sign-out.ts"
export { switchTo } from "./switch-to.ts"
