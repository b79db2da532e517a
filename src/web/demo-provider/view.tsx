// The page of the demo's identity provider: the cast, one press each.
import { Button } from "#kit/button.tsx"
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
  const citizens = cast.filter((member) => member.posts.length === 0)
  const officials = cast.filter((member) => member.posts.length > 0)
  return (
    <Layout frame={frame} title={t("title")}>
      <Heading level={1}>{t("title")}</Heading>
      <p>{t("notice")}</p>
      <PostForm action={paths.demoPeople(uid)} csrf={frame.csrf}>
        <Heading level={2}>{t("citizens")}</Heading>
        <Members frame={frame} members={citizens} />
        <Heading level={2}>{t("officials")}</Heading>
        <Members frame={frame} members={officials} />
      </PostForm>
    </Layout>
  )
}

function Members({ frame, members }: { frame: Frame; members: readonly CastMember[] }) {
  return (
    <ul class="plain stack">
      {members.map((member) => (
        <li key={member.login} class="card">
          <Button kind="secondary" name="login" value={member.login}>
            {member.name}
          </Button>
          <p>{[...member.posts, member.about].map((text) => textOf(frame, text)).join(" · ")}</p>
        </li>
      ))}
    </ul>
  )
}
