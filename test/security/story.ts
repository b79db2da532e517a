// A day in the model country that leaves rows in every table: two births in two communes, a hospital, a delegation, a paper taken back.
import { Readable } from "node:stream"
import {
  answerSupplement,
  claimTask,
  completeTask,
  getDraft,
  getOpenCase,
  openDeskCase,
  openDraft,
  savePage,
  submitDraft,
} from "#cases"
import type { Country } from "#country"
import { listDocuments, receiveUpload, recordUpload, revokeDocument } from "#documents"
import { answerRegister, request } from "#exchange"
import { beginSignIn, colleaguesOf, delegate } from "#identity"
import type { Actor } from "#platform/db"
import { type Cast, openCast, system } from "../cast.ts"

export type Person = Extract<Actor, { kind: "person" }>
export type Official = Extract<Actor, { kind: "official" }>

/** Those who look. Lan and the officials of Ba Đình have a case together; Hoa has one at Hoàn Kiếm; the others have none of the two. */
export interface Actors {
  readonly public: Actor
  readonly lan: Person
  readonly hoa: Person
  /** A mother who has filed nothing. */
  readonly mai: Person
  /** Reception, appraiser, leader and auditor of Ba Đình. */
  readonly binh: Official
  readonly cuong: Official
  readonly son: Official
  readonly an: Official
  /** Technical administrator of Ba Đình. */
  readonly ky: Official
  /** Reception of Cầu Giấy, which has no case. */
  readonly my: Official
  /** Registrar of the hospital. */
  readonly kim: Official
  /** Auditor of the population register. */
  readonly luong: Official
  readonly system: Actor
}

export interface Story {
  readonly cast: Cast
  readonly actors: Actors
  readonly lanCase: string
  readonly lanDraft: string
  readonly hoaCase: string
  readonly lanUpload: string
  /** Personal number of somebody of the cast. */
  numberOf(id: string): string
}

export const BIRTH = "1.001193"
export const TODAY = "2026-03-09"

/** Opens the world and lets the day happen. */
export async function openStory(): Promise<Story> {
  const cast = await openCast()
  const [lan, hoa, mai] = await Promise.all(["lan", "hoa", "mai"].map(cast.person))
  const ids = ["binh", "cuong", "son", "an", "ky", "my", "kim", "luong"] as const
  const officials = await Promise.all(ids.map(cast.official))
  const posts = Object.fromEntries(ids.map((id, at) => [id, officials[at]!])) as Record<(typeof ids)[number], Official>
  const actors: Actors = { public: { kind: "public" }, lan: lan!, hoa: hoa!, mai: mai!, ...posts, system }
  const { id: lanDraft } = await cast.tx(actors.lan, (tx) => openDraft(tx, BIRTH, "vi"))
  const lanUpload = await upload(cast, actors.lan, lanDraft)
  const lanCase = await register(cast, actors.lan, "Phạm")
  const hoaCase = await register(cast, actors.hoa, "Trần")
  const { people } = (cast.site.reference as Country).cast
  const numberOf = (id: string) => people.find((p) => p.id === id)!.number
  await decide(cast, actors, lanCase)
  await delegateSigning(cast, actors)
  await cast.tx(actors.kim, (tx) =>
    request(tx, {
      service: "population/person.read",
      requester: "hoa-sen-hospital",
      number: numberOf("mai"),
      purpose: "birth-statement",
      today: TODAY,
    }),
  )
  await deliver(cast, numberOf("quyen"))
  await cast.tx(system, (tx) => beginSignIn(tx, { returnTo: "/my/cases", fresh: false }))
  return { cast, actors, lanCase, lanDraft, hoaCase, lanUpload, numberOf }
}

/** A hospital at another site has a birth statement written. */
async function deliver(cast: Cast, number: string): Promise<void> {
  const data = { statementNumber: "HS-900-1", motherName: "Quyên", date: TODAY, place: "Hà Nội", sex: "female", issuedOn: TODAY }
  const asked = { service: "health/birth-statement.write", requester: "hoa-sen-hospital", number, purpose: "birth-statement" }
  const json = { ...asked, today: TODAY, key: "1", by: { kind: "system", name: "wards" }, write: { data, validFrom: TODAY } }
  const answer = await answerRegister(
    cast.site,
    cast.db,
  )({
    ...{ consumer: "XX/GOV/H26.920/desk", service: "XX/GOV/G18/registers/registers", method: "POST", path: "/requests" },
    ...{ requestId: "00000000-0000-4000-8000-000000000900", body: Buffer.from(JSON.stringify(json)) },
  })
  if ((answer.json as { outcome: string }).outcome !== "written") throw new Error(JSON.stringify(answer))
}

async function register(cast: Cast, who: Person, familyName: string): Promise<string> {
  const answers = {
    "child.familyName": familyName,
    "child.givenName": "Minh",
    "child.nationality": "VN",
    "child.ethnicity": "kinh",
    truth: "yes",
  }
  const { id } = await cast.tx(who, (tx) => openDraft(tx, BIRTH, "vi"))
  const { pages } = await cast.tx(who, (tx) => getDraft(tx, id, "vi"))
  for (const page of pages) await cast.tx(who, (tx) => savePage(tx, id, page.id, answers, "vi"))
  const done = await cast.tx(who, (tx) => submitDraft(tx, id, "vi"))
  if (!("dossier" in done)) throw new Error(JSON.stringify(done.errors))
  return done.dossier.id
}

/** Asked for more once, answered, examined, signed, registered; the first paper is taken back by the leader. */
async function decide(cast: Cast, { lan, binh, cuong, son }: Actors, caseId: string): Promise<void> {
  await cast.tx(binh, (tx) => openDeskCase(tx, caseId))
  const complete = async (who: Official, outcome: string, more: object = {}) => {
    await cast.tx(who, (tx) => claimTask(tx, caseId))
    const { dossier } = await cast.tx(who, (tx) => getOpenCase(tx, caseId))
    await cast.tx(who, (tx) => completeTask(tx, { caseId, outcome, revision: dossier.revision, ...more }))
  }
  await complete(binh, "supplement", { items: [{ field: "child.homeTown", reason: "Chưa ghi quê quán" }] })
  await cast.tx(lan, (tx) => answerSupplement(tx, caseId, { "child.homeTown": "Ninh Bình" }, "vi"))
  await complete(binh, "accept")
  await complete(cuong, "ok", { checks: ["identity", "statement", "duplicates", "name"] })
  await complete(son, "signed")
  await cast.work()
  const papers = await cast.tx(lan, (tx) => listDocuments(tx, lan.subject))
  await cast.tx(son, (tx) => revokeDocument(tx, papers[0]!.id, "Sai ngày hẹn trả"))
}

async function upload(cast: Cast, who: Person, draftId: string): Promise<string> {
  const body = `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n`
  const end = `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`
  const file = await receiveUpload(cast.site, {
    stream: Readable.from([Buffer.from(body + end, "latin1")]),
    name: "giay-chung-sinh.pdf",
    declaredType: "application/pdf",
    bytesMax: 100_000,
    types: ["application/pdf"],
  })
  const receipt = await cast.tx(who, (tx) => recordUpload(tx, { owner: who.subject, draftId, field: "papers.statement" }, file))
  return receipt.id
}

async function delegateSigning(cast: Cast, { son }: Actors): Promise<void> {
  await cast.tx(son, async (tx) => {
    const colleagues = await colleaguesOf(tx, "ba-dinh")
    const deputy = colleagues.find((one) => one.position === "vice-chair")!
    const from = tx.now
    const until = new Date(from.getTime() + 3 * 86_400_000)
    await delegate(tx, { position: "chair", toSubject: deputy.subject, from, until, reason: "Đi công tác" })
  })
}
