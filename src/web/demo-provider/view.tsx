// The page of the demo's identity provider: the cast, one press each.
import { Alert } from "#kit/alert.tsx"
import { Layout } from "#kit/layout.tsx"
import { PostForm } from "#kit/post-form.tsx"
import { Heading } from "#kit/text.tsx"
import { textOf } from "#kit/words.ts"
import type { Frame } from "#platform/http"
import { wordsOf } from "#platform/words"
import { paths } from "../paths.ts"
import type { CastMember } from "./cast.ts"
import { en } from "./words.en.ts"
import { vi } from "./words.vi.ts"

export function PeopleView({ frame, cast, uid }: { frame: Frame; cast: readonly CastMember[]; uid: string }) {
  const t = wordsOf(frame.lang, { vi, en })
  const citizens = cast.filter((member) => !member.isOfficial)
  const officials = cast.filter((member) => member.isOfficial)
  return (
    <Layout frame={frame} title={t("title")}>
      <Heading level={1}>{t("title")}</Heading>
      <Alert>{t("notice")}</Alert>
      <p>
        <a class="ds-link" href="#officials">
          {t("toOfficials")}
        </a>
      </p>
      <PostForm action={paths.demoPeople(uid)} csrf={frame.csrf} class="stack">
        <Heading level={2}>{t("citizens")}</Heading>
        <Members frame={frame} members={citizens} />
        <Heading level={2} id="officials">
          {t("officials")}
        </Heading>
        <Members frame={frame} members={officials} />
      </PostForm>
    </Layout>
  )
}

function Members({ frame, members }: { frame: Frame; members: readonly CastMember[] }) {
  return (
    <ul class="picks">
      {members.map((member) => (
        <li key={member.login}>
          <button type="submit" name="login" value={member.login}>
            <strong>{member.name}</strong>
            <span>{textOf(frame, member.about)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
