/** The federation: what this site is, its keys, the directory of all sites, contracts, and who may call whom. */
export { acceptJoin } from "./accept-join.ts"
export {
  type Access,
  type AccessList,
  type AccessRefusal,
  accessRefusals,
  type Call,
  type ContractInForce,
  type Directories,
  type LineAddress,
  openAccessList,
  type Peer,
} from "./access-list.ts"
export { isAnnouncementDue, planAnnouncement, takeAnnouncement } from "./announce-site.ts"
export {
  ConsentTerms,
  Contract,
  type ContractParty,
  type ContractState,
  contractHash,
  contractText,
  type SignatureType,
  serviceIdOf,
} from "./contract.ts"
export { type ContractSignature, contractSignatures } from "./contract-signatures.ts"
export { type CertificateUse, Directory, DirectoryService, DirectorySite, ListedCertificate } from "./directory.ts"
export { announceDirectoryKey, changeDirectoryKey } from "./directory-keys.ts"
export { endContracts } from "./end-contracts.ts"
export { type EndpointInput, type FederationEndpoint, federationEndpoints } from "./endpoints.ts"
export { dueErrands, type Errand, noteErrand } from "./errands.ts"
export { fetchDirectory, postJson } from "./hub-client.ts"
export { type InvitationCode, readCode } from "./invitation-code.ts"
export { type Invitation, inviteMember, readMember } from "./invite-member.ts"
export { completeJoin, type JoinPlan, planJoin } from "./join-federation.ts"
export type { OfferedKeys } from "./key-offer.ts"
export { knownContracts, type ListedContract } from "./known-contracts.ts"
export { type KnownKeys, knownKeys, type OwnWitness, ownWitness } from "./known-keys.ts"
export { findDirectory, getDirectory, type LatestDirectory } from "./latest-directory.ts"
export { type Published, publishDirectory } from "./publish-directory.ts"
export { findSiteFile, readSiteFile, SiteFileFaults } from "./read-site-file.ts"
export { removeMember } from "./remove-member.ts"
export { completeRenewal, isRenewalDue, planRenewal, renewCertificates } from "./renew-certificates.ts"
export { answerContract, type ContractTerms, proposeContract, revokeContract } from "./sign-contracts.ts"
export { provenDocument, signDocument } from "./signed-document.ts"
export { type CertifiedSigner, type Signer, thumbprintOf } from "./signer.ts"
export { type ClientDemand, type Endpoint, type HostedAgency, type OfferedService, SiteFile } from "./site-file.ts"
export { findStanding, openStanding, type Standing, standingOf, type TlsIdentity } from "./standing.ts"
export type { InvitedMember } from "./store.ts"
export { type ContractMessage, takeContract, takeContractSignature } from "./take-contract.ts"
export { takeDirectory } from "./take-directory.ts"
export { keepUp, runErrands, startUpkeep, type Upkeep } from "./upkeep.ts"
export { writeJoined, writeSiteFile } from "./write-site-file.ts"
